"""What people do with an item beside its moves: who has it, when, what is said."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models import User
from uppsikt.inbox.models.item import Item
from uppsikt.records.models import Entry


class Deeds(models.QuerySet["Deed"]):
    """Deeds, in the words people use of them."""

    def told(self) -> Self:
        """Keep what a history tells beside the moves, with the people it names."""
        rows = self.exclude(kind=Deed.Kind.PASS_BY)
        return rows.select_related("by", "to", "other")


class Deed(models.Model):
    """One act of a person on an item, and what it was before, so that it can be undone.

    What was ordered in one go has the same `order`. Never changed, but for `undone_at`.
    """

    class Kind(models.TextChoices):
        TAKE = "take", _("Taken in hand")
        ASSIGN = "assign", _("Assigned")
        SNOOZE = "snooze", _("Was put aside")
        WAKE = "wake", _("Taken back from put aside")
        NOTE = "note", _("Note to colleagues")
        JOIN = "join", _("Joined as a duplicate")
        PART = "part", _("No longer a duplicate")
        PASS_BY = "pass_by", _("No answer needed")

    item = models.ForeignKey(Item, models.PROTECT, related_name="deeds")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    order = models.CharField(max_length=32)
    at = models.DateTimeField()
    # Nobody: the clock, when what was put aside comes back.
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # The note, or the reason.
    text = models.TextField(blank=True)
    to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    until = models.DateTimeField(null=True)
    other = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    # Fields of the item before and after; nothing where nothing can be undone.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    entry = models.OneToOneField(Entry, models.PROTECT)

    objects = Deeds.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["order"]),
            models.Index(fields=["by", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"

    @property
    def label(self) -> str:
        return str(self.Kind(self.kind).label)
