"""A decision about a channel as a document, kept and registered (R-4-1, R-3.2-1)."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models.channel import Channel
from uppsikt.channels.order_life import OrderLife
from uppsikt.governance.models import Step, below
from uppsikt.records.leasing import Leased
from uppsikt.records.models import Blob, Registration

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class Decisions(models.QuerySet["Decision"]):
    """Decisions, in the words people use of them."""

    def shown_to(self, actor: "Actor") -> Self:
        """Keep the decisions on channels that the actor sees, or applied for."""
        seen = Channel.objects.shown_to(actor)
        return self.filter(channel__in=seen)

    def on_application(self) -> Self:
        """Keep what was decided of the application, and no order."""
        return self.filter(step__move__startswith=f"{ChannelLife.kind}.")

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the decisions at or below a node where the actor has a role."""
        return self.filter(below(actor, "channel__node__path"))


class Decision(Leased):
    """What was decided by a step: the page as it was sealed, and its PDF.

    `page` is kept in the act itself. The PDF is made by the worker, and until then, or
    where there is no browser to make it with, the page is the document.
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="decisions")
    step = models.OneToOneField(Step, models.PROTECT, related_name="decision")
    page = models.OneToOneField(Blob, models.PROTECT, related_name="+")
    pdf = models.OneToOneField(Blob, models.PROTECT, null=True, related_name="+")
    registration = models.OneToOneField(
        Registration, models.PROTECT, related_name="decision"
    )

    objects = Decisions.as_manager()

    def __str__(self) -> str:
        return f"{self.step.move}: {self.channel}"

    @property
    def place(self) -> str:
        """Return the address of the page that shows it."""
        kind, _dot, pk = self.step.subject.partition(":")
        name = "order" if kind == OrderLife.kind else "channel-decision"
        return reverse(name, args=[pk])

    @property
    def path(self) -> str:
        return self.channel.path
