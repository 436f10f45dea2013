"""How long people wait, told honestly while some still do."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from uppsikt.policy.workdays import A_DAY, WorkingCalendar, utc

MINUTE = timedelta(minutes=1)


def quantile(
    done: Mapping[int, int], waiting: Mapping[int, int], share: float
) -> int | None:
    """Return by when a share of those who ask is answered (Kaplan and Meier, 1958).

    `done` counts those answered by how many minutes it took, `waiting` those who have
    waited so long and still do: they are counted for as long as they have waited, and
    neither dropped nor taken for answered. None: no such share is answered yet.
    """
    left = sum(done.values()) + sum(waiting.values())
    standing = 1.0
    for minutes in sorted({*done, *waiting}):
        answered = done.get(minutes, 0)
        if answered:
            standing *= 1 - answered / left
            if standing <= 1 - share + _ROUNDING:
                return minutes
        left -= answered + waiting.get(minutes, 0)
    return None


_ROUNDING = 1e-9


class Waited:
    """Tells the working time from any moment until one and the same, for many."""

    def __init__(self, calendar: WorkingCalendar, until: datetime) -> None:
        self.calendar = calendar
        self.until = utc(until)
        last = calendar.local(until).date()
        self._after: dict[date, timedelta] = {last: timedelta()}
        self._first = last

    def minutes(self, begin: datetime) -> int:
        """Return the whole minutes of working time from `begin`; 0 if it is later."""
        day = self.calendar.local(begin).date()
        if day > max(self._after):
            return 0
        spent = self._after_day(day) + self._of_day(day, utc(begin))
        return spent // MINUTE

    def _after_day(self, day: date) -> timedelta:
        """Return the working time after the end of `day`."""
        while self._first > day:
            total = self._after[self._first] + self._of_day(self._first, None)
            self._first -= A_DAY
            self._after[self._first] = total
        return self._after[day]

    def _of_day(self, day: date, begin: datetime | None) -> timedelta:
        spans = (
            min(closes, self.until) - max(opens, begin or opens)
            for opens, closes in self.calendar.intervals(day)
        )
        return sum((max(span, timedelta()) for span in spans), timedelta())
