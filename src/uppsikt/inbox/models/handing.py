"""A day's watch that went over to a substitute, and a missed day that was raised."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.records.models import Entry


class Takeover(models.Model):
    """A substitute has the day's watch instead of somebody (R-6.4-3).

    Why that person is away is not asked and not kept.
    """

    class Why(models.TextChoices):
        AWAY = "away", _("Away today")
        HOUR = "hour", _("Not done by the set hour")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="takeovers")
    day = models.DateField()
    user = models.ForeignKey(User, models.PROTECT, related_name="takeovers")
    instead_of = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "day", "user"], name="one_takeover_each_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day} {self.user_id}"


class MissedDay(models.Model):
    """A day without a watch, raised with manager and officer, and what they answered.

    It stays for good: an answer explains the gap and does not fill it.
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="missed_days")
    day = models.DateField()
    raised_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "day"], name="a_missed_day_is_raised_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day}"
