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
    """Return the fields of an item whose clocks start at `starts_at`.

    Both are counted from the whole minute, as people say the time.
    """
    first, full = _ends(starts_at.replace(second=0, microsecond=0), guideline.id)
    return {
        "clock_from": starts_at,
        "first_due_at": first,
        "full_due_at": full,
        "due_at": min(first, full),
    }


def both(starts_at: datetime, guideline: Guideline) -> Both:
    """Return when the first word and the full answer are due, each with its reasons."""
    minute = starts_at.replace(second=0, microsecond=0)
    calendar = rules.calendar(guideline.id)
    first, full = (rules.span(guideline, name) for name in (FIRST, FULL))
    return clocks.due(minute, first, calendar), clocks.due(minute, full, calendar)


@lru_cache(maxsize=4096)
def _ends(starts_at: datetime, guideline_id: str) -> tuple[datetime, datetime]:
    guideline = rules.packaged(guideline_id)
    calendar = rules.calendar(guideline_id)
    first, full = (rules.span(guideline, name) for name in (FIRST, FULL))
    return clocks.end(starts_at, first, calendar), clocks.end(starts_at, full, calendar)


def phase(item: Item, guideline: Guideline, *, at: datetime) -> Phase | None:
    """Return how urgent the item is, or None when no clock runs."""
    if not item.open or item.due_at is None or item.clock_from is None:
        return None
    calendar = rules.calendar(guideline.id)
    return clocks.phase(at, item.clock_from, item.due_at, warn=WARN, calendar=calendar)
