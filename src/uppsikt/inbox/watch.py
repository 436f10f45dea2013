"""The daily round: a person looks at each channel and says so (R-6.4-4, R-6.4-5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import day_acts, silence, watch_scope
from uppsikt.inbox.day_acts import Acts
from uppsikt.inbox.models import Tick
from uppsikt.inbox.watch_log import Log, State
from uppsikt.inbox.watch_scope import Scope
from uppsikt.policy.roles import Right
from uppsikt.records import ledger

if TYPE_CHECKING:
    from uppsikt.records.openings import JsonValue

LOOKED_BACK: Final = 31
A_DAY: Final = timedelta(days=1)


class InTheFuture(Exception):
    """Nobody can have watched a day that has not come."""


class TooLongAgo(Exception):
    """The day is so long ago that nobody can answer for it any more."""


class BeforeLaunch(Exception):
    """The channel did not run on that day."""


class TickedAlready(Exception):
    """Somebody has watched the channel on that day."""


class UndoneAlready(Exception):
    """Somebody has undone it before."""


def today(at: datetime) -> date:
    """Return the day that it is here at `at`."""
    return timezone.localtime(at).date()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person says of a day's watch: a note, and what they did not look at."""

    note: str = ""
    left_out: tuple[str, ...] = ()


@transaction.atomic
def tick(
    channel: Channel,
    day: date,
    remark: Remark = Remark(),
    *,
    actor: Actor,
    at: datetime,
) -> Tick:
    """Note that the actor has watched `channel` on `day`; a later entry shows as one.

    What was looked at and what was done that day is noted with it (R-6.4-5).

    Raises:
        InTheFuture, TooLongAgo, BeforeLaunch: the day cannot be answered for.
        TickedAlready: it is done.
        moves.NotYours: the actor does not watch this channel.
    """
    moves.must(Right.TICK, actor, channel.path, at=at)
    _check_day(channel, day, at)
    standing = Tick.objects.standing().filter(channel=channel, day=day)
    if standing.exists():
        raise TickedAlready
    return _tick(channel, day, remark, day_acts.of([channel], day), actor, at)


def _tick(
    channel: Channel,
    day: date,
    remark: Remark,
    acts: Mapping[int, Acts],
    actor: Actor,
    at: datetime,
) -> Tick:
    row = Tick(channel=channel, day=day, at=at, by=actor.person, note=remark.note)
    row.late = day < today(at)
    _fill(row, watch_scope.of(channel, at=at), remark.left_out, acts[channel.pk])
    row.entry = ledger.append(
        "channel.watch", channel.subject, _told(row), actor=actor.name, at=at
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as e:
        raise TickedAlready from e
    return row


def _fill(row: Tick, scope: Scope, left_out: Sequence[str], acts: Acts) -> None:
    row.by_program = list(scope.program)
    row.by_person = list(scope.seen(left_out))
    row.left_out = list(scope.left(left_out))
    row.answered, row.reported = acts.answered, acts.reported
    row.removed = acts.removed


def _told(row: Tick) -> "dict[str, JsonValue]":
    return {
        "day": row.day.isoformat(),
        "late": row.late,
        "note": row.note,
        "by_program": row.by_program,
        "by_person": row.by_person,
        "left_out": row.left_out,
        "answered": row.answered,
        "reported": row.reported,
        "removed": row.removed,
    }


@transaction.atomic
def tick_all(
    channels: Iterable[Channel], *, actor: Actor, at: datetime
) -> list[Channel]:
    """Note that the actor has watched those of `channels` that nobody has, today.

    One that a program should read and we do not hear from is left: somebody must look
    at it by itself, at the platform.
    """
    may = rules.in_force(at).holders(Right.TICK)
    ours = [c for c in channels if actor.roles_at(c.path) & may]
    deaf = {s.channel.pk for s in silence.silent(ours, at=at)}
    day = today(at)
    now = Log.of(ours, day, day, at=at)
    to_do = [c for c in ours if now.day(c, day).state is State.TODO]
    left = [c for c in to_do if c.pk not in deaf]
    acts = day_acts.of(left, day)
    for channel in left:
        _tick(channel, day, Remark(), acts, actor, at)
    return left


@transaction.atomic
def undo(row: Tick, *, why: str, actor: Actor, at: datetime) -> None:
    """Undo a tick openly: it stays, with who took it back, when and why.

    Raises:
        moves.NoReason: nothing says why.
        UndoneAlready: it was undone before.
    """
    moves.must(Right.TICK, actor, row.channel.path, at=at)
    if not why.strip():
        raise moves.NoReason
    fields = {"undone_at": at, "undone_by": actor.person, "undone_why": why.strip()}
    if not Tick.objects.standing().filter(pk=row.pk).update(**fields):
        raise UndoneAlready
    for name, value in fields.items():
        setattr(row, name, value)
    told: dict[str, JsonValue] = {
        "day": row.day.isoformat(),
        "tick": row.pk,
        "why": why.strip(),
    }
    ledger.append(
        "channel.watch_undo", row.channel.subject, told, actor=actor.name, at=at
    )


def missed_days(channels: Sequence[Channel], *, at: datetime) -> dict[int, list[date]]:
    """Return, by channel, the days to watch that nobody watched, at most 31 back."""
    days = log(channels, at=at)
    return {c.pk: missed(c, days) for c in channels}


def log(channels: Sequence[Channel], *, at: datetime) -> Log:
    """Read the last 31 days of `channels` and today; five queries."""
    end = today(at)
    return Log.of(channels, end - LOOKED_BACK * A_DAY, end, at=at)


def missed(channel: Channel, days: Log) -> list[date]:
    """Return the days that were to be watched and were not; today has not passed."""
    return [d.day for d in days.days(channel) if d.state is State.MISSED]


def _check_day(channel: Channel, day: date, at: datetime) -> None:
    if day > today(at):
        raise InTheFuture
    if day < today(at) - LOOKED_BACK * A_DAY:
        raise TooLongAgo
    if channel.launched_at is None or day < today(channel.launched_at):
        raise BeforeLaunch
