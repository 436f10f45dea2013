"""How channels were watched, day by day: for the round, the map and the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from django.utils import timezone

from uppsikt.channels.models import Channel
from uppsikt.inbox.asked_days import AskedDays, Off
from uppsikt.inbox.models import Tick
from uppsikt.policy.words import N_

A_DAY: Final = timedelta(days=1)


class State(StrEnum):
    """How a channel was watched on a day."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    TODO = "todo"
    OFF = "off"
    FREE = "free"
    QUIET = "quiet"
    EXEMPT = "exempt"
    AHEAD = "ahead"

    @property
    def asked(self) -> bool:
        """Tell whether somebody had to watch, or did."""
        return self in (State.DONE, State.LATE, State.MISSED, State.TODO)


WORDS: Final[Mapping[State, str]] = {
    State.DONE: N_("watched"),
    State.LATE: N_("noted late"),
    State.MISSED: N_("missed"),
    State.TODO: N_("not yet"),
    State.OFF: N_("not in use"),
    State.FREE: N_("not asked for that day"),
    State.QUIET: N_("nothing can be written there"),
    State.EXEMPT: N_("exempt"),
    State.AHEAD: N_("has not come yet"),
}
SIGNS: Final[Mapping[State, str]] = {
    State.DONE: "✓",
    State.LATE: "S",
    State.MISSED: "✕",
    State.TODO: "·",
    State.OFF: "–",
    State.FREE: "L",
    State.QUIET: "G",
    State.EXEMPT: "U",
    State.AHEAD: "",
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a channel: watched by whom, or not."""

    day: date
    state: State
    tick: Tick | None

    @property
    def words(self) -> str:
        return WORDS[self.state]

    @property
    def sign(self) -> str:
        return SIGNS[self.state]


@dataclass(frozen=True, slots=True)
class Log:
    """The days from `first` through `last` of some channels, as they stand `today`."""

    first: date
    last: date
    today: date
    ticks: Mapping[tuple[int, date], Tick]
    asked: AskedDays

    @classmethod
    def of(
        cls, channels: Sequence[Channel], first: date, last: date, *, at: datetime
    ) -> Self:
        """Read the days of `channels`; five queries, however many of either."""
        rows = Tick.objects.standing().filter(
            channel__in=channels, day__gte=first, day__lte=last
        )
        ticks = rows.select_related("by", "entry").defer("by__password", "note")
        return cls(
            first,
            last,
            timezone.localtime(at).date(),
            {(t.channel_id, t.day): t for t in ticks},
            AskedDays.of(channels, at=at),
        )

    def days(self, channel: Channel) -> list[Day]:
        """Return each day of a channel, the first first."""
        count = (self.last - self.first).days + 1
        return [self.day(channel, self.first + A_DAY * n) for n in range(count)]

    def day(self, channel: Channel, day: date) -> Day:
        """Return one day of a channel. A tick counts also where nobody asked for it."""
        if tick := self.ticks.get((channel.pk, day)):
            return Day(day, State.LATE if tick.late else State.DONE, tick)
        if day > self.today:
            return Day(day, State.AHEAD, None)
        if off := self.asked.why_not(channel, day):
            return Day(day, _OFF[off], None)
        return Day(day, State.TODO if day == self.today else State.MISSED, None)


_OFF: Final = {
    Off.NOT_IN_USE: State.OFF,
    Off.FREE: State.FREE,
    Off.QUIET: State.QUIET,
    Off.EXEMPT: State.EXEMPT,
}
