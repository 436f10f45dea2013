"""Who was told that an answer is about to be late, or is."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models import User
from uppsikt.inbox.models.item import Item
from uppsikt.records.models import Entry


class Escalation(models.Model):
    """A step that was taken: which clock, after what share of it, and who was told."""

    class Clock(models.TextChoices):
        FIRST = "first", _("First word")
        FULL = "full", _("Full answer")

    item = models.ForeignKey(Item, models.PROTECT, related_name="escalations")
    clock = models.CharField(max_length=5, choices=Clock.choices)
    share = models.PositiveSmallIntegerField()
    # Whom the step is for; "" where nobody holds any of the roles.
    role = models.CharField(max_length=40, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="told_of")
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "item"])]

    def __str__(self) -> str:
        return f"{self.item_id} {self.clock} {self.share}"
