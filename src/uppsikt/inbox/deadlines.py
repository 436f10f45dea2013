"""The two clocks of an item: first contact, and the full answer (R-6.2-1, R-6.2-5)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias

from django.utils import timezone

from uppsikt.inbox import terms
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.inbox.models.pause import stood_still
from uppsikt.policy import clocks
from uppsikt.policy.clocks import Due, Phase
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.terms import Terms
from uppsikt.policy.workdays import Interval

WARN = 0.75
"""The share of the time after which it is soon."""

_A_MINUTE = timedelta(minutes=1)

Both: TypeAlias = tuple[Due, Due]
"""When a first word, and the full answer, are due."""


def started(starts_at: datetime, by: Terms) -> dict[str, object]:
    """Return the fields of an item whose clocks start at `starts_at`.

    Both are counted from the whole minute, as people say the time.
    """
    first, full, told_at = _ends(_minute(starts_at), by)
    return {
        "clock_from": starts_at,
        "first_due_at": first,
        "full_due_at": full,
        "due_at": min(first, full),
        "escalates_at": told_at,
        "still_until": None,
        "first_took": None,
        "full_took": None,
    }


def resumed(item: Item, *, at: datetime) -> dict[str, object]:
    """Return the fields of an item whose clocks go on from where they once began.

    A first word that has been given counts, and so does the time they stood still;
    where no clock has run, both start at `at`.
    """
    item.clock_from = item.clock_from or at
    stood = stood_still([item]).get(item.pk, [])
    due = going_on(item, terms.of_one(item.channel, at=at), stood)
    still = max((until for _, until in stood if until > at), default=None)
    return {
        "clock_from": item.clock_from,
        **due,
        "escalates_at": at,
        "still_until": still,
        "first_took": item.first_took if item.first_contact_at else None,
        "full_took": None,
    }


def going_on(
    item: Item, by: Terms, stood: Sequence[Interval] = ()
) -> dict[str, datetime]:
    """Return when an item whose clocks have begun is due, counted by `by`.

    `stood` tells when the clock of the full answer stood still.
    """
    assert item.clock_from is not None  # noqa: S101 (they have begun)
    begin = _minute(item.clock_from)
    first, full, _ = _ends(begin, by)
    if stood:
        full = by.full_end(begin, stood)
    due = full if item.first_contact_at else min(first, full)
    return {"first_due_at": first, "full_due_at": full, "due_at": due}


def now_due(
    item: Item, by: Terms, stood: Sequence[Interval] = ()
) -> dict[str, datetime | None]:
    """Return when an open item is due, its promise counted with."""
    fields: dict[str, datetime | None] = {**going_on(item, by, stood)}
    if item.status == ItemLife.promised.name:
        item.full_due_at = fields["full_due_at"]
        fields["due_at"] = promised_until(item, stood)
    return fields


def promised_until(item: Item, stood: Sequence[Interval] = ()) -> datetime | None:
    """Return when the full answer is due: the promised day, if it comes before.

    A day that was promised counts no longer once the clock has stood still before it:
    the answer then waits for somebody else.
    """
    if item.promised_for is None or item.full_due_at is None:
        return item.full_due_at
    day = timezone.make_aware(datetime.combine(item.promised_for, time(23, 59)))
    lifted = any(stop <= day for stop, _ in stood)
    return item.full_due_at if lifted else min(item.full_due_at, day)


def both(starts_at: datetime, by: Terms, stood: Sequence[Interval] = ()) -> Both:
    """Return when the first word and the full answer are due, each with its reasons."""
    begin = _minute(starts_at)
    return by.first_due(begin), by.full_due(begin, stood)


def took(
    item: Item, until: datetime, by: Terms, stood: Sequence[Interval] = ()
) -> int | None:
    """Return how long the item had waited at `until`: whole minutes of working time.

    Time in which nobody works, and in which the clock stood still, counts nothing, so
    an answer out of hours is never later than one at the next opening.
    """
    if item.clock_from is None:
        return None
    began = _minute(item.clock_from)
    worked = by.calendar.working_time_between(began, until)
    still = clocks.paused_time(stood, (began, until), by.calendar)
    return max(worked - still, timedelta()) // _A_MINUTE


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


@lru_cache(maxsize=4096)
def _ends(begin: datetime, by: Terms) -> tuple[datetime, datetime, datetime | None]:
    """Return when both are due, and when somebody is told first."""
    return by.first_end(begin), by.full_end(begin), by.first_told(begin)


def phase(item: Item, guideline: Guideline, *, at: datetime) -> Phase | None:
    """Return how urgent the item is, or None when no clock runs."""
    if not item.open or item.due_at is None or item.clock_from is None:
        return None
    calendar = guideline.working_calendar
    return clocks.phase(at, item.clock_from, item.due_at, warn=WARN, calendar=calendar)
