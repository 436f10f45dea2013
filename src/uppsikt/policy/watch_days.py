"""On which days a channel is to be watched, as a guideline says it (R-6.4-4, A-1)."""

from datetime import date
from enum import StrEnum

from uppsikt.policy.workdays import WorkingCalendar


class WatchDays(StrEnum):
    """How the parameter `oversight_days` is written."""

    ALL = "all days"
    WORKING = "working days"
    ON_REPORT = "on report"

    def asks(self, day: date, calendar: WorkingCalendar) -> bool:
        """Tell whether somebody must watch on `day`."""
        if self is WatchDays.WORKING:
            return calendar.is_working_day(day)
        return self is WatchDays.ALL
