"""The decision on an application as a document: sealed, registered, printed (R-4-1).

What it says is read from what is never changed: the step, the card's version of that
moment and what the manager confirmed then. So the page shown today is the one sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from uppsikt.channels import choices, grounds
from uppsikt.channels.grounds import Said
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.listing import Places
from uppsikt.channels.models import CardVersion, Channel, Decision
from uppsikt.governance import rules
from uppsikt.governance.models import Step
from uppsikt.policy import clocks
from uppsikt.policy.guideline import Guideline, MoveRule
from uppsikt.records import diary, vault
from uppsikt.records.models import Registration
from uppsikt.records.rendering import style_hash

SUBJECT_ID: Final = "decision"
"""The id of the sentence that says what was decided: what a picture must show."""
_STYLE: Final = (
    Path(__file__).with_name("templates") / "channels" / "decision" / "sealed.css"
).read_text(encoding="utf-8")
HTML: Final = "text/html; charset=utf-8"
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
    page = vault.keep(sealed(channel, step).encode(), HTML, at=at)
    registration = _asked(channel, step, at)
    registration.files.add(page)
    return Decision.objects.create(
        channel=channel,
        step=step,
        page=page,
        registration=registration,
        next_try_at=at,
    )


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
        purposes=choices.words(guideline, "purposes", card.purpose_codes),
        groups=choices.words(guideline, "target_groups", card.audience_groups),
    )


def sealed(channel: Channel, step: Step) -> str:
    """Return the decision as a page of its own, in Swedish, that needs nothing else."""
    with translation.override("sv"):
        context = {
            "document": read(channel, step),
            "style": mark_safe(_STYLE),  # noqa: S308 (our own file)
            "style_hash": mark_safe(style_hash(_STYLE)),  # noqa: S308 (base64)
            "subject_id": SUBJECT_ID,
        }
        return render_to_string("channels/decision/sealed.html", context)


def _asked(channel: Channel, step: Step, at: datetime) -> Registration:
    guideline = rules.in_force(at)
    span = rules.span(guideline, "registration_target")
    with translation.override("sv"):
        title = _("Decision: %(state)s, the channel %(channel)s") % {
            "state": ChannelLife.states[step.after].label,
            "channel": channel.name,
        }
    return diary.ask(
        channel.subject,
        path=channel.path,
        series=guideline.text("diary_series"),
        title=title,
        direction=Registration.Direction.DRAWN_UP,
        party=str(step.by or ""),
        happened_at=step.at,
        secret=False,
        due_at=clocks.due(at, span, guideline.working_calendar).at,
        at=at,
    )
