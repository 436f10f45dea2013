"""A day's watch of a channel by a person."""

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.policy.watch_scope import LABELS, Part
from uppsikt.policy.words import Message
from uppsikt.records.models import Entry


class Result(StrEnum):
    """What came of a day's watch (R-6.4-4)."""

    NOTHING = "nothing"
    ACTS = "acts"
    REMARK = "remark"


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
    # What was looked at (R-6.4-5): fetched by the program, seen by the person at the
    # platform, or left out. Codes of `policy.watch_scope.Part`.
    by_program = models.JSONField(default=list)
    by_person = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    # What was done in the channel that day until the tick, counted by the program.
    answered = models.PositiveSmallIntegerField(default=0)
    reported = models.PositiveSmallIntegerField(default=0)
    removed = models.PositiveSmallIntegerField(default=0)
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

    @property
    def done(self) -> int:
        """Return how many acts the day's watch led to."""
        return self.answered + self.reported + self.removed

    @property
    def result(self) -> Result:
        if self.note:
            return Result.REMARK
        return Result.ACTS if self.done else Result.NOTHING

    @property
    def parts_by_program(self) -> list[Message]:
        return _in_words(self.by_program)

    @property
    def parts_by_person(self) -> list[Message]:
        return _in_words(self.by_person)

    @property
    def parts_left_out(self) -> list[Message]:
        return _in_words(self.left_out)


def _in_words(codes: Iterable[str]) -> list[Message]:
    return [Message(LABELS[Part(code)]) for code in codes]
