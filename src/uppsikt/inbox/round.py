"""Today's round as a page shows it: each channel, what is new, the last two weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self, cast

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import watch
from uppsikt.inbox.models import Item, Tick
from uppsikt.policy.roles import Right

DAYS: Final = 14


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
    """A channel in today's round."""

    channel: Channel
    new: int
    last: datetime | None
    days: Sequence[Day]
    may_tick: bool

    @property
    def today(self) -> Tick | None:
        return self.days[-1].tick


@dataclass(frozen=True, slots=True)
class Round:
    """All channels that a person sees, and how far today's round has come."""

    rows: Sequence[Watched]

    @classmethod
    def of(cls, actor: Actor, *, at: datetime) -> Self:
        """Read the round by three queries, however many channels."""
        channels = list(_channels(actor))
        ticks = _ticks(channels, at)
        may = rules.in_force(at).holders(Right.TICK)
        mine = {c.pk for c in channels if actor.roles_at(c.path) & may}
        return cls([_watched(c, ticks, may_tick=c.pk in mine, at=at) for c in channels])

    @property
    def channels(self) -> list[Channel]:
        return [row.channel for row in self.rows]

    @property
    def done(self) -> int:
        return sum(row.today is not None for row in self.rows)

    @property
    def left(self) -> int:
        """Return how many channels the person can tick today and nobody has."""
        return sum(row.may_tick and row.today is None for row in self.rows)

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


def _channels(actor: Actor) -> "QuerySet[Channel]":
    """Return the active channels with when each was last watched, and what is new."""
    standing = Tick.objects.standing().filter(channel=OuterRef("pk")).order_by("-at")
    new = Item.objects.filter(channel=OuterRef("pk"), own=False, secluded=False)
    since = new.filter(received_at__gt=OuterRef("looked_at")).order_by()
    counted = since.values("channel").annotate(n=Count("pk")).values("n")
    rows = Channel.objects.visible_to(actor).open()
    rows = rows.select_related("node", "connection").annotate(
        last_at=Subquery(standing.values("at")[:1]),
        looked_at=Coalesce(F("last_at"), F("launched_at")),
        new_items=Coalesce(Subquery(counted), 0),
    )
    return cast("QuerySet[Channel]", rows.order_by("name", "pk"))


def _ticks(channels: Sequence[Channel], at: datetime) -> Ticked:
    first = watch.today(at) - timedelta(days=DAYS)
    rows = Tick.objects.standing().filter(channel__in=channels, day__gte=first)
    return {(t.channel_id, t.day): t for t in rows.select_related("by")}


def _watched(
    channel: Channel, ticks: Ticked, *, may_tick: bool, at: datetime
) -> Watched:
    return Watched(
        channel,
        channel.new_items,  # type: ignore[attr-defined]  # annotated
        channel.last_at,  # type: ignore[attr-defined]  # annotated
        days_of(channel, ticks, at=at),
        may_tick,
    )
