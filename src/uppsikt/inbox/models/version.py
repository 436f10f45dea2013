"""What an item said at a time, and what the analysis suggests of it."""

from typing import ClassVar

from django.db import models

from uppsikt.inbox.models.item import Item
from uppsikt.policy.words import Message
from uppsikt.records.models import Blob, Entry


class ItemVersion(models.Model):
    """What the item said, as the platform told it at that time."""

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    media = models.JSONField(default=list)
    seen_at = models.DateTimeField()
    # The raw answer of the whole fetch, in the vault, and its batch in the ledger.
    raw = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    # A person's own picture of it, where no program can fetch it.
    picture = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    # The version of the analysis that made its signals; 0 when it is to be read.
    analysis = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "number"], name="versions_are_numbered"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["analysis"])]

    def __str__(self) -> str:
        return f"version {self.number} of {self.item_id}"


class ItemSignal(models.Model):
    """What the analysis suggests of a version: a suggestion, never a decision."""

    version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="signals")
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    certainty = models.FloatField()
    # An English msgid and its details: translated when it is shown.
    msgid = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    suggests = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.rule

    @property
    def message(self) -> Message:
        """Return what it says, to be translated."""
        return Message(self.msgid, self.details)

    @property
    def span(self) -> tuple[int, int]:
        return (self.start, self.end)
