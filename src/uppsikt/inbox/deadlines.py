"""The two clocks of an item: first contact, and the full answer (R-6.2-1, R-6.2-5)."""

from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from uppsikt.governance import rules
from uppsikt.inbox.models import Item
from uppsikt.policy import clocks
from uppsikt.policy.clocks import Due, Phase
from uppsikt.policy.guideline import Guideline

FIRST = "first_response"
FULL = "full_response"
WARN = 0.75
"""The share of the time after which it is soon."""

Both: TypeAlias = tuple[Due, Due]
"""When a first word, and the full answer, are due."""


def started(starts_at: datetime, guideline: Guideline) -> dict[str, object]:
    """Return the fields of an item whose clocks start at `starts_at`."""
    first, full = both(starts_at, guideline)
    return {
        "clock_from": starts_at,
        "first_due_at": first.at,
        "full_due_at": full.at,
        "due_at": min(first.at, full.at),
    }


def both(starts_at: datetime, guideline: Guideline) -> Both:
    """Return when the first word and the full answer are due, each with its reasons."""
    return _both(starts_at, guideline.id)


@lru_cache(maxsize=1024)
def _both(starts_at: datetime, guideline_id: str) -> Both:
    guideline = rules.packaged(guideline_id)
    calendar = rules.calendar(guideline_id)
    return (
        clocks.due(starts_at, rules.span(guideline, FIRST), calendar),
        clocks.due(starts_at, rules.span(guideline, FULL), calendar),
    )


def phase(item: Item, guideline: Guideline, *, at: datetime) -> Phase | None:
    """Return how urgent the item is, or None when no clock runs."""
    if not item.open or item.due_at is None or item.clock_from is None:
        return None
    calendar = rules.calendar(guideline.id)
    return clocks.phase(at, item.clock_from, item.due_at, warn=WARN, calendar=calendar)
