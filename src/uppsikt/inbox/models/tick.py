"""A day's watch of a channel by a person."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.records.models import Entry


class Ticks(models.QuerySet["Tick"]):
    """Ticks, in the words people use of them."""

    def standing(self) -> Self:
        """Keep those that nobody has undone."""
        return self.filter(undone_at=None)


class Tick(models.Model):
    """A day's watch of a channel by a person (R-6.4-4): undone openly, never erased."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="ticks")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="ticks")
    note = models.TextField(blank=True)
    late = models.BooleanField()
    entry = models.OneToOneField(Entry, models.PROTECT)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_why = models.TextField(blank=True)

    objects = Ticks.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "day"],
                condition=Q(undone_at=None),
                name="one_standing_tick_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day}"
