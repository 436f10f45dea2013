"""What a place has decided of its own beside the guideline (R-1-1, R-3.1-4, D-14)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models.people import User
from uppsikt.governance.models.places import Node
from uppsikt.records.models import Blob, Entry

if TYPE_CHECKING:
    from datetime import date

    from uppsikt.governance.actors import Actor


class LocalDecisions(models.QuerySet["LocalDecision"]):
    """Local decisions, in the words people use of them."""

    def holding(self, day: "date") -> Self:
        """Keep those that hold on `day`."""
        open_ended = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(open_ended, valid_from__lte=day)

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those of a place that the actor has a role in, below it or above it.

        A head of administration's decision is for the whole department to read.
        """
        wanted = Q(pk__in=[])
        for _role, path in actor.grants:
            wanted |= Q(node__path__startswith=path) | Q(node__path__in=_above(path))
        return self.filter(wanted)


def _above(path: str) -> list[str]:
    """Return the paths of the places above `path`, the topmost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:n]) + "/" for n in range(1, len(parts) + 1)]


class LocalDecision(models.Model):
    """A decision at a place: what, by whom, under which number, and since when."""

    class Kind(models.TextChoices):
        WORK_TIME = "work_time", _("Social media in working hours")
        ROUTINE = "routine", _("Local routine")
        DISPOSAL = "disposal", _("Disposal decision")
        OVERSIGHT = "oversight", _("Oversight only on report")

    node = models.ForeignKey(Node, models.PROTECT, related_name="local_decisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField()
    decided_by = models.CharField(max_length=200)
    decided_on = models.DateField()
    diary_number = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    # Of a disposal decision only: of what, where if not everywhere, and after how long.
    category = models.CharField(max_length=40, blank=True)
    scope = models.ForeignKey(Node, models.PROTECT, null=True, related_name="+")
    retention = models.CharField(max_length=40, blank=True)
    document = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    document_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT)
    entry = models.OneToOneField(Entry, models.PROTECT)

    objects = LocalDecisions.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(valid_until__gte=models.F("valid_from")),
                name="local_decision_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(kind="disposal") | (~Q(category="") & ~Q(retention="")),
                name="disposal_says_what_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title
