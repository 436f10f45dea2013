"""What happens in the demonstration, told in the order of time."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count

Act = Callable[[datetime], object]


class Story:
    """Acts that wait for their moment. An act may add others that come after it."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def at(self, when: datetime, act: Act) -> None:
        """Let `act` happen at `when`; of two at one moment, the first one added."""
        heapq.heappush(self._waiting, (when, next(self._order), act))

    def tell(self, until: datetime) -> int:
        """Let everything happen that comes no later than `until`; tell how much."""
        told = 0
        while self._waiting and self._waiting[0][0] <= until:
            when, _, act = heapq.heappop(self._waiting)
            act(when)
            told += 1
        return told

    def days(self, first: datetime, last: datetime) -> Iterator[int]:
        """Tell day by day, and yield after each how much happened in it."""
        end = first
        while end < last:
            end = min(end + timedelta(days=1), last)
            yield self.tell(end)
