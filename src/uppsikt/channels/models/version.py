"""How a channel's card has stood, and what is proposed to stand there (R-3.2-3).

The channel's own row holds what is decided. A change of what the public reads waits
beside it, and each time the row changes a version of the whole card is kept.
"""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from uppsikt.channels.card_life import CardLife
from uppsikt.channels.models.channel import STANDING, Channel
from uppsikt.governance.models import Moving, User, below
from uppsikt.policy.facts import Facts

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

PUBLIC_FIELDS: Final = (
    "name",
    "purpose_codes",
    "purpose",
    "audience_groups",
    "audience",
    "description",
    "contact",
)
"""What the public reads of a card, and the office therefore decides."""
INTERNAL_FIELDS: Final = (
    "goal_contribution",
    "benefit",
    "hours_per_week",
    "horizon_months",
    "staffing",
    "budget",
)
CARD_FIELDS: Final = PUBLIC_FIELDS + INTERNAL_FIELDS
NAME_FIELDS: Final = ("handle", "url")
"""What the platform calls the account, and lets its owner change."""
ACCOUNT_FIELDS: Final = ("site", *NAME_FIELDS)


class PublicText(models.Model):
    """What the public reads of a card."""

    name = models.CharField(max_length=200)
    purpose_codes = models.JSONField(default=list)
    purpose = models.TextField(blank=True)
    audience_groups = models.JSONField(default=list)
    audience = models.TextField(blank=True)
    description = models.TextField(blank=True)
    contact = models.EmailField(blank=True)

    class Meta:
        abstract = True


class CardVersions(models.QuerySet["CardVersion"]):
    """Versions, in the words people use of them."""

    def on(self, moment: datetime) -> Self:
        """Keep what had come into force by `moment`, the latest first."""
        return self.filter(at__lte=moment).order_by("-at", "-pk")


class CardVersion(PublicText):
    """How the whole card stood from `at` until the next version. Never changed.

    Kept at the application, and at each change that comes into force; a change that
    waits or is refused is a `CardChange` and no version.
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="versions")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    goal_contribution = models.TextField(blank=True)
    benefit = models.TextField(blank=True)
    hours_per_week = models.PositiveSmallIntegerField(default=0)
    horizon_months = models.PositiveSmallIntegerField(default=0)
    staffing = models.TextField(blank=True)
    budget = models.CharField(max_length=200, blank=True)
    site = models.CharField(max_length=20)
    handle = models.CharField(max_length=200)
    url = models.URLField(max_length=500)

    objects = CardVersions.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["channel", "at"])]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"


class CardChanges(models.QuerySet["CardChange"]):
    """Proposed changes, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the changes at or below a node where the actor has a role."""
        return self.filter(below(actor, "channel__node__path"))

    def waiting(self) -> Self:
        """Keep what somebody is to decide: not of a channel that has ended since."""
        return self.filter(status=CardLife.waiting.name, channel__status__in=STANDING)


class CardChange(PublicText, Moving):
    """A change of what the public reads: proposed, and decided by the office.

    That is the card's public text, and what the account is called at the platform.

    `changed` names the fields it changes. The rest stood so when it was proposed, and
    are left as they are when it is published.
    """

    LIFE = CardLife

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="changes")
    changed = models.JSONField()
    handle = models.CharField(max_length=200, blank=True, default="")
    url = models.URLField(max_length=500, blank=True, default="")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()

    objects = CardChanges.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(status="waiting"),
                name="one_waiting_change_per_channel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {', '.join(self.changed)}"

    @property
    def path(self) -> str:
        return self.channel.path

    @property
    def wanted(self) -> dict[str, object]:
        """Return the fields it changes, and to what."""
        return {name: getattr(self, name) for name in self.changed}

    def facts(self, at: datetime) -> Facts:
        """Return what is known of the channel at `at`."""
        return self.channel.facts(at)
