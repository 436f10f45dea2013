"""Changes of the public card that wait: before and after, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from uppsikt.channels import changing
from uppsikt.channels.card_life import CardLife
from uppsikt.channels.forms import CardForm
from uppsikt.channels.models import CardChange, Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.policy.words import N_, Message

NAMES: Final[Mapping[str, str]] = {"handle": N_("Account name"), "url": N_("Address")}
"""What the account is called: no part of the card's own form."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what the public reads now, and what it would read."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that waits, as one person meets it."""

    change: CardChange
    differences: tuple[Difference, ...]
    publish_refused: Message | None
    recall_refused: Message | None


def shown(change: CardChange, actor: Actor, *, at: datetime) -> Waiting:
    """Return what the change would do, and what of it is the actor's to decide."""
    form = CardForm(guideline=rules.in_force(at))
    return Waiting(
        change,
        tuple(_difference(change, name, form) for name in change.changed),
        moves.why_not(CardLife.publish, change, actor, at=at),
        moves.why_not(CardLife.recall, change, actor, at=at),
    )


def of(channel: Channel, actor: Actor, *, at: datetime) -> Waiting | None:
    """Return the change of the channel's card that waits, if one does."""
    change = changing.waiting_for(channel)
    return shown(change, actor, at=at) if change else None


def _difference(change: CardChange, name: str, form: CardForm) -> Difference:
    label = form.fields[name].label if name in form.fields else _(NAMES[name])
    before, after = getattr(change.channel, name), getattr(change, name)
    choices = dict(getattr(form.fields.get(name), "choices", ()))
    return Difference(str(label), _said(before, choices), _said(after, choices))


def _said(value: object, choices: dict[object, object]) -> str:
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value) or _("nothing")
    return str(value or "") or _("nothing")
