"""Put an item aside until later. Its clocks run on, and it comes back before they ring.

It comes back by itself at the hour, and earlier when its author writes again or changes
the text; never later than the warning of its deadline.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import deadlines, deeds
from uppsikt.inbox.deeds import Closed
from uppsikt.inbox.models import Deed, Item
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_
from uppsikt.policy.workdays import WorkingCalendar

MORNING: Final = time(8)
LATER: Final = timedelta(hours=3)
LONGEST: Final = timedelta(days=183)


class NoTimeLeft(Exception):
    """The answer is late already, so nobody may put it aside."""


class NotLater(Exception):
    """The time has passed, or lies more than half a year ahead."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A usual time to put aside until: a name for it, its words, and the moment."""

    name: str
    words: str
    until: datetime


def choices(at: datetime) -> list[Choice]:
    """Return the usual times, counted from `at` by the municipality's working time."""
    calendar = rules.in_force(at).working_calendar
    today = calendar.local(at).date()
    monday = today + timedelta(days=7 - today.weekday())
    return [
        Choice("later", N_("Later today"), calendar.add_working_time(at, LATER)),
        Choice("day", N_("Next working day"), _opens(calendar, today, 1)),
        Choice("week", N_("Next week"), _opens(calendar, monday, 0)),
    ]


def morning_of(day: date, *, at: datetime) -> datetime:
    """Return when work begins on `day`; eight o'clock where nobody works."""
    calendar = rules.in_force(at).working_calendar
    intervals = calendar.intervals(day)
    return intervals[0][0] if intervals else calendar.moment(day, MORNING)


def snooze(
    item: Item,
    until: datetime,
    *,
    why: str = "",
    actor: Actor,
    at: datetime,
    order: str = "",
) -> Deed:
    """Put the item aside until `until`, or until its deadline's warning before that.

    Raises:
        Closed: it does not wait for an answer.
        NotLater: `until` is not ahead, or is too far ahead.
        NoTimeLeft: it is late.
    """
    moves.must(Right.SNOOZE, actor, item.path, at=at)
    if not item.open:
        raise Closed
    if not at < until <= at + LONGEST:
        raise NotLater
    ends = min(until, latest(item, at=at))
    changes = {"snoozed_until": ends, "claimed_by_id": None, "claimed_at": None}
    return deeds.write(
        Deed.Kind.SNOOZE,
        item,
        changes,
        actor=actor,
        at=at,
        order=order,
        text=why,
        until=ends,
    )


def wake(item: Item, *, actor: Actor, at: datetime) -> Deed:
    """Take the item back among what is to be done."""
    moves.must(Right.SNOOZE, actor, item.path, at=at)
    changes = {"snoozed_until": None}
    return deeds.write(Deed.Kind.WAKE, item, changes, actor=actor, at=at)


def latest(item: Item, *, at: datetime) -> datetime:
    """Return the last moment until which the item may lie aside.

    That is when its deadline's warning comes, or where that has passed the deadline.
    Raises `NoTimeLeft` where that has passed too.
    """
    if item.due_at is None or item.due_at <= at:
        raise NoTimeLeft
    began = item.clock_from or at
    warns = began + (item.due_at - began) * deadlines.WARN
    ahead = [moment for moment in (warns, item.due_at) if moment > at]
    return min(ahead)


def _opens(calendar: WorkingCalendar, day: date, later: int) -> datetime:
    """Return when work begins, `later` working days after `day` or first after."""
    first = calendar.working_day_after(day, later)
    if not calendar.is_working_day(first):
        first = calendar.working_day_after(first, 1)
    return calendar.intervals(first)[0][0]
