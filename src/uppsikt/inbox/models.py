"""What comes in: items and their versions, the signals, the clocks, the round."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Moving, User, below
from uppsikt.inbox.life import ItemLife
from uppsikt.policy.facts import Facts
from uppsikt.records.models import Blob, Entry

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class Items(models.QuerySet["Item"]):
    """Items, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep items of channels that the actor may see; never a sealed-off one."""
        return self.filter(below(actor, "channel__node__path"), secluded=False)

    def open(self) -> Self:
        """Keep what still waits for an answer."""
        return self.filter(status__in=[ItemLife.waiting.name, ItemLife.promised.name])

    def overdue(self, at: datetime) -> Self:
        return self.open().filter(due_at__lt=at)


class Item(Moving):
    """A post, comment or message, stored once by its remote id.

    Each change is a new version; a withdrawal is `gone_at`; nothing is overwritten.
    """

    LIFE = ItemLife

    class How(models.TextChoices):
        API = "api", _("Fetched")
        MANUAL = "manual", _("Entered by hand")
        IMPORT = "import", _("Imported")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="items")
    remote_id = models.CharField(max_length=500)
    kind = models.CharField(max_length=10)
    parent_id = models.CharField(max_length=500, blank=True)
    root_id = models.CharField(max_length=500, blank=True)
    author_handle = models.CharField(max_length=200, blank=True)
    author_name = models.CharField(max_length=300, blank=True)
    author_id = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    url = models.URLField(max_length=1000, blank=True)
    own = models.BooleanField(default=False)
    public = models.BooleanField(default=True)
    how = models.CharField(max_length=10, choices=How.choices)
    published_at = models.DateTimeField()
    received_at = models.DateTimeField()
    versions_seen = models.PositiveSmallIntegerField(default=1)
    question = models.BooleanField(default=False)
    gone_at = models.DateTimeField(null=True)
    # Set when a special case hides it from every list, search and export (3.4).
    secluded = models.BooleanField(default=False)

    # The two clocks: first contact (R-6.2-1) and full answer (R-6.2-5); `due_at` is
    # the one that runs now, stored for the index.
    first_due_at = models.DateTimeField(null=True)
    full_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    first_contact_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    promised_for = models.DateField(null=True)
    claimed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="claimed_items"
    )
    claimed_at = models.DateTimeField(null=True)

    objects = Items.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "remote_id"], name="one_item_per_remote_id"
            ),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(due_at__isnull=False),
                name="what_waits_has_a_clock",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["channel", "status", "due_at"]),
            models.Index(fields=["status", "due_at"]),
            models.Index(fields=["channel", "root_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def path(self) -> str:
        return self.channel.path

    def facts(self, at: datetime) -> Facts:
        return Facts()


class ItemVersion(models.Model):
    """What the item said, as the platform told it at that time."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    media = models.JSONField(default=list)
    seen_at = models.DateTimeField()
    # The raw answer of the whole fetch, in the vault, and its batch in the ledger.
    raw = models.ForeignKey(Blob, models.PROTECT)
    entry = models.ForeignKey(Entry, models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "number"], name="versions_are_numbered"
            )
        ]

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
    message = models.CharField(max_length=200)
    suggests = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.rule


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
