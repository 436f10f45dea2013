"""What has happened to the register: launched, changed, paused, taken up, closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from uppsikt.channels.card_life import CardLife
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import CardChange, Channel
from uppsikt.channels.register_rows import Register, Shown
from uppsikt.governance.models import Step
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.words import N_

KINDS: Final[Mapping[Move, str]] = {
    ChannelLife.launch: "startad",
    ChannelLife.pause: "pausad",
    ChannelLife.resume: "aterupptagen",
    ChannelLife.close: "avslutad",
    CardLife.publish: "andrad",
    CardLife.issue: "andrad",
}
"""The moves that the public sees, and what each is called in addresses."""
TITLES: Final[Mapping[str, str]] = {
    "startad": N_("%(name)s is launched"),
    "pausad": N_("%(name)s is paused"),
    "aterupptagen": N_("%(name)s is taken up again"),
    "avslutad": N_("%(name)s is closed"),
    "andrad": N_("The facts about %(name)s are changed"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a channel in the register."""

    kind: str
    at: datetime
    channel: Shown

    @property
    def title(self) -> str:
        return _(TITLES[self.kind]) % {"name": self.channel.name}

    @property
    def name(self) -> str:
        """Return what no other event is called: no key of a table."""
        moment = self.at.astimezone(UTC)
        return f"{self.channel.slug}-{self.kind}-{moment:%Y%m%dT%H%M%S%f}"


def of(register: Register) -> list[Event]:
    """Return every event of the channels in the register, the latest first."""
    public = Channel.objects.public().values_list("pk", "slug")
    slugs = {f"{ChannelLife.kind}:{pk}": slug for pk, slug in public}
    told = CardChange.objects.filter(status=CardLife.published.name)
    cards = told.values_list("pk", "channel__slug")
    slugs |= {f"{CardLife.kind}:{pk}": slug for pk, slug in cards}
    shown = {s.slug: s for s in register.shown}
    steps = [e for e in _steps() if slugs.get(e[0]) in shown]
    return [Event(kind, at, shown[slugs[subject]]) for subject, kind, at in steps]


def _steps() -> Iterable[tuple[str, str, datetime]]:
    names = {str(move): kind for move, kind in KINDS.items()}
    rows = Step.objects.filter(Q(move__in=names)).order_by("-at", "-pk")
    told = rows.values_list("subject", "move", "at")
    return ((subject, names[move], at) for subject, move, at in told)
