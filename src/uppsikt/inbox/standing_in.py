"""Whose the watch is today: by the rota, the person responsible, or a substitute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from uppsikt.channels.models import Channel
from uppsikt.governance import absences
from uppsikt.governance.models import User
from uppsikt.inbox.models import Takeover
from uppsikt.inbox.schedule import IN_ORDER as IN_ORDER  # noqa: PLC0414 (for its users)
from uppsikt.inbox.schedule import Line, Schedule


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who answers for a channel today, whom they stand in for, and since when."""

    user: User | None
    instead_of: User | None = None
    takeover: Takeover | None = None


def lines(channels: Sequence[Channel], *, at: datetime) -> dict[int, Line]:
    """Return, by channel, who is in line for today's watch; four queries."""
    day = absences.today(at)
    schedule = Schedule.of(channels, day, day, at=at)
    return {c.pk: schedule.line(c, day) for c in channels}


def on_duty(channels: Sequence[Channel], *, at: datetime) -> dict[int, OnDuty]:
    """Return, by channel, who watches it today; five queries.

    Whoever took it over today; else whose day it is by the rota or the card, or who
    stands in while that person is away, or nobody.
    """
    taken = _taken(channels, at)
    return {
        pk: _over(line, taken.get(pk)) for pk, line in lines(channels, at=at).items()
    }


def _over(line: Line, taken: Takeover | None) -> OnDuty:
    if taken and taken.user in line.here:
        return OnDuty(taken.user, taken.instead_of, taken)
    return OnDuty(line.user, line.first if line.first != line.user else None)


def _taken(channels: Sequence[Channel], at: datetime) -> Mapping[int, Takeover]:
    rows = Takeover.objects.filter(channel__in=channels, day=absences.today(at))
    found = rows.select_related("user", "instead_of").order_by("at", "pk")
    return {t.channel_id: t for t in found}
