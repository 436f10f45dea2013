"""Who watches which channel on which days: a weekly pattern, dated changes, swaps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.records.models import Entry


class RotaTurn(models.Model):
    """A person has a channel on a weekday (0 is Monday), from a day until another."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="turns")
    weekday = models.PositiveSmallIntegerField()
    user = models.ForeignKey(User, models.PROTECT, related_name="turns")
    since = models.DateField()
    until = models.DateField(null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "weekday"],
                condition=Q(until=None),
                name="one_turn_a_weekday",
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="a_week_has_seven_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.weekday}"


class RotaDay(models.Model):
    """A person has a channel on one day, whatever the week says."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="rota_days")
    day = models.DateField()
    user = models.ForeignKey(User, models.PROTECT, related_name="rota_days")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "day"], name="one_person_has_the_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day}"


class Swap(models.Model):
    """One person asks another to take a day, perhaps for a day of theirs."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="swaps")
    asker = models.ForeignKey(User, models.PROTECT, related_name="swaps_asked")
    day = models.DateField()
    other = models.ForeignKey(User, models.PROTECT, related_name="swaps_to_answer")
    other_day = models.DateField(null=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day}"


class RotaFeed(models.Model):
    """A secret address at which a person's own calendar fetches their days.

    The address is signed and is not kept; it works until it is ended.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="rota_feeds")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at=None),
                name="one_calendar_address_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
