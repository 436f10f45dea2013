"""A month or a half-year, as it stands in an address: 2026-03, 2026-h1."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

_WRITTEN: Final = re.compile(r"(20\d\d)-(?:(h[12])|(0[1-9]|1[0-2]))")
_HALF: Final = 6
# In the first days of a month, what people ask about is the one that just ended.
_STILL_ASKED: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """So many months from the first of one."""

    year: int
    month: int
    months: int

    @classmethod
    def parse(cls, text: str, today: date) -> Self:
        """Return what `text` says, or the month that was a week before `today`."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            asked = today - _STILL_ASKED
            return cls(asked.year, asked.month, 1)
        year, half, month = found.groups()
        if half:
            return cls(int(year), 1 if half == "h1" else 1 + _HALF, _HALF)
        return cls(int(year), int(month), 1)

    def __str__(self) -> str:
        if self.months == 1:
            return f"{self.year}-{self.month:02d}"
        return f"{self.year}-h{1 + self.month // _HALF}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        end = self.month + self.months - 1
        return date(self.year, end, monthrange(self.year, end)[1])

    @property
    def is_half_year(self) -> bool:
        return self.months == _HALF

    @property
    def before(self) -> "Period":
        return self._moved(-self.months)

    @property
    def after(self) -> "Period":
        return self._moved(self.months)

    @property
    def month_within(self) -> "Period":
        """Return the first month of it."""
        return Period(self.year, self.month, 1)

    @property
    def half_year_around(self) -> "Period":
        """Return the half-year that it lies in."""
        return Period(self.year, 1 if self.month <= _HALF else 1 + _HALF, _HALF)

    def _moved(self, months: int) -> "Period":
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Period(year, month + 1, self.months)
