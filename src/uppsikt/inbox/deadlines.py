"""The two clocks of an item: first contact, and the full answer (R-6.2-1, R-6.2-5)."""

from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from uppsikt.governance import rules
from uppsikt.inbox.models import Item
from uppsikt.policy import clocks
from uppsikt.policy.clocks import Due, Phase, Span
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
    first, full = _ends(starts_at.replace(second=0, microsecond=0), guideline)
    return {
        "clock_from": starts_at,
        "first_due_at": first,
        "full_due_at": full,
        "due_at": min(first, full),
    }


def resumed(item: Item, guideline: Guideline, *, at: datetime) -> dict[str, object]:
    """Return the fields of an item whose clocks go on from where they once began.

    A first word that has been given counts; where no clock has run, both start at `at`.
    """
    fields = started(item.clock_from or at, guideline)
    if item.first_contact_at:
        fields["due_at"] = fields["full_due_at"]
    return fields


def both(starts_at: datetime, guideline: Guideline) -> Both:
    """Return when the first word and the full answer are due, each with its reasons."""
    minute = starts_at.replace(second=0, microsecond=0)
    calendar = guideline.working_calendar
    first, full = _spans(guideline)
    return clocks.due(minute, first, calendar), clocks.due(minute, full, calendar)


@lru_cache(maxsize=4096)
def _ends(starts_at: datetime, guideline: Guideline) -> tuple[datetime, datetime]:
    calendar = guideline.working_calendar
    first, full = _spans(guideline)
    return clocks.end(starts_at, first, calendar), clocks.end(starts_at, full, calendar)


@lru_cache(maxsize=32)
def _spans(guideline: Guideline) -> tuple[Span, Span]:
    return rules.span(guideline, FIRST), rules.span(guideline, FULL)


def phase(item: Item, guideline: Guideline, *, at: datetime) -> Phase | None:
    """Return how urgent the item is, or None when no clock runs."""
    if not item.open or item.due_at is None or item.clock_from is None:
        return None
    calendar = guideline.working_calendar
    return clocks.phase(at, item.clock_from, item.due_at, warn=WARN, calendar=calendar)
