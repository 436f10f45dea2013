"""The two clocks of an item: first contact, and the full answer (R-6.2-1, R-6.2-5)."""

from datetime import datetime, time
from functools import lru_cache
from typing import TypeAlias

from django.utils import timezone

from uppsikt.inbox import terms
from uppsikt.inbox.models import Item
from uppsikt.policy import clocks
from uppsikt.policy.clocks import Due, Phase
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.terms import Terms

WARN = 0.75
"""The share of the time after which it is soon."""

Both: TypeAlias = tuple[Due, Due]
"""When a first word, and the full answer, are due."""


def started(starts_at: datetime, by: Terms) -> dict[str, object]:
    """Return the fields of an item whose clocks start at `starts_at`.

    Both are counted from the whole minute, as people say the time.
    """
    first, full = _ends(_minute(starts_at), by)
    return {
        "clock_from": starts_at,
        "first_due_at": first,
        "full_due_at": full,
        "due_at": min(first, full),
    }


def resumed(item: Item, *, at: datetime) -> dict[str, object]:
    """Return the fields of an item whose clocks go on from where they once began.

    A first word that has been given counts; where no clock has run, both start at `at`.
    """
    item.clock_from = item.clock_from or at
    return going_on(item, terms.of_one(item.channel, at=at))


def going_on(item: Item, by: Terms) -> dict[str, object]:
    """Return the fields of an item whose clocks have begun, counted by `by`."""
    assert item.clock_from is not None  # noqa: S101 (they have begun)
    fields = started(item.clock_from, by)
    if item.first_contact_at:
        fields["due_at"] = fields["full_due_at"]
    return fields


def promised_until(item: Item) -> datetime | None:
    """Return when the full answer is due: the promised day, if it comes before."""
    if item.promised_for is None or item.full_due_at is None:
        return item.full_due_at
    day_ends = datetime.combine(item.promised_for, time(23, 59))
    return min(item.full_due_at, timezone.make_aware(day_ends))


def both(starts_at: datetime, by: Terms) -> Both:
    """Return when the first word and the full answer are due, each with its reasons."""
    begin = _minute(starts_at)
    return by.first_due(begin), by.full_due(begin)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


@lru_cache(maxsize=4096)
def _ends(begin: datetime, by: Terms) -> tuple[datetime, datetime]:
    return by.first_end(begin), by.full_end(begin)


def phase(item: Item, guideline: Guideline, *, at: datetime) -> Phase | None:
    """Return how urgent the item is, or None when no clock runs."""
    if not item.open or item.due_at is None or item.clock_from is None:
        return None
    calendar = guideline.working_calendar
    return clocks.phase(at, item.clock_from, item.due_at, warn=WARN, calendar=calendar)
