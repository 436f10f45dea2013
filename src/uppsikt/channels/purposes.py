"""What the purposes of a channel ask for, as the guideline in force says (R-2-3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.channels import choices
from uppsikt.channels.models import Channel
from uppsikt.policy import purposes
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.purposes import Consequence


@dataclass(frozen=True, slots=True)
class Asks:
    """A purpose in words, and what it brings with it."""

    purpose: str
    consequences: Sequence[Consequence]


def of(channel: Channel, guideline: Guideline) -> list[Consequence]:
    """Return what the channel's own purposes ask for."""
    effects = choices.rows(guideline, "purpose_effects")
    return purposes.consequences(channel.purpose_codes, effects)


def table(guideline: Guideline) -> list[Asks]:
    """Return every purpose that asks for something, for whoever applies."""
    effects = choices.rows(guideline, "purpose_effects")
    every = choices.pairs(guideline, "purposes")
    asks = [
        Asks(words, purposes.consequences([code], effects)) for code, words in every
    ]
    return [one for one in asks if one.consequences]
