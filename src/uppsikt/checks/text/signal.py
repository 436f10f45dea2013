"""What a text rule tells a person: where, how sure, and which ground it suggests."""

from dataclasses import dataclass

from uppsikt.policy.words import Message


@dataclass(frozen=True, slots=True)
class Signal:
    """A place in a text that a person should look at; it decides nothing (D-33).

    `span` holds positions in the text as it was given, `certainty` lies in 0..1,
    and `suggests` is a code of the ground catalogue or "" when no removal is meant.
    """

    rule: str
    version: int
    span: tuple[int, int]
    certainty: float
    message: Message
    suggests: str = ""


def in_order(signals: list[Signal]) -> tuple[Signal, ...]:
    """Return signals as they come in the text."""
    return tuple(sorted(signals, key=lambda signal: (signal.span, signal.rule)))
