"""The register of channels: the card, the people, the connection to the platform."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.life import ChannelLife
from uppsikt.governance.models import Moving, Node, User, below
from uppsikt.platforms.catalogue import SITES, Site
from uppsikt.policy.facts import Facts
from uppsikt.records.leasing import Leased

if TYPE_CHECKING:
    from uppsikt.channels.models.closing import Closing
    from uppsikt.governance.actors import Actor


# Launched, and not closed: it is watched and answers, also while nothing is posted.
OPEN: Final = (
    ChannelLife.active.name,
    ChannelLife.paused.name,
    ChannelLife.closing.name,
)
# What holds its account; one that ended lets go of it.
STANDING: Final = (
    ChannelLife.found.name,
    ChannelLife.applied.name,
    ChannelLife.approved.name,
    *OPEN,
)


class Channels(models.QuerySet["Channel"]):
    """Channels, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the channels at or below a node where the actor has a role."""
        return self.filter(below(actor, "node__path"))

    def shown_to(self, actor: "Actor") -> Self:
        """Keep what the actor sees, and their own applications until the launch."""
        own = Q(applied_by=actor.user, launched_at=None) if actor.user else Q(pk__in=[])
        return self.filter(below(actor, "node__path") | own)

    def standing(self) -> Self:
        """Keep the channels that are, or may become, the municipality's voice."""
        return self.filter(status__in=STANDING)

    def open(self) -> Self:
        """Keep the channels that are launched and not closed: watched every day."""
        return self.filter(status__in=OPEN)

    def public(self) -> Self:
        """Keep what the public list shows: every channel that is or was launched."""
        return self.filter(launched_at__isnull=False)


class Channel(Moving):
    """An account that the municipality speaks from.

    The application is the channel's first state: what was applied for is what the
    card shows. Owner and substitute are assignments at the channel's node; those
    proposed here take effect when the line manager approves.
    """

    LIFE = ChannelLife

    node = models.OneToOneField(Node, models.PROTECT, related_name="channel")
    # Its name in public addresses: never used again, and no key of a table.
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    site = models.CharField(_("Platform"), max_length=20)
    handle = models.CharField(_("Account name"), max_length=200)
    url = models.URLField(_("Address"), max_length=500)
    remote_id = models.CharField(max_length=200, blank=True)
    name = models.CharField(_("Name in the public list"), max_length=200)
    purpose_codes = models.JSONField(_("Purposes"), default=list)
    purpose = models.TextField(_("Purpose"), blank=True)
    audience_groups = models.JSONField(_("Target groups"), default=list)
    audience = models.TextField(_("Target group"), blank=True)
    goal_contribution = models.TextField(_("Contribution to the goals"), blank=True)
    benefit = models.TextField(_("Benefit to the target group"), blank=True)
    hours_per_week = models.PositiveSmallIntegerField(_("Hours a week"), default=0)
    horizon_months = models.PositiveSmallIntegerField(_("Months ahead"), default=0)
    staffing = models.TextField(_("Who does the work"), blank=True)
    budget = models.CharField(_("Budget"), max_length=200, blank=True)
    description = models.TextField(_("Public description"), blank=True)
    contact = models.EmailField(_("Contact address"), blank=True)
    # Nobody: an account that was there already, and whose owner is not known yet.
    proposed_owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Person responsible"),
    )
    proposed_deputy = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Substitute"),
    )
    # Who is to reach the account; they do from the approval on (R-4-6).
    proposed_holders: "models.ManyToManyField[User, Channel]" = models.ManyToManyField(
        User, related_name="+", verbose_name=_("Who is to reach the account")
    )
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="applications")
    applied_at = models.DateTimeField()
    launched_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Comments older than this are history and never overdue.
    cut_over_at = models.DateTimeField(null=True)
    # Whether the fundamental law on freedom of expression protects it (YGL 1 kap. 4 §):
    # as a rule not, since others write in it, and then GDPR and BBS-lagen apply (D-26).
    has_certificate = models.BooleanField(
        _("Certificate of publication"), default=False
    )
    # When what the public sees of it was last changed.
    changed_at = models.DateTimeField()

    objects = Channels.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "handle"],
                condition=Q(status__in=STANDING),
                name="one_channel_per_handle",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=OPEN) | Q(launched_at__isnull=False),
                name="an_open_channel_was_launched",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return self.node.path

    @property
    def platform(self) -> Site:
        return SITES[self.site]

    @property
    def stands(self) -> bool:
        """Tell whether its card can still be changed: it has not ended."""
        return self.status in STANDING

    @property
    def is_open(self) -> bool:
        """Tell whether it is launched and not closed."""
        return self.status in OPEN

    @property
    def runs(self) -> bool:
        """Tell whether it has people and an account: approved, and not closed."""
        return self.state is ChannelLife.approved or self.is_open

    @property
    def ended(self) -> "Closing | None":
        """Return the closing that the public is told of: announced, or done (R-9-4).

        For many channels, prefetch `closings__successor` first: two queries for all.
        """
        return next((c for c in self.closings.all() if c.is_public), None)

    def facts(self, at: datetime) -> Facts:
        """Return what is known of the channel at `at`, as `known.of` puts it."""
        from uppsikt.channels import known

        return known.of([self], at=at)[self.pk]


class AccessHolder(models.Model):
    """A person who can reach the account at the platform, and how it is guarded.

    A row holds from `since` until the day `until`; what changes is a new row, so that
    the list can be shown as of any day (R-6.7-1). No password, code or recovery key is
    ever stored: only that, how and when (R-5.1-1).
    """

    class Method(models.TextChoices):
        APP = "app", _("Authenticator app")
        KEY = "key", _("Security key")
        PASSKEY = "passkey", _("Passkey")
        SMS = "sms", _("Text message")

    class State(models.TextChoices):
        ON = "on", _("On")
        OFF = "off", _("Off, or not confirmed")
        UNAVAILABLE = "unavailable", _("The platform offers none")

    class As(models.TextChoices):
        OWNER = "owner", _("Owns the account")
        ADMIN = "admin", _("Administrator")
        EDITOR = "editor", _("Editor")
        MODERATOR = "moderator", _("Moderator")
        ANALYST = "analyst", _("Sees statistics only")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="access_holders")
    user = models.ForeignKey(User, models.PROTECT, related_name="accesses")
    platform_role = models.CharField(
        max_length=10, choices=As.choices, default=As.ADMIN
    )
    first_on = models.DateField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OFF)
    two_factor = models.CharField(
        _("Two-factor"), max_length=10, choices=Method.choices, blank=True
    )
    two_factor_on = models.DateField(_("Confirmed on"), null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "user"],
                condition=Q(until=None),
                name="one_access_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="on")
                | (Q(two_factor_on__isnull=False) & ~Q(two_factor="")),
                name="a_second_factor_is_of_a_kind_and_seen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.channel}"

    @property
    def guarded(self) -> bool:
        return self.state == self.State.ON

    @property
    def publishes(self) -> bool:
        """Tell whether the platform lets the person publish in the channel's name."""
        return self.platform_role in (self.As.OWNER, self.As.ADMIN, self.As.EDITOR)


class Connection(Leased):
    """How the program reaches the account: tested, encrypted, fetched in turn."""

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="connection")
    connector = models.CharField(max_length=20)
    credentials = models.BinaryField()
    tested_at = models.DateTimeField()
    tested_by = models.ForeignKey(User, models.PROTECT)
    cursor = models.TextField(blank=True)
    heard_at = models.DateTimeField(null=True)
    # The key of the open item that was last looked up, since they are so in turn.
    looked_to = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.connector} for {self.channel_id}"
