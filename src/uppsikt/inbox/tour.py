"""The round as a guided pass: channel by channel, until it is done for today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

from django.utils import timezone

from uppsikt.governance.models import User
from uppsikt.inbox.models import Item
from uppsikt.inbox.round import Round, Watched


@dataclass(frozen=True, slots=True)
class Tour:
    """The channels that a person goes through today, in the order of their names."""

    rows: Sequence[Watched]

    @classmethod
    def of(cls, today: Round, user: User) -> Self:
        """Return the channels that are the user's today, or all they may tick."""
        may = [row for row in today.rows if row.may_tick]
        own = [row for row in may if row.duty.user in (user, None)]
        return cls(own or may)

    @property
    def done(self) -> int:
        return sum(row.settled for row in self.rows)

    @property
    def left(self) -> list[Watched]:
        return [row for row in self.rows if not row.settled]

    def place(self, pk: int) -> "Place | None":
        """Return where a channel stands in the pass, or None: it is not in it."""
        keys = [row.channel.pk for row in self.rows]
        if pk not in keys:
            return None
        here = keys.index(pk)
        before = self.rows[here - 1] if here else None
        after = self.rows[here + 1] if here + 1 < len(keys) else None
        return Place(here + 1, len(keys), before, after)

    def next_after(self, pk: int) -> Watched | None:
        """Return the next channel nobody has ticked, from `pk` on and then round."""
        keys = [row.channel.pk for row in self.rows]
        here = keys.index(pk) + 1 if pk in keys else 0
        ahead = [*self.rows[here:], *self.rows[:here]]
        left = (r for r in ahead if not r.settled and r.channel.pk != pk)
        return next(left, None)


@dataclass(frozen=True, slots=True)
class Place:
    """Which of how many, and the channels on either side."""

    number: int
    total: int
    before: Watched | None
    after: Watched | None


def waiting(tour: Tour, *, at: datetime) -> int:
    """Return how many in the pass's channels wait for an answer today or since long."""
    midnight = datetime.combine(timezone.localdate(at) + timedelta(days=1), time())
    channels = [row.channel.pk for row in tour.rows]
    rows = Item.objects.open().filter(channel__in=channels, secluded=False)
    return rows.filter(due_at__lt=timezone.make_aware(midnight)).count()
