"""The decision on an application as a document: sealed, registered, printed (R-4-1).

What it says is read from what is never changed: the step, the card's version of that
moment and what the manager confirmed then. So the page shown today is the one sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from uppsikt.channels import choices, grounds, sealing
from uppsikt.channels.grounds import Said
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.listing import Places
from uppsikt.channels.models import CardVersion, Channel, Decision
from uppsikt.governance import rules
from uppsikt.governance.models import Step, User
from uppsikt.policy.guideline import Guideline, MoveRule

BODY: Final = "channels/decision/document.html"
DECIDED: Final = (str(ChannelLife.approve), str(ChannelLife.decline))


@dataclass(frozen=True, slots=True)
class Document:
    """All that a decision says, for the page, the seal and the PDF."""

    channel: Channel
    step: Step
    card: CardVersion
    rule: MoveRule
    guideline: Guideline
    confirmed: Sequence[Said]
    municipality: str
    department: str
    unit: str
    holders: Sequence[User]
    purposes: Sequence[str]
    groups: Sequence[str]

    @property
    def approved(self) -> bool:
        return self.step.after == ChannelLife.approved.name

    @property
    def sentence(self) -> str:
        """Return what was decided, in one sentence."""
        told = {"channel": self.card.name}
        if self.approved:
            return _("The channel %(channel)s is approved.") % told
        return _("The application for the channel %(channel)s is declined.") % told

    @property
    def title(self) -> str:
        return _("Decision on the channel %(channel)s") % {"channel": self.card.name}


def record(channel: Channel, *, at: datetime) -> Decision:
    """Seal the decision just made and hand it over to be registered (OSL 5:1)."""
    made = Step.objects.filter(subject=channel.subject, move__in=DECIDED, at=at)
    step = made.select_related("by").latest("pk")
    paper = sealing.Paper(sealed(channel, step), _title(channel, step))
    return sealing.keep(channel, step, paper, at=at)


def read(channel: Channel, step: Step) -> Document:
    """Return what was decided by `step`, from what stood then."""
    guideline, places = rules.in_force(step.at), Places.fetch()
    card = channel.versions.on(step.at).first() or channel.versions.earliest("at")
    return Document(
        channel=channel,
        step=step,
        card=card,
        rule=guideline.rule(step.move),
        guideline=guideline,
        confirmed=grounds.said_at(channel, guideline, at=step.at),
        municipality=places.municipality,
        department=places.department(channel),
        unit=places.unit(channel),
        holders=list(channel.proposed_holders.order_by("pk")),
        purposes=choices.words(guideline, "purposes", card.purpose_codes),
        groups=choices.words(guideline, "target_groups", card.audience_groups),
    )


def sealed(channel: Channel, step: Step) -> str:
    """Return the decision as a page of its own, in Swedish, that needs nothing else."""
    with translation.override("sv"):
        return sealing.page(BODY, read(channel, step))


def _title(channel: Channel, step: Step) -> str:
    """Return what the diary calls the decision."""
    with translation.override("sv"):
        return _("Decision: %(state)s, the channel %(channel)s") % {
            "state": ChannelLife.states[step.after].label,
            "channel": channel.name,
        }
