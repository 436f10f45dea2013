"""While the full answer's clock stands still, and why (R-6.2-5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from uppsikt.governance.models import User
from uppsikt.inbox.models.item import Item
from uppsikt.policy.workdays import Interval
from uppsikt.records.models import Entry


class Pauses(models.QuerySet["Pause"]):
    """Pauses, in the words people use of them."""

    def standing(self, at: datetime) -> Self:
        """Keep those in which the clock stands still at `at`."""
        begun = self.filter(starts_at__lte=at, until__gt=at)
        return begun.filter(Q(ended_at=None) | Q(ended_at__gt=at))


class Pause(models.Model):
    """A time in which the full answer waits for somebody else: never without an end."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Ended sooner: by a person, or by nobody when the author wrote again.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    objects = Pauses.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gt=F("starts_at")),
                name="a_pause_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.reason}"

    @property
    def interval(self) -> Interval:
        """Return from when until when the clock stands still."""
        return self.starts_at, self.ended_at or self.until


def stood_still(items: Sequence[Item]) -> Mapping[int, list[Interval]]:
    """Return when the clock of each item stood still since it began; one query."""
    began = {i.pk: i.clock_from for i in items}
    found: dict[int, list[Interval]] = {}
    for row in Pause.objects.filter(item__in=began).order_by("starts_at", "pk"):
        since = began[row.item_id]
        if since is not None and row.starts_at >= since:
            found.setdefault(row.item_id, []).append(row.interval)
    return found
