"""The crisis switch: where a crisis is on, why, since when and until when (R-6.5-2)."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from uppsikt.governance.models.people import User
from uppsikt.governance.models.places import Node, reaching
from uppsikt.records.models import Entry

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class CrisisSwitches(models.QuerySet["CrisisSwitch"]):
    """Crisis switches, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those that hold where the actor has a role, or below."""
        return self.filter(reaching(actor, "node__path"))

    def holding(self, at: datetime) -> Self:
        """Keep those that are on at `at`, also when that is long ago."""
        begun = self.filter(starts_at__lte=at, until__gt=at)
        return begun.filter(Q(ended_at=None) | Q(ended_at__gt=at))


class CrisisSwitch(models.Model):
    """A crisis for a node and all below it: it ends by itself, or sooner by hand."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="crises")
    event = models.CharField(max_length=200)
    why = models.TextField()
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    objects = CrisisSwitches.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gt=F("starts_at")),
                name="a_crisis_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.event
