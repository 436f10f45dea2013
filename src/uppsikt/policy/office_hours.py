"""Office hours as a guideline file writes them, and the calendar they come to."""

import re
from datetime import date, time

from pydantic import BaseModel, ConfigDict, Field, field_validator

from uppsikt.policy.workdays import STOCKHOLM, WorkingCalendar

DAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
INTERVAL = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


class OfficeHours(BaseModel):
    """When somebody is at work: several intervals a day, eves, short and closed days.

    `hours` maps an English weekday to intervals such as "08:00-12:00".
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: dict[str, tuple[str, ...]] = Field(min_length=1)
    timezone: str = STOCKHOLM
    eves_free: frozenset[str] = frozenset()
    half_days: dict[str, time] = {}
    closed: dict[date, str] = {}

    @field_validator("hours")
    @classmethod
    def _readable(cls, hours: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for day, intervals in hours.items():
            if day not in DAYS:
                raise ValueError(f"{day!r} is no weekday in English")
            for text in intervals:
                _interval(text)
        return hours

    def calendar(self) -> WorkingCalendar:
        """Return the working calendar; raise `BadCalendar` for what cannot be."""
        return WorkingCalendar(
            hours={
                DAYS.index(day): tuple(_interval(text) for text in intervals)
                for day, intervals in self.hours.items()
            },
            eves_free=self.eves_free,
            half_days={_day_or_name(k): v for k, v in self.half_days.items()},
            closed=self.closed,
            timezone=self.timezone,
        )


def _interval(text: str) -> tuple[time, time]:
    if not (found := INTERVAL.fullmatch(text)):
        raise ValueError(f"{text!r} is not written as 08:00-12:00")
    return time.fromisoformat(found[1]), time.fromisoformat(found[2])


def _day_or_name(key: str) -> date | str:
    try:
        return date.fromisoformat(key)
    except ValueError:
        return key
