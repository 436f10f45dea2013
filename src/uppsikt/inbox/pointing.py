"""What the analysis says of a version, kept; and what it makes of the item."""

from collections.abc import Iterable, Iterator
from typing import Final

from uppsikt.checks.text import Signal
from uppsikt.inbox.models import ItemSignal
from uppsikt.policy.guideline import Guideline
from uppsikt.records import bulk

QUESTION: Final = "question"
LANGUAGE: Final = "language."
COLUMNS: Final = (
    "version_id",
    "rule",
    "rule_version",
    "start",
    "end",
    "certainty",
    "msgid",
    "details",
    "suggests",
)


def keep(said: Iterable[tuple[int, Iterable[Signal]]]) -> None:
    """Store the signals of many versions, given by their numbers."""
    rows = [_row(version, one) for version, signals in said for one in signals]
    bulk.insert(ItemSignal, COLUMNS, rows)


def _texts(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _row(version: int, one: Signal) -> bulk.Row:
    msgid, details = one.message.msgid, dict(one.message.details)
    start, end = one.span
    return (
        *(version, one.rule, one.version, start, end),
        *(one.certainty, msgid, details, one.suggests),
    )


def pointed_at(
    seen: Iterable[Signal | ItemSignal], guideline: Guideline
) -> dict[str, object]:
    """Return what an item's fields say of the signals that people see.

    It is flagged when one suggests a ground, and covered when one is sure of a ground
    that the guideline has covered. Its language is "" while it is read as Swedish.
    """
    grounds = _texts(guideline.value("covered_grounds"))
    sure = guideline.number("covered_from_percent") / 100
    told = tuple(seen)
    return {
        "question": any(s.rule == QUESTION for s in told),
        "language": next(_languages(told), ""),
        "flagged": any(s.suggests for s in told),
        "covered": any(s.suggests in grounds and s.certainty >= sure for s in told),
    }


def _languages(seen: Iterable[Signal | ItemSignal]) -> Iterator[str]:
    """Yield the code of each language that the text is read as."""
    rules = (s.rule for s in seen)
    return (r.removeprefix(LANGUAGE) for r in rules if r.startswith(LANGUAGE))
