"""An order by the head of communications as a document, registered (R-3.2-1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from uppsikt.channels import sealing
from uppsikt.channels.listing import Places
from uppsikt.channels.models import Channel, Decision, PresenceOrder
from uppsikt.channels.order_life import OrderLife
from uppsikt.governance import rules
from uppsikt.governance.models import Step
from uppsikt.policy.guideline import Guideline, MoveRule

GIVEN: Final = str(OrderLife.give)
BODY: Final = "channels/decision/order.html"


@dataclass(frozen=True, slots=True)
class Document:
    """All that an order says, for the page, the seal and the PDF."""

    order: PresenceOrder
    step: Step
    rule: MoveRule
    guideline: Guideline
    municipality: str
    department: str

    @property
    def sentence(self) -> str:
        """Return what was decided, in one sentence."""
        told = {"channel": self.order.channel.name, "day": self.order.due_on}
        if self.order.closes:
            return _("The channel %(channel)s is to be closed by %(day)s.") % told
        return _("The channel %(channel)s is to be changed by %(day)s.") % told

    @property
    def title(self) -> str:
        return _("Order on the channel %(channel)s") % {
            "channel": self.order.channel.name
        }


def record(order: PresenceOrder, *, at: datetime) -> Decision:
    """Seal the order just given and hand it over to be registered (OSL 5:1)."""
    made = Step.objects.filter(subject=order.subject, move=GIVEN)
    step = made.select_related("by").latest("pk")
    with translation.override("sv"):
        document = read(order, step)
        paper = sealing.Paper(sealing.page(BODY, document), document.title)
    return sealing.keep(order.channel, step, paper, at=at)


def subjects(channel: Channel) -> set[str]:
    """Return the subjects of the channel's orders that are documents."""
    rows = channel.decisions.filter(step__move=GIVEN)
    return set(rows.values_list("step__subject", flat=True))


def of(decision: Decision) -> Document:
    """Return what a decision that is an order says."""
    pk = decision.step.subject.rpartition(":")[2]
    order = PresenceOrder.objects.select_related("channel__node").get(pk=pk)
    return read(order, decision.step)


def read(order: PresenceOrder, step: Step) -> Document:
    """Return what was ordered by `step`: an order is never changed."""
    guideline, places = rules.in_force(step.at), Places.fetch()
    return Document(
        order=order,
        step=step,
        rule=guideline.rule(step.move),
        guideline=guideline,
        municipality=places.municipality,
        department=places.department(order.channel),
    )
