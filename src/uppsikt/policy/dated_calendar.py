"""A working calendar that changes on given days: what was stands as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from uppsikt.policy.words import Message
from uppsikt.policy.workdays import Interval, WorkingCalendar

Version = tuple[date, WorkingCalendar]


@dataclass(frozen=True, slots=True)
class DatedCalendar(WorkingCalendar):
    """Tell working time by the calendar that holds on each day (R-6.2-1).

    `versions` lie in order, each from its day on; before the first of them the
    calendar's own hours hold. All share its time zone.
    """

    versions: tuple[Version, ...] = ()

    @classmethod
    def of(cls, first: WorkingCalendar, later: Sequence[Version]) -> Self:
        """Return `first`, followed by each of `later` from its day on."""
        return cls(
            hours=first.hours,
            eves_free=first.eves_free,
            half_days=first.half_days,
            closed=first.closed,
            timezone=first.timezone,
            versions=((date.min, first), *later),
        )

    def on(self, day: date) -> WorkingCalendar:
        """Return the calendar that holds on `day`."""
        return next(held for since, held in reversed(self.versions) if since <= day)

    def is_working_day(self, day: date) -> bool:
        """Tell whether anybody works at any time of `day`."""
        return self.on(day).is_working_day(day)

    def name_of(self, day: date) -> Message | str | None:
        """Tell why `day` is no working day, or return None if it is one."""
        return self.on(day).name_of(day)

    def intervals(self, day: date) -> list[Interval]:
        """Return the working intervals of the local `day`, in order, in UTC."""
        return self.on(day).intervals(day)

    def closes_early(self, day: date) -> datetime | None:
        """Return when a short working day ends (UTC), or None for an ordinary day."""
        return self.on(day).closes_early(day)
