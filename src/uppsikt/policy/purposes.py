"""What a purpose from the list asks of a channel (R-2-3): a table, not scattered ifs.

The guideline's parameter `purpose_effects` has rows such as "crisis:crisis_plan", so
that another municipality with other purposes gives them the same consequences.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from uppsikt.policy.words import N_


class Effect(StrEnum):
    """A consequence that a purpose can have."""

    HAND_OVER = "hand_over"
    CLOCK = "clock"
    AD_TARGETING = "ad_targeting"
    CRISIS_PLAN = "crisis_plan"
    COMMENTS_OPEN = "comments_open"


@dataclass(frozen=True, slots=True)
class Consequence:
    """An effect in words, for whoever applies for the channel and whoever runs it."""

    effect: Effect
    words: str


CONSEQUENCES: Final = {
    Effect.HAND_OVER: Consequence(
        Effect.HAND_OVER,
        N_(
            "What people suggest is handed over to the municipality's system for "
            "suggestions and complaints. Link to it from the channel."
        ),
    ),
    Effect.CLOCK: Consequence(
        Effect.CLOCK,
        N_(
            "The response clock runs: whoever asks gets a first word and a full answer "
            "within the times of the guideline."
        ),
    ),
    Effect.AD_TARGETING: Consequence(
        Effect.AD_TARGETING,
        N_(
            "Never target a recruitment ad by sex, age or anything else that the "
            "Discrimination Act protects. Show it to everybody."
        ),
    ),
    Effect.CRISIS_PLAN: Consequence(
        Effect.CRISIS_PLAN,
        N_(
            "There must be a plan for a crisis: who answers, also evenings and "
            "weekends, and who stands in."
        ),
    ),
    Effect.COMMENTS_OPEN: Consequence(
        Effect.COMMENTS_OPEN,
        N_("Comments stay switched on, or it is written down why they are not."),
    ),
}


def effects_of(codes: Collection[str], table: Iterable[str]) -> list[Effect]:
    """Return the effects of the purposes `codes` by the guideline's `table`."""
    rows = (row.partition(":") for row in table)
    wanted = {effect for code, _colon, effect in rows if code in codes}
    return [effect for effect in Effect if effect in wanted]


def consequences(codes: Collection[str], table: Iterable[str]) -> list[Consequence]:
    """Return what the purposes `codes` ask for, in words."""
    return [CONSEQUENCES[effect] for effect in effects_of(codes, table)]
