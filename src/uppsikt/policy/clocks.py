"""Durations as data, and due times that explain themselves."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from uppsikt.policy.words import N_, Message
from uppsikt.policy.workdays import A_DAY, Interval, WorkingCalendar, utc

UNDERSTOOD = (
    "at once",
    "same day",
    "next working day",
    "2 hours",
    "4 working hours",
    "10 working days",
)
_COUNTED = re.compile(r"([1-9]\d{0,3}) (hours?|working hours?|working days?)")
_WEEKEND = (5, 6)
AN_HOUR = timedelta(hours=1)


class UnknownSpan(ValueError):
    """A duration is written in a way that nobody has agreed on."""

    def __init__(self, text: str) -> None:
        details = {"text": text, "known": ", ".join(UNDERSTOOD)}
        words = N_("“%(text)s” is no time that is understood. Write like: %(known)s.")
        self.message = Message(words, details)
        super().__init__(str(self.message))


class SpanKind(StrEnum):
    """How a duration is counted, in the words of the guideline file."""

    AT_ONCE = "at once"
    SAME_DAY = "same day"
    NEXT_WORKING_DAY = "next working day"
    HOURS = "hours"
    WORKING_HOURS = "working hours"
    WORKING_DAYS = "working days"

    @property
    def working(self) -> bool:
        """Tell whether only working time counts; else nights and weekends count too."""
        return self in _WORKING


_WORKING = (
    SpanKind.NEXT_WORKING_DAY,
    SpanKind.WORKING_HOURS,
    SpanKind.WORKING_DAYS,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Say how long something may take, such as 10 working days."""

    kind: SpanKind
    count: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the span that `text` says, or raise UnknownSpan."""
        plain = " ".join(text.lower().split())
        if found := _COUNTED.fullmatch(plain):
            number, unit = found.groups()
            return cls(SpanKind(unit.rstrip("s") + "s"), int(number))
        if plain in UNDERSTOOD:
            return cls(SpanKind(plain))
        raise UnknownSpan(text)

    def __str__(self) -> str:
        """Write the span as `parse` reads it."""
        if not self.count:
            return str(self.kind)
        unit = self.kind.removesuffix("s") if self.count == 1 else self.kind
        return f"{self.count} {unit}"


@dataclass(frozen=True, slots=True)
class Due:
    """Say when something must be done (UTC), and in sentences why just then.

    The details of a sentence are raw: an aware datetime, already in the calendar's own
    time zone, or a date. The edge writes them as people there do.
    """

    at: datetime
    because: tuple[Message, ...]


class Phase(StrEnum):
    """How urgent something is, from the clock alone."""

    CALM = "calm"
    SOON = "soon"
    DUE_TODAY = "due_today"
    LATE = "late"


def due(
    starts_at: datetime,
    span: Span,
    calendar: WorkingCalendar,
    *,
    pauses: Sequence[Interval] = (),
) -> Due:
    """Return when `span` from `starts_at` has passed, and why (R-6.2-1, R-6.2-5).

    A pause moves the end by the time paused: working time where the span counts
    working time. It may be given in any order, overlap another, or lie outside; one
    that ends before it begins (a clock moved back) counts for nothing. Raises
    NaiveMoment for a moment without time zone.
    """
    begin = utc(starts_at)
    usual = _ENDS[span.kind](begin, span.count, calendar)
    end, counted = _put_off(usual, _joined(pauses, begin), span.kind, calendar)
    notes = [_pause_note(*pause, span.kind, calendar) for pause in counted]
    first = _beginning(begin, span.kind, calendar)
    skipped = _skipped(begin, end, calendar) if span.kind.working else ()
    return Due(end, (first, *skipped, *notes, _ending(span, end, calendar)))


def end(starts_at: datetime, span: Span, calendar: WorkingCalendar) -> datetime:
    """Return when `span` from `starts_at` has passed, as `due` does but unexplained.

    For many at once: the reasons take longer to write than the time to find. Raises
    NaiveMoment for a moment without time zone.
    """
    return _ENDS[span.kind](utc(starts_at), span.count, calendar)


def at_share(
    began: datetime,
    span: Span,
    share: int,
    calendar: WorkingCalendar,
    *,
    pauses: Sequence[Interval] = (),
) -> datetime:
    """Return when `share` per cent of `span` from `began` has passed (R-6.2-5).

    Of working time where the span counts working time. Over 100 lies after the end.
    """
    begin = utc(began)
    usual = _ENDS[span.kind](begin, span.count, calendar)
    passed = _length(begin, usual, span.kind, calendar) * share / 100
    then = _later(begin, passed, span.kind, calendar)
    return _put_off(then, _joined(pauses, begin), span.kind, calendar)[0]


def paused_time(
    pauses: Sequence[Interval], within: Interval, calendar: WorkingCalendar
) -> timedelta:
    """Return the working time that `pauses` come to `within` two moments."""
    begin, end = (utc(moment) for moment in within)
    cut = ((stop, min(resume, end)) for stop, resume in _joined(pauses, begin))
    lengths = (calendar.working_time_between(*pause) for pause in cut)
    return sum(lengths, timedelta())


def phase(
    at: datetime,
    starts_at: datetime,
    due: datetime,
    *,
    warn: float,
    calendar: WorkingCalendar,
) -> Phase:
    """Return how urgent it is at `at` (R-6.2-1).

    `warn` is the share, from 0 to 1, of the time that has passed when it is soon. What
    is due on the local day of `at` is due today, however much time has passed.
    """
    if utc(at) > utc(due):
        return Phase.LATE
    if calendar.local(at).date() == calendar.local(due).date():
        return Phase.DUE_TODAY
    passed, allowed = utc(at) - utc(starts_at), utc(due) - utc(starts_at)
    return Phase.CALM if passed < allowed * warn else Phase.SOON


def _at_once(begin: datetime, count: int, calendar: WorkingCalendar) -> datetime:
    return begin


def _same_day(begin: datetime, count: int, calendar: WorkingCalendar) -> datetime:
    """Return the last instant of the day: midnight would read as the day after."""
    return calendar.moment(calendar.local(begin).date(), time.max)


def _next_day(begin: datetime, count: int, calendar: WorkingCalendar) -> datetime:
    day = calendar.working_day_after(calendar.local(begin).date(), 1)
    return calendar.intervals(day)[-1][1]


def _hours(begin: datetime, count: int, calendar: WorkingCalendar) -> datetime:
    return begin + timedelta(hours=count)


def _working_hours(begin: datetime, count: int, calendar: WorkingCalendar) -> datetime:
    return calendar.add_working_time(begin, timedelta(hours=count))


def _working_days(begin: datetime, count: int, calendar: WorkingCalendar) -> datetime:
    return calendar.add_working_days(begin, count)


_ENDS: Mapping[SpanKind, Callable[[datetime, int, WorkingCalendar], datetime]] = (
    MappingProxyType(
        {
            SpanKind.AT_ONCE: _at_once,
            SpanKind.SAME_DAY: _same_day,
            SpanKind.NEXT_WORKING_DAY: _next_day,
            SpanKind.HOURS: _hours,
            SpanKind.WORKING_HOURS: _working_hours,
            SpanKind.WORKING_DAYS: _working_days,
        }
    )
)


def _joined(pauses: Sequence[Interval], begin: datetime) -> list[Interval]:
    """Return `pauses` after `begin`, in order, each stretch of time once."""
    joined: list[Interval] = []
    for stop, resume in sorted((utc(a), utc(b)) for a, b in pauses):
        covered = max(begin, joined[-1][1]) if joined else begin
        if resume > max(stop, covered):
            joined.append((max(stop, covered), resume))
    return joined


def _put_off(
    end: datetime,
    pauses: Sequence[Interval],
    kind: SpanKind,
    calendar: WorkingCalendar,
) -> tuple[datetime, list[Interval]]:
    """Return `end` moved by the pauses that come before it, and which those are."""
    counted = []
    for stop, resume in pauses:
        paused = _length(stop, resume, kind, calendar)
        if stop < end and paused:
            end = _later(end, paused, kind, calendar)
            counted.append((stop, resume))
    return end, counted


def _length(
    stop: datetime, resume: datetime, kind: SpanKind, calendar: WorkingCalendar
) -> timedelta:
    if kind.working:
        return calendar.working_time_between(stop, resume)
    return resume - stop


def _later(
    end: datetime, paused: timedelta, kind: SpanKind, calendar: WorkingCalendar
) -> datetime:
    return calendar.add_working_time(end, paused) if kind.working else end + paused


def _beginning(begin: datetime, kind: SpanKind, calendar: WorkingCalendar) -> Message:
    began = calendar.local(begin)
    counts_from = calendar.local(calendar.next_open(begin))
    waits = kind in (SpanKind.WORKING_HOURS, SpanKind.WORKING_DAYS)
    if not waits or counts_from == began:
        return Message(N_("The time runs from %(began)s."), {"began": began})
    words = N_("Began %(began)s, outside working hours: runs from %(counts_from)s.")
    return Message(words, {"began": began, "counts_from": counts_from})


def _skipped(
    begin: datetime, end: datetime, calendar: WorkingCalendar
) -> list[Message]:
    """Say what made the time longer: each named day, and weekends once."""
    first, last = calendar.local(begin).date(), calendar.local(end).date()
    days = [first + A_DAY * number for number in range((last - first).days + 1)]
    notes: list[Message] = []
    for day in days:
        note = _day_note(day, calendar)
        if note and note not in notes:
            notes.append(note)
    return notes


def _day_note(day: date, calendar: WorkingCalendar) -> Message | None:
    name = calendar.name_of(day)
    if name is None:
        return _short_day_note(calendar.closes_early(day), calendar)
    if isinstance(name, str):
        words = N_("%(day)s is no working day: %(name)s.")
        return Message(words, {"day": day, "name": name})
    if day.weekday() in _WEEKEND and not any(map(calendar.hours.get, _WEEKEND)):
        return Message(N_("Weekends do not count."))
    return Message(N_("%(day)s has no working hours."), {"day": day})


def _short_day_note(
    closes: datetime | None, calendar: WorkingCalendar
) -> Message | None:
    if closes is None:
        return None
    details = {"closes": calendar.local(closes)}
    return Message(N_("Working hours end early %(closes)s."), details)


def _pause_note(
    stop: datetime, resume: datetime, kind: SpanKind, calendar: WorkingCalendar
) -> Message:
    details = {"stop": calendar.local(stop), "resume": calendar.local(resume)}
    if kind.working:
        words = N_("Paused %(stop)s to %(resume)s: the working time between is added.")
    else:
        words = N_("Paused %(stop)s to %(resume)s: the time between is added.")
    return Message(words, details)


_ONE: Mapping[SpanKind, str] = MappingProxyType(
    {
        SpanKind.AT_ONCE: N_("At once: due %(due)s."),
        SpanKind.SAME_DAY: N_("The same day: due %(due)s."),
        SpanKind.NEXT_WORKING_DAY: N_("When the next working day ends: due %(due)s."),
        SpanKind.HOURS: N_("1 hour: due %(due)s."),
        SpanKind.WORKING_HOURS: N_("1 working hour: due %(due)s."),
        SpanKind.WORKING_DAYS: N_("1 working day: due %(due)s."),
    }
)
_MANY: Mapping[SpanKind, str] = MappingProxyType(
    {
        SpanKind.HOURS: N_("%(count)d hours: due %(due)s."),
        SpanKind.WORKING_HOURS: N_("%(count)d working hours: due %(due)s."),
        SpanKind.WORKING_DAYS: N_("%(count)d working days: due %(due)s."),
    }
)


def _ending(span: Span, end: datetime, calendar: WorkingCalendar) -> Message:
    details: dict[str, object] = {"due": calendar.local(end)}
    if span.count > 1:
        return Message(_MANY[span.kind], details | {"count": span.count})
    return Message(_ONE[span.kind], details)
