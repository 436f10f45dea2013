"""What the communications officer is told at start-up, and the rights they get."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.handover_life import HandoverLife
from uppsikt.channels.models.channel import Channel
from uppsikt.channels.start_life import StartNoticeLife
from uppsikt.governance.models import Moving, User, below
from uppsikt.policy.facts import Facts

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

ITEMS = ("account", "purpose", "audience", "goal_contribution", "benefit", "owner")
"""What a notice says (R-4-8): none of it may be blank."""


class StartNotices(models.QuerySet["StartNotice"]):
    """Start-up notices, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the notices at or below a node where the actor has a role."""
        return self.filter(below(actor, "channel__node__path"))


class StartNotice(Moving):
    """The four items of a new channel as they were when they were sent (R-4-8).

    `sent_to` is the role that was told: the department's officer, or the office where
    the department has none. Who was told by name stands in the observation.
    """

    LIFE = StartNoticeLife

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="start_notices")
    account = models.CharField(_("Channel"), max_length=800)
    purpose = models.TextField(_("Purpose"))
    audience = models.TextField(_("Target group"))
    goal_contribution = models.TextField(_("Contribution to the goals"))
    benefit = models.TextField(_("Benefit to the target group"))
    owner = models.CharField(_("Person responsible"), max_length=300)
    sent_to = models.CharField(max_length=40)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)

    objects = StartNotices.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(account="")
                & ~Q(purpose="")
                & ~Q(audience="")
                & ~Q(goal_contribution="")
                & ~Q(benefit="")
                & ~Q(owner=""),
                name="a_start_notice_says_all_it_must",
            ),
            models.CheckConstraint(
                condition=Q(status=StartNoticeLife.sent.name)
                | Q(received_at__isnull=False),
                name="a_received_notice_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.account

    @property
    def path(self) -> str:
        return self.channel.path

    def facts(self, at: datetime) -> Facts:
        """Return what is known of the channel at `at`."""
        return self.channel.facts(at)


class Handovers(models.QuerySet["Handover"]):
    """Hand-overs, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the hand-overs at or below a node where the actor has a role."""
        return self.filter(below(actor, "channel__node__path"))

    def standing(self) -> Self:
        """Keep those that nobody has recalled."""
        return self.exclude(status=HandoverLife.recalled.name)


class Handover(Moving):
    """Administrator rights handed over to the communications side (R-4-9).

    How: a role at the platform, or where in the municipality's password vault the
    credentials lie. Never the credentials themselves (design decision 9).
    """

    LIFE = HandoverLife

    class Kind(models.TextChoices):
        ROLE = "role", _("A role at the platform")
        VAULT = "vault", _("A place in the municipality's password vault")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="handovers")
    kind = models.CharField(_("How"), max_length=10, choices=Kind.choices)
    reference = models.CharField(_("Which role, or where"), max_length=200)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="handovers")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = Handovers.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reference=""), name="a_handover_says_how"
            ),
            models.CheckConstraint(
                condition=~Q(status=HandoverLife.confirmed.name)
                | Q(confirmed_at__isnull=False),
                name="a_confirmed_handover_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} @ {self.channel}"

    @property
    def path(self) -> str:
        return self.channel.path

    def facts(self, at: datetime) -> Facts:
        """Return what is known of the channel at `at`."""
        return self.channel.facts(at)
