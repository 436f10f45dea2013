"""What comes back: each half year, each day, each year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import count, takewhile
from typing import Self
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from uppsikt.policy.words import N_, Message
from uppsikt.policy.workdays import A_DAY, STOCKHOLM, utc

_WRITTEN = re.compile(r"([1-9]\d{0,3}) (day|week|month|year)s?")


class UnknownInterval(ValueError):
    """An interval is written in a way that nobody has agreed on."""

    def __init__(self, text: str) -> None:
        words = N_(
            "“%(text)s” is no interval that is understood. "
            "Write like: 1 day, 2 weeks, 6 months, 1 year."
        )
        self.message = Message(words, {"text": text})
        super().__init__(str(self.message))


class Unit(StrEnum):
    """What an interval is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of local days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Every:
    """Say how often something comes back, such as every 6 months (R-6.7-2)."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the interval that `text` says, or raise UnknownInterval."""
        found = _WRITTEN.fullmatch(" ".join(text.lower().split()))
        if not found:
            raise UnknownInterval(text)
        number, unit = found.groups()
        return cls(int(number), Unit(unit))

    def __str__(self) -> str:
        """Write the interval as `parse` reads it."""
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def after(self, moment: date | datetime, zone: str = STOCKHOLM) -> date:
        """Return the local date one interval after `moment`.

        A month too short ends on its last day: 31 August and 6 months is 28 or
        29 February. Raises NaiveMoment for a time without time zone.
        """
        return self._step(_local_date(moment, zone), 1)

    def before(self, day: date) -> date:
        """Return the day one interval before `day`, such as that of a reminder."""
        return self._step(day, -1)

    def due(self, last: date | None, started: date) -> date:
        """Return when it is due: an interval after `last`, or `started` if never done.

        What was done before it started again, such as a channel reopened, does not
        make it due before an interval has passed.
        """
        return self.after(max(last or started, started))

    def periods(self, first: date, until: date) -> Iterator[Period]:
        """Yield each period that has begun by `until`, the first from `first`.

        They follow each other without gap or overlap and are counted from `first`, so
        that a short month does not move the rest. The last may still be running.
        """
        begins = (self._step(first, number) for number in count())
        for number, day in enumerate(takewhile(lambda day: day <= until, begins), 1):
            yield Period(day, self._step(first, number) - A_DAY)

    def _step(self, day: date, times: int) -> date:
        number = self.count * times
        match self.unit:
            case Unit.DAY:
                return day + relativedelta(days=number)
            case Unit.WEEK:
                return day + relativedelta(weeks=number)
            case Unit.MONTH:
                return day + relativedelta(months=number)
            case Unit.YEAR:
                return day + relativedelta(years=number)


def _local_date(moment: date | datetime, zone: str) -> date:
    if isinstance(moment, datetime):
        return utc(moment).astimezone(ZoneInfo(zone)).date()
    return moment
