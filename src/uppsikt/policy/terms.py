"""By what the clocks of a channel run: two spans, a calendar, and a crisis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from uppsikt.policy import clocks
from uppsikt.policy.clocks import Due, Span
from uppsikt.policy.escalation import Step
from uppsikt.policy.words import N_, Message
from uppsikt.policy.workdays import Interval, WorkingCalendar, utc


@dataclass(frozen=True, slots=True)
class Crisis:
    """Since when the crisis clock holds, and how long a first word may take then."""

    since: datetime
    span: Span


FIRST = "first"
FULL = "full"
"""The two clocks."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step of one of the clocks, and the moment when it is taken."""

    clock: str
    step: Step
    at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """How long a first word and the full answer may take, and in which working time.

    Compared by identity, so that what is worked out for one can be kept.
    """

    first: Span
    full: Span
    calendar: WorkingCalendar
    crisis: Crisis | None = None
    first_steps: tuple[Step, ...] = ()
    full_steps: tuple[Step, ...] = ()

    @property
    def shown_first(self) -> str:
        """Return the first span as the guideline file writes it."""
        return str(self.first)

    @property
    def shown_full(self) -> str:
        """Return the full span as the guideline file writes it."""
        return str(self.full)

    def first_end(self, begin: datetime) -> datetime:
        """Return when the first word to what came at `begin` is due (R-6.2-1)."""
        end = clocks.end(begin, self.first, self.calendar)
        if self.crisis is None:
            return end
        return min(end, clocks.end(*self._in_crisis(begin, self.crisis)))

    def full_end(self, begin: datetime, pauses: Sequence[Interval] = ()) -> datetime:
        """Return when the full answer to what came at `begin` is due (R-6.2-5)."""
        if pauses:
            return self.full_due(begin, pauses).at
        return clocks.end(begin, self.full, self.calendar)

    def first_due(self, begin: datetime) -> Due:
        """Return what `first_end` does, with its reasons (R-6.2-1, R-6.5-2)."""
        usual = clocks.due(begin, self.first, self.calendar)
        if self.crisis is None:
            return usual
        sooner = clocks.due(*self._in_crisis(begin, self.crisis))
        if sooner.at >= usual.at:
            return usual
        since = {"since": self.calendar.local(self.crisis.since)}
        words = N_("The crisis clock runs since %(since)s, days and nights.")
        return Due(sooner.at, (Message(words, since), *sooner.because))

    def full_due(self, begin: datetime, pauses: Sequence[Interval] = ()) -> Due:
        """Return when the full answer is due, with its reasons (R-6.2-5)."""
        return clocks.due(begin, self.full, self.calendar, pauses=pauses)

    def first_told(self, begin: datetime) -> datetime | None:
        """Return when somebody is first told of what came at `begin`, if ever."""
        first = (self._at_first(begin, one.share) for one in self.first_steps[:1])
        full = (self._at_full(begin, one.share) for one in self.full_steps[:1])
        return min((*first, *full), default=None)

    def steps(
        self, begin: datetime, pauses: Sequence[Interval] = ()
    ) -> tuple[Taken, ...]:
        """Return who is told, and when, of what came at `begin` and is not answered."""
        first = (
            Taken(FIRST, one, self._at_first(begin, one.share))
            for one in self.first_steps
        )
        full = (
            Taken(FULL, one, self._at_full(begin, one.share, pauses))
            for one in self.full_steps
        )
        return (*first, *full)

    def tells_as(self, other: "Terms") -> bool:
        """Tell whether the same people are told after the same shares of the time."""
        mine = (self.first_steps, self.full_steps)
        return mine == (other.first_steps, other.full_steps)

    def _at_first(self, begin: datetime, share: int) -> datetime:
        usual = clocks.at_share(begin, self.first, share, self.calendar)
        if self.crisis is None:
            return usual
        since, span, calendar = self._in_crisis(begin, self.crisis)
        return min(usual, clocks.at_share(since, span, share, calendar))

    def _at_full(
        self, begin: datetime, share: int, pauses: Sequence[Interval] = ()
    ) -> datetime:
        return clocks.at_share(begin, self.full, share, self.calendar, pauses=pauses)

    def _in_crisis(
        self, begin: datetime, crisis: Crisis
    ) -> tuple[datetime, Span, WorkingCalendar]:
        """Return from when the crisis clock runs: for what waited, from its start."""
        return max(utc(begin), utc(crisis.since)), crisis.span, self.calendar


def is_longer(
    own: Span, than: Span, calendar: WorkingCalendar, *, since: datetime
) -> bool:
    """Tell whether `own` ever ends later than `than`, for what comes in a month.

    Asked for each hour, since "24 hours" is longer than "1 working day" on some days
    and shorter on others.
    """
    hours = (since + clocks.AN_HOUR * n for n in range(_A_MONTH))
    return any(
        clocks.end(hour, own, calendar) > clocks.end(hour, than, calendar)
        for hour in hours
    )


_A_MONTH = 24 * 31
