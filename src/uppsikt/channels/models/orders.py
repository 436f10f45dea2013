"""What the head of communications orders of a channel (R-3.2-1)."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models.channel import Channel
from uppsikt.channels.order_life import OrderLife
from uppsikt.governance.models import Moving, User, below
from uppsikt.policy.facts import Facts

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class PresenceOrders(models.QuerySet["PresenceOrder"]):
    """Orders, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the orders at or below a node where the actor has a role."""
        return self.filter(below(actor, "channel__node__path"))

    def standing(self) -> Self:
        """Keep those that are still to be carried out."""
        return self.filter(status=OrderLife.given.name)


class PresenceOrder(Moving):
    """An order to change or close a channel: why, and by which day at the latest."""

    LIFE = OrderLife

    class Kind(models.TextChoices):
        CHANGE = "change", _("Change the channel")
        CLOSE = "close", _("Close the channel")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="orders")
    kind = models.CharField(_("What"), max_length=10, choices=Kind.choices)
    what = models.TextField(_("What is to be done"))
    reason = models.TextField(_("Reason"))
    due_on = models.DateField(_("By which day at the latest"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PresenceOrders.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=OrderLife.given.name) | Q(ended_at__isnull=False),
                name="an_order_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(reason=""), name="an_order_says_what_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.channel}"

    @property
    def path(self) -> str:
        return self.channel.path

    @property
    def closes(self) -> bool:
        """Tell whether the order is to close the channel."""
        return self.kind == self.Kind.CLOSE

    def facts(self, at: datetime) -> Facts:
        """Return what is known of the channel at `at`."""
        return self.channel.facts(at)
