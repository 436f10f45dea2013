"""The plan by which a channel is closed, and who was heard about it (R-9-2…R-9-5)."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models.channel import AccessHolder, Channel
from uppsikt.governance.models import ROLE_LABELS, User, below
from uppsikt.policy.roles import Role
from uppsikt.records.models import Blob

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

CONSULTED: Final = (Role.LINE_MANAGER, Role.COMMUNICATIONS_OFFICER)
"""Who is heard before a channel is closed (R-9-2)."""
STEPS: Final = {
    "account": _("It is decided what happens to the account"),
    "exported_on": _("The platform's export is downloaded"),
    "picture": _("A last picture of the channel is kept"),
    "ads_stopped_on": _("No ads are running"),
    "links_updated_on": _("Links to the channel are changed"),
    "access": _("Nobody reaches the account any more"),
}
"""What is to be done round a closing, in the order it is asked for (R-9-5)."""


class Closings(models.QuerySet["Closing"]):
    """Plans, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the plans at or below a node where the actor has a role."""
        return self.filter(below(actor, "channel__node__path"))

    def standing(self) -> Self:
        """Keep the plans that were not dropped: under way, or carried out."""
        return self.filter(dropped_at=None)

    def under_way(self) -> Self:
        """Keep the plans of channels that are being closed now."""
        return self.standing().filter(closed_at=None)

    def with_access_left(self) -> Self:
        """Keep the plans carried out although somebody still reaches the account."""
        left = AccessHolder.objects.filter(until=None).values("channel")
        return self.filter(closed_at__isnull=False, channel__in=left)


class Closing(models.Model):
    """One winding down of a channel: a row from the decision until it is closed.

    A plan ends by being carried out (`closed_at`) or dropped (`dropped_at`) when the
    channel is kept after all. What is asked after the closing is answered here too.
    """

    class Account(models.TextChoices):
        LOCKED = "locked", _("It is kept and locked")
        DELETED = "deleted", _("It is deleted at the platform")
        NAMED = "named", _("It is emptied, and its name is kept")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="closings")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # What the public is told: why, when, and where to go instead.
    reason = models.TextField(_("Reason for the public"), blank=True)
    closes_on = models.DateField(_("Closes on"), null=True, blank=True)
    successor = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="+"
    )
    elsewhere = models.CharField(_("Somewhere else"), max_length=300, blank=True)
    elsewhere_url = models.URLField(_("Its address"), max_length=500, blank=True)
    # What only we read.
    impact = models.TextField(_("What the closing may harm"), blank=True)
    account = models.CharField(
        _("What happens to the account"),
        max_length=10,
        choices=Account.choices,
        blank=True,
    )
    farewell_text = models.TextField(_("Farewell post"), blank=True)
    farewell_on = models.DateField(null=True)
    farewell_url = models.URLField(max_length=500, blank=True)
    picture = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    exported_on = models.DateField(STEPS["exported_on"], null=True, blank=True)
    ads_stopped_on = models.DateField(STEPS["ads_stopped_on"], null=True, blank=True)
    links_updated_on = models.DateField(
        STEPS["links_updated_on"], null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = Closings.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(dropped_at=None),
                name="one_plan_stands_per_channel",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(dropped_at=None),
                name="a_plan_ends_in_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"closing of {self.channel_id}"

    @property
    def path(self) -> str:
        return self.channel.path

    @property
    def subject(self) -> str:
        return f"closing:{self.pk}"

    @property
    def under_way(self) -> bool:
        """Tell whether the channel is being closed now."""
        return self.closed_at is None and self.dropped_at is None

    @property
    def is_public(self) -> bool:
        """Tell whether the public is told: it is closed, or the farewell is out."""
        announced = self.farewell_on is not None and self.closes_on is not None
        return self.dropped_at is None and (self.closed_at is not None or announced)

    def is_over(self, at: datetime) -> bool:
        """Tell whether the farewell is out and the announced day has come."""
        if self.farewell_on is None or self.closes_on is None:
            return False
        return self.closes_on <= timezone.localtime(at).date()

    def left(self, holders: int) -> tuple[str, ...]:
        """Return the names of the `STEPS` left; `holders` people reach the account."""
        done = {name for name in STEPS if getattr(self, name, None)}
        reached = {"access"} if holders else set()
        undone = STEPS.keys() - done - {"access"} | reached
        return tuple(name for name in STEPS if name in undone)

    def heard(self) -> frozenset[str]:
        """Return which of `CONSULTED` have given their opinion."""
        return frozenset(c.role for c in self.consultations.all())


class Consultation(models.Model):
    """What one who must be heard said of a closing (R-9-2). Never changed."""

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="consultations")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=[(r, r) for r in CONSULTED])
    opinion = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.role} on {self.closing_id}"

    @property
    def label(self) -> object:
        return ROLE_LABELS[Role(self.role)]


def standing(channel: Channel) -> "Closing | None":
    """Return the plan of the channel that stands, if it is or was being closed."""
    return Closing.objects.standing().filter(channel=channel).first()
