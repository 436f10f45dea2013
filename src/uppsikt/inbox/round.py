"""Today's round as a page shows it: each channel, what is new, the last two weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import news, silence, standing_in, watch
from uppsikt.inbox.models import Tick
from uppsikt.inbox.news import News
from uppsikt.inbox.standing_in import OnDuty
from uppsikt.inbox.watch_scope import Scope
from uppsikt.policy.roles import Right

DAYS: Final = 14
MOST: Final = 500
"""Channels in one person's round: more than any municipality has."""


class State(StrEnum):
    """How a channel was watched on a day."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    TODO = "todo"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a channel: watched by whom, or not."""

    day: date
    state: State
    tick: Tick | None


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
        return sum(row.today is not None for row in self.rows)

    @property
    def left(self) -> int:
        """Return how many channels one click ticks: the person's, heard from."""
        return sum(r.may_tick and r.heard and r.today is None for r in self.rows)

    @property
    def whole(self) -> bool:
        return bool(self.rows) and self.done == len(self.rows)


def days_of(channel: Channel, ticks: "Ticked", *, at: datetime) -> list[Day]:
    """Return the last two weeks of a channel, oldest first, today last."""
    end = watch.today(at)
    days = [end - timedelta(days=n) for n in reversed(range(DAYS))]
    return [_day(channel, day, ticks.get((channel.pk, day)), end) for day in days]


Ticked = dict[tuple[int, date], Tick]


def _day(channel: Channel, day: date, tick: Tick | None, today: date) -> Day:
    if tick:
        return Day(day, State.LATE if tick.late else State.DONE, tick)
    launched = channel.launched_at
    if launched is None or day < watch.today(launched):
        return Day(day, State.OFF, None)
    return Day(day, State.TODO if day == today else State.MISSED, None)


def _ticks(channels: Sequence[Channel], at: datetime) -> Ticked:
    first = watch.today(at) - timedelta(days=DAYS)
    rows = Tick.objects.standing().filter(channel__in=channels, day__gte=first)
    return {(t.channel_id, t.day): t for t in rows.select_related("by")}


def _watched(channels: Sequence[Channel], actor: Actor, at: datetime) -> list[Watched]:
    guideline = rules.in_force(at)
    may = guideline.holders(Right.TICK)
    ticks = _ticks(channels, at)
    fresh = news.of(channels, news.looked_at(channels), at=at)
    duty = standing_in.on_duty(channels, at=at)
    deaf = {s.channel.pk for s in silence.silent(channels, at=at)}
    return [
        Watched(
            channel=c,
            news=fresh[c.pk],
            days=days_of(c, ticks, at=at),
            may_tick=bool(actor.roles_at(c.path) & may),
            duty=duty[c.pk],
            scope=Scope.of(c, guideline, at=at),
            heard=c.pk not in deaf,
        )
        for c in channels
    ]
