"""How well channels were watched over a time: what an auditor asks for (R-6.4-4)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt.channels.models import Channel
from uppsikt.inbox.watch_log import Day, Log, State


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row that were to be watched and that nobody watched."""

    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class Record:
    """How one channel was watched over the time."""

    channel: Channel
    days: Sequence[Day]

    @property
    def to_watch(self) -> int:
        """Return on how many days, that have passed, somebody had to watch or did."""
        return sum(d.state.asked and d.state is not State.TODO for d in self.days)

    @property
    def watched(self) -> int:
        return self._count(State.DONE)

    @property
    def late(self) -> int:
        return self._count(State.LATE)

    @property
    def missed(self) -> int:
        return self._count(State.MISSED)

    @property
    def share(self) -> int | None:
        """Return how many per cent were watched on the day; None: none was asked."""
        return 100 * self.watched // self.to_watch if self.to_watch else None

    @property
    def by(self) -> list[tuple[str, int]]:
        """Return who watched, and how many days, the most first."""
        names = Counter(str(d.tick.by) for d in self.days if d.tick)
        return sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def longest(self) -> Gap | None:
        """Return the longest gap: days nobody had to watch neither end nor widen it."""
        return max(_gaps(self.days), key=lambda gap: gap.days, default=None)

    def _count(self, state: State) -> int:
        return sum(d.state is state for d in self.days)


def of(channels: Iterable[Channel], log: Log) -> list[Record]:
    """Return how each of `channels` was watched, by what `log` has read."""
    return [Record(c, log.days(c)) for c in channels]


def _gaps(days: Sequence[Day]) -> Iterator[Gap]:
    run: list[date] = []
    for day in days:
        if day.state is State.MISSED:
            run.append(day.day)
        elif day.tick and run:
            yield Gap(run[0], run[-1], len(run))
            run = []
    if run:
        yield Gap(run[0], run[-1], len(run))
