"""The municipality's working time: when somebody is there to act, and why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, pairwise, takewhile
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from uppsikt.policy.named_days import BRIDGE_DAY, EVES, eves, public_holidays
from uppsikt.policy.words import N_, Message

STOCKHOLM = "Europe/Stockholm"
MIDNIGHT = time(0)
A_DAY = timedelta(days=1)

Hours = tuple[tuple[time, time], ...]
Interval = tuple[datetime, datetime]
Amount = TypeVar("Amount", int, timedelta)

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


class NaiveMoment(ValueError):
    """A moment came without a time zone, so nobody can tell when it was."""


class BadCalendar(ValueError):
    """A working calendar says something that cannot be carried out."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def utc(moment: datetime) -> datetime:
    """Return `moment` in UTC, where adding and comparing is safe across DST.

    Raises NaiveMoment if it has no time zone.
    """
    if moment.tzinfo is None:
        raise NaiveMoment(moment.isoformat())
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Tell working time from other time, for one municipality (R-6.2-1, R-6.4-4).

    `hours` maps weekday (0 is Monday) to local intervals in order; an end of 00.00 is
    the midnight that ends the day. `eves_free` and the names in `half_days` are keys
    of `EVES` or `BRIDGE_DAY`; `half_days` gives the local time when a day ends early.
    `closed` names local closing days. Raises BadCalendar for what cannot be.
    """

    hours: Mapping[int, Hours]
    eves_free: frozenset[str] = frozenset()
    half_days: Mapping[str | date, time] = field(default_factory=dict)
    closed: Mapping[date, str] = field(default_factory=dict)
    timezone: str = STOCKHOLM
    # What has been worked out: many clocks count over the same days.
    _open: dict[date, list[Interval]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _after: dict[tuple[date, int], date] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        _refuse_unknown_zone(self.timezone)
        _refuse_unknown_names(self.eves_free.union(self._half_day_names()))
        _refuse_unknown_weekdays(self.hours)
        _refuse_bad_hours(self.hours)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which the hours are local."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """Return `moment` as the clock on the wall shows it."""
        return utc(moment).astimezone(self.zone)

    def is_working_day(self, day: date) -> bool:
        """Tell whether anybody works at any time of `day`."""
        return bool(self._local_hours(day))

    def name_of(self, day: date) -> Message | str | None:
        """Tell why `day` is no working day, or return None if it is one.

        A holiday, an eve or a local closing day is a Swedish name; a weekday without
        hours is a Message to translate.
        """
        if self.is_working_day(day):
            return None
        name = self._feast(day) or self._bridge(day) or self._half_day(day)
        return name or Message(WEEKDAYS[day.weekday()])

    def intervals(self, day: date) -> list[Interval]:
        """Return the working intervals of the local `day`, in order, in UTC."""
        if day not in self._open:
            self._open[day] = self._intervals(day)
        return self._open[day][:]

    def _intervals(self, day: date) -> list[Interval]:
        found: list[Interval] = []
        for opens, closes in self._local_hours(day):
            ends_on = day + A_DAY if closes == MIDNIGHT else day
            begin, end = self.moment(day, opens), self.moment(ends_on, closes)
            if found:  # an hour that DST skips must not overlap the one before
                begin = max(begin, found[-1][1])
            if begin < end:
                found.append((begin, end))
        return found

    def closes_early(self, day: date) -> datetime | None:
        """Return when a short working day ends (UTC), or None for an ordinary day."""
        usual = self.hours.get(day.weekday(), ())
        left = self._local_hours(day)
        return self.intervals(day)[-1][1] if left and left != usual else None

    def moment(self, day: date, clock: time) -> datetime:
        """Return in UTC the moment when a local clock shows `clock` on `day`."""
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC)

    def next_open(self, moment: datetime) -> datetime:
        """Return the first moment within working hours, at or after `moment` (UTC)."""
        return next(self._open_from(moment))[0]

    def working_day_after(self, day: date, days: int) -> date:
        """Return the working day that lies `days` working days after `day`."""
        key = (day, _not_negative(days))
        if key not in self._after:
            for _ in range(days):
                day = next(d for d in _days_from(day + A_DAY) if self.is_working_day(d))
            self._after[key] = day
        return self._after[key]

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """Return the same clock time `days` working days later (UTC).

        Outside working hours the count starts at the next opening. If nobody works at
        that clock time on the last day, the next edge of an interval at or after it
        stands, and never more.
        """
        begin = self.local(self.next_open(moment))
        day = self.working_day_after(begin.date(), days)
        return self._edge_at_or_after(day, self.moment(day, begin.time()))

    def add_working_time(self, moment: datetime, length: timedelta) -> datetime:
        """Return the moment when `length` of working time has passed (UTC)."""
        left = _not_negative(length)
        stretches = self._open_from(moment)
        opens, closes = next(stretches)
        while left > closes - opens:
            left -= closes - opens
            opens, closes = next(stretches)
        return opens + left

    def working_time_between(self, begin: datetime, end: datetime) -> timedelta:
        """Return the working time from `begin` to `end`: none if that goes back."""
        end = utc(end)
        stretches = takewhile(lambda each: each[0] < end, self._open_from(begin))
        worked = (min(closes, end) - opens for opens, closes in stretches)
        return sum(worked, timedelta())

    def _half_day_names(self) -> set[str]:
        return {name for name in self.half_days if isinstance(name, str)}

    def _open_from(self, moment: datetime) -> Iterator[Interval]:
        """Yield what is left of each working interval from `moment` on, for ever."""
        moment = utc(moment)
        for day in _days_from(self.local(moment).date()):
            for opens, closes in self.intervals(day):
                if closes > moment:
                    yield max(opens, moment), closes

    def _edge_at_or_after(self, day: date, moment: datetime) -> datetime:
        for opens, closes in self.intervals(day):
            if moment <= closes:
                return max(opens, moment)
        return self.next_open(moment)

    def _local_hours(self, day: date) -> Hours:
        if self._feast(day) or self._bridge(day):
            return ()
        hours = self.hours.get(day.weekday(), ())
        ends = [self.half_days[key] for key in self._half_day_keys(day)]
        return _cut_at(hours, min(ends)) if ends else hours

    def _half_day_keys(self, day: date) -> list[str | date]:
        if not self.half_days:
            return []
        bridge = [BRIDGE_DAY] if self._is_bridge(day) else []
        keys: list[str | date] = [day, *eves(day), *bridge]
        return [key for key in keys if key in self.half_days]

    def _feast(self, day: date) -> str | None:
        """Name what makes `day` free whatever the weekday."""
        if day in self.closed:
            return self.closed[day]
        if public := public_holidays(day.year).get(day):
            return public[0]
        free = self.eves_free and self.eves_free.intersection(eves(day))
        return _capital(min(free)) if free else None

    def _bridge(self, day: date) -> str | None:
        free = BRIDGE_DAY in self.eves_free and self._is_bridge(day)
        return _capital(BRIDGE_DAY) if free else None

    def _half_day(self, day: date) -> str | None:
        """Name a half day, for the one that ends before it has begun."""
        keys = self._half_day_keys(day)
        return next((_capital(key) for key in keys if isinstance(key, str)), None)

    def _is_bridge(self, day: date) -> bool:
        around = self._is_free(day - A_DAY) and self._is_free(day + A_DAY)
        return around and not self._is_free(day)

    def _is_free(self, day: date) -> bool:
        return not self.hours.get(day.weekday()) or bool(self._feast(day))


def _days_from(day: date) -> Iterator[date]:
    return (day + timedelta(days=number) for number in count())


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _not_negative(amount: Amount) -> Amount:
    if amount < type(amount)():
        raise ValueError(amount)
    return amount


def _cut_at(hours: Hours, closing: time) -> Hours:
    """Return what is left of `hours` when the day ends at `closing`."""
    return tuple(
        (opens, closing if _ends_after(closes, closing) else closes)
        for opens, closes in hours
        if opens < closing
    )


def _ends_after(closes: time, other: time) -> bool:
    return closes == MIDNIGHT or closes > other


def _refuse_unknown_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        fault = Message(N_("There is no time zone “%(name)s”."), {"name": name})
        raise BadCalendar(fault) from unknown


def _refuse_unknown_names(names: frozenset[str]) -> None:
    known = (*EVES, BRIDGE_DAY)
    for name in sorted(names.difference(known)):
        details = {"name": name, "known": ", ".join(known)}
        text = N_("“%(name)s” is no eve that is understood. Write one of: %(known)s.")
        raise BadCalendar(Message(text, details))


def _refuse_unknown_weekdays(hours: Mapping[int, Hours]) -> None:
    for weekday in hours:
        if weekday not in range(len(WEEKDAYS)):
            text = N_("There is no weekday %(weekday)s: 0 is Monday and 6 is Sunday.")
            raise BadCalendar(Message(text, {"weekday": weekday}))
    if not any(hours.values()):
        raise BadCalendar(Message(N_("The calendar has no working hours at all.")))


def _refuse_bad_hours(hours: Mapping[int, Hours]) -> None:
    for weekday, intervals in hours.items():
        forward = all(_ends_after(closes, opens) for opens, closes in intervals)
        apart = all(a[1] != MIDNIGHT and a[1] <= b[0] for a, b in pairwise(intervals))
        if not (forward and apart):
            text = N_("Working hours on weekday %(weekday)s overlap or go backwards.")
            raise BadCalendar(Message(text, {"weekday": weekday}))
