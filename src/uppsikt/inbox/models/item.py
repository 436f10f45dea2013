"""What comes in: an item, stored once by its remote id, with its two clocks."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Moving, User, below
from uppsikt.inbox.life import ItemLife
from uppsikt.policy.facts import Facts
from uppsikt.sending.models import Outgoing

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

OPEN: Final = (ItemLife.waiting.name, ItemLife.promised.name)
DONE: Final = (
    ItemLife.answered.name,
    ItemLife.referred.name,
    ItemLife.moved.name,
    ItemLife.passed_by.name,
)


class Items(models.QuerySet["Item"]):
    """Items, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep items of channels that the actor may see; never a sealed-off one."""
        return self.filter(below(actor, "channel__node__path"), secluded=False)

    def open(self) -> Self:
        """Keep what still waits for an answer."""
        return self.filter(status__in=OPEN, due_at__isnull=False)

    def done(self) -> Self:
        """Keep what a person, or a colleague at the platform, has dealt with."""
        return self.filter(status__in=DONE)

    def in_other_languages(self) -> Self:
        """Keep what the analysis reads as another language than Swedish."""
        return self.filter(language__gt="")

    def overdue(self, at: datetime) -> Self:
        """Keep what should have been answered before `at`."""
        return self.open().filter(due_at__lt=at)

    def asleep(self, at: datetime) -> Self:
        """Keep what was put aside until later than `at`."""
        return self.open().filter(snoozed_until__gt=at)

    def most_urgent_first(self) -> Self:
        """Put what did not go out on top, then the earliest deadline."""
        return self.order_by(F("failed_at").asc(nulls_last=True), "due_at", "pk")


class Item(Moving):
    """A post, comment or message, stored once by its remote id.

    Each change is a new version; a withdrawal is `gone_at`; nothing is overwritten.
    """

    LIFE = ItemLife

    class How(models.TextChoices):
        API = "api", _("Fetched")
        MANUAL = "manual", _("Entered by hand")
        IMPORT = "import", _("Imported")

    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="items", db_index=False
    )
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
    # A digest of author and text, by which the same is found in other places; and the
    # item that is answered in its stead.
    twin = models.CharField(max_length=32, blank=True)
    # The language, as the analysis tells it: "" for Swedish, and where it cannot tell.
    language = models.CharField(max_length=5, blank=True)
    # The analysis points at something in the newest version.
    flagged = models.BooleanField(default=False)
    # It points so surely at something coarse that the text is covered until chosen.
    covered = models.BooleanField(default=False)
    # When its author last changed it, and took it away.
    changed_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    # Set when a special case hides it from every list, search and export (3.4).
    secluded = models.BooleanField(default=False)
    # Set while a decision on a ground that restricts its evidence stands: its text is
    # for those who read restricted evidence, and no search finds it (D-17).
    restricted = models.BooleanField(default=False)
    # The number of the case that asks for its removal, and when that was carried out:
    # moderation writes them here, since the inbox knows nothing of it.
    in_case = models.BigIntegerField(null=True)
    removed_at = models.DateTimeField(null=True)

    # The two clocks: first contact (R-6.2-1) and full answer (R-6.2-5); `due_at` is
    # the one that runs now, stored for the index.
    clock_from = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    full_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # When to look next whether somebody is to be told that it waits.
    escalates_at = models.DateTimeField(null=True)
    # Until when the full answer's clock stands still, while it does (R-6.2-5).
    still_until = models.DateTimeField(null=True)
    first_contact_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # How long each took, in whole minutes of working time without pauses.
    first_took = models.PositiveIntegerField(null=True)
    full_took = models.PositiveIntegerField(null=True)
    promised_for = models.DateField(null=True)
    # Where a person's own matter was led to: an e-service, a number, an address (D-32).
    moved_to = models.CharField(max_length=200, blank=True)
    # The latest text that we ordered in answer to it; and when that could not go out.
    outgoing = models.ForeignKey(
        Outgoing, models.SET_NULL, null=True, related_name="items"
    )
    failed_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="claimed_items"
    )
    claimed_at = models.DateTimeField(null=True)
    # The colleague it was given to; else it is the channel's people's.
    assigned_to = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="assigned_items",
        db_index=False,
    )
    # Out of the lists until then; the clocks run all the same.
    snoozed_until = models.DateTimeField(null=True)
    # The item whose answer serves this one too (R-6.2-4).
    duplicate_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        related_name="duplicates",
        db_index=False,
    )

    objects = Items.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "remote_id"], name="one_item_per_remote_id"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=OPEN) | Q(due_at__isnull=False),
                name="what_is_open_has_a_clock",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "due_at"]),
            models.Index(fields=["channel", "root_id", "own"]),
            models.Index(fields=["channel", "received_at"]),
            models.Index(
                fields=["channel", "changed_at"],
                condition=Q(changed_at__isnull=False),
                name="changed_by_their_authors",
            ),
            models.Index(
                fields=["channel", "gone_at"],
                condition=Q(gone_at__isnull=False),
                name="taken_away_by_their_authors",
            ),
            models.Index(
                fields=["twin", "status"],
                condition=Q(twin__gt=""),
                name="the_same_elsewhere",
            ),
            models.Index(
                fields=["language", "received_at"],
                condition=Q(language__gt=""),
                name="in_other_languages",
            ),
            models.Index(
                fields=["answered_at"],
                condition=Q(answered_at__isnull=False),
                name="answered_on_a_day",
            ),
            models.Index(
                fields=["removed_at"],
                condition=Q(removed_at__isnull=False),
                name="removed_on_a_day",
            ),
            models.Index(
                fields=["escalates_at"],
                condition=Q(escalates_at__isnull=False),
                name="whom_to_tell_next",
            ),
            models.Index(
                fields=["channel", "published_at"],
                condition=Q(own=True, kind="post"),
                name="our_own_posts",
            ),
            # What is open is little of all there is: its lists and counts read no
            # more than this. SQLite sees what a condition without values says.
            models.Index(
                "failed_at",
                "due_at",
                "id",
                "channel",
                "status",
                "secluded",
                "assigned_to",
                "claimed_by",
                "snoozed_until",
                "duplicate_of",
                "outgoing",
                condition=Q(due_at__isnull=False),
                name="open_items",
            ),
            models.Index(
                fields=["assigned_to"],
                condition=Q(assigned_to__isnull=False),
                name="assigned_items",
            ),
            models.Index(
                fields=["duplicate_of"],
                condition=Q(duplicate_of__isnull=False),
                name="duplicates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def path(self) -> str:
        return self.channel.path

    @property
    def open(self) -> bool:
        return self.status in OPEN

    def still(self, at: datetime) -> bool:
        """Tell whether the clock of its full answer stands still at `at`."""
        return self.open and self.still_until is not None and at < self.still_until

    @property
    def author(self) -> str:
        """Return the name to call the author by, as the platform shows it."""
        return self.author_name or self.author_handle

    def facts(self, at: datetime) -> Facts:
        """Return nothing: no control gates a move of an item."""
        return Facts()
