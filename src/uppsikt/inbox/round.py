"""Today's round as a page shows it: each channel, what is new, the last two weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import news, silence, standing_in, watch
from uppsikt.inbox.models import Tick
from uppsikt.inbox.news import News
from uppsikt.inbox.standing_in import OnDuty
from uppsikt.inbox.watch_log import Day, Log, State
from uppsikt.inbox.watch_scope import Scope
from uppsikt.policy.roles import Right

DAYS: Final = 14
MOST: Final = 500
"""Channels in one person's round: more than any municipality has."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A channel in today's round: what is new there, whose it is, what to look at."""

    channel: Channel
    news: News
    days: Sequence[Day]
    may_tick: bool
    duty: OnDuty
    scope: Scope
    heard: bool

    @property
    def today(self) -> Tick | None:
        return self.days[-1].tick

    @property
    def state(self) -> str:
        """Return in words how today stands."""
        return self.days[-1].words

    @property
    def settled(self) -> bool:
        """Tell whether nobody has to watch it today any more, or at all."""
        return self.days[-1].state is not State.TODO


@dataclass(frozen=True, slots=True)
class Round:
    """All channels that a person sees, and how far today's round has come."""

    rows: Sequence[Watched]

    @classmethod
    def of(cls, actor: Actor, *, at: datetime) -> Self:
        """Read the round by a fixed number of queries, however many channels."""
        rows = Channel.objects.visible_to(actor).open()
        rows = rows.select_related("node", "connection").order_by("name", "pk")
        return cls(_watched(list(rows[:MOST]), actor, at))

    @property
    def channels(self) -> list[Channel]:
        return [row.channel for row in self.rows]

    @property
    def done(self) -> int:
        return sum(row.settled for row in self.rows)

    @property
    def left(self) -> int:
        """Return how many channels one click ticks: the person's, heard from."""
        return sum(r.may_tick and r.heard and not r.settled for r in self.rows)

    @property
    def whole(self) -> bool:
        return bool(self.rows) and self.done == len(self.rows)


def _watched(channels: Sequence[Channel], actor: Actor, at: datetime) -> list[Watched]:
    guideline = rules.in_force(at)
    may = guideline.holders(Right.TICK)
    end = watch.today(at)
    log = Log.of(channels, end - timedelta(days=DAYS - 1), end, at=at)
    fresh = news.of(channels, news.looked_at(channels), at=at)
    duty = standing_in.on_duty(channels, at=at)
    deaf = {s.channel.pk for s in silence.silent(channels, at=at)}
    return [
        Watched(
            channel=c,
            news=fresh[c.pk],
            days=log.days(c),
            may_tick=bool(actor.roles_at(c.path) & may),
            duty=duty[c.pk],
            scope=Scope.of(c, guideline, at=at),
            heard=c.pk not in deaf,
        )
        for c in channels
    ]
