"""What a check says of one demand: never more than was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from uppsikt.policy.words import Message

if TYPE_CHECKING:
    from uppsikt.policy.facts import Fact, Seen
    from uppsikt.policy.guideline import Control


class Outcome(StrEnum):
    """How a demand stands. Silence is never `MET`."""

    MET = "met"
    NOT_MET = "not_met"
    DUE = "due"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE = "not_applicable"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome in words, what it rests on, and when it must be looked at again."""

    outcome: Outcome
    message: Message | None = None
    seen: tuple["Seen", ...] = ()
    due_at: datetime | None = None
    wants: "Fact | None" = None

    @property
    def stops(self) -> bool:
        """Tell whether a move that waits for this demand must wait longer."""
        return self.outcome in (Outcome.NOT_MET, Outcome.NOT_ASSESSED)


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict, with the control that asked and the guideline it was judged by."""

    control: "Control"
    verdict: Verdict
    guideline: str


def met(*seen: "Seen", due_at: datetime | None = None) -> Verdict:
    """Return that the demand is met, on what was seen, until `due_at`."""
    return Verdict(Outcome.MET, seen=seen, due_at=due_at)


def not_met(message: str, *seen: "Seen", **details: object) -> Verdict:
    """Return that the demand is not met, and what is missing."""
    return Verdict(Outcome.NOT_MET, Message(message, details), seen)


def due(message: str, *seen: "Seen", at: datetime, **details: object) -> Verdict:
    """Return that the demand was met and falls due again at `at`."""
    return Verdict(Outcome.DUE, Message(message, details), seen, due_at=at)


def not_assessed(fact: "Fact") -> Verdict:
    """Return that nobody has said anything of `fact` yet."""
    return Verdict(Outcome.NOT_ASSESSED, wants=fact)


def not_applicable(message: str, **details: object) -> Verdict:
    """Return that the demand does not concern this thing, and why."""
    return Verdict(Outcome.NOT_APPLICABLE, Message(message, details))


def first_stop(verdicts: Sequence[Verdict]) -> Verdict | None:
    """Return the first verdict that stops, if any."""
    return next((v for v in verdicts if v.stops), None)
