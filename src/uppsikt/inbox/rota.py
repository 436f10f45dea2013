"""Acts on the rota: the week of a channel, one day, and swaps that both accept."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from uppsikt.channels.models import Channel
from uppsikt.governance import absences, moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, User
from uppsikt.inbox.models import RotaDay, RotaTurn, Swap
from uppsikt.inbox.schedule import Schedule
from uppsikt.policy.roles import Right
from uppsikt.policy.workdays import A_DAY
from uppsikt.records import ledger
from uppsikt.records.models import Entry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from uppsikt.records.openings import JsonValue

WEEK = range(7)
MOST_DAYS = 31


class CannotWatch(Exception):
    """The person has no role that lets them watch the channel."""


class PastDay(Exception):
    """The days have passed, or cannot be."""


class NotTheirs(Exception):
    """The day that is to be swapped is not that person's."""


class AnsweredAlready(Exception):
    """The other has answered, or it was not asked of the actor."""


def watchers(channel: Channel, *, at: datetime) -> "QuerySet[User]":
    """Return those who may watch `channel`: at its node or above it."""
    may = rules.in_force(at).holders(Right.TICK)
    parts = channel.path.split("/")[:-1]
    above = ["/".join(parts[:n]) + "/" for n in range(1, len(parts) + 1)]
    held = Assignment.objects.holding(at).filter(role__in=may, node__path__in=above)
    users = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return users.order_by("last_name", "first_name", "pk")


@transaction.atomic
def set_week(
    channel: Channel, week: Mapping[int, User], *, actor: Actor, at: datetime
) -> None:
    """Say who has `channel` on which weekday from today on; the rest is the card's.

    Raises:
        moves.NotYours: the actor does not keep the rota there.
        CannotWatch: somebody may not watch the channel.
    """
    moves.must(Right.KEEP_ROTA, actor, channel.path, at=at)
    _all_may(channel, week.values(), at)
    today = absences.today(at)
    standing = {t.weekday: t for t in channel.turns.filter(until=None)}
    told: dict[str, JsonValue] = {"week": {str(d): u.pk for d, u in week.items()}}
    entry = _record("channel.rota_week", channel, told, actor, at)
    for day in WEEK:
        old, user = standing.get(day), week.get(day)
        if old and old.user == user:
            continue
        if old:
            channel.turns.filter(pk=old.pk).update(until=today)
        if user:
            RotaTurn.objects.create(
                channel=channel, weekday=day, user=user, since=today, entry=entry
            )


@transaction.atomic
def set_days(
    channel: Channel,
    first: date,
    last: date,
    user: User | None,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Let `user` have `channel` from `first` through `last`, whatever the week says.

    None: these days are as the week says again. Raises as `set_week`, and besides:
        PastDay: the days have passed, or are in no order, or are too many.
    """
    moves.must(Right.KEEP_ROTA, actor, channel.path, at=at)
    days = [first + A_DAY * n for n in range((last - first).days + 1)]
    if not 1 <= len(days) <= MOST_DAYS:
        raise PastDay
    if user is None:
        _take_back(channel, days, actor, at)
        return
    _all_may(channel, [user], at)
    _give(channel, dict.fromkeys(days, user), actor, at)


@transaction.atomic
def ask(
    channel: Channel,
    day: date,
    other: User,
    other_day: date | None,
    *,
    actor: Actor,
    at: datetime,
) -> Swap:
    """Ask `other` to take the actor's `day`, perhaps for a day of theirs.

    Raises:
        NotTheirs: a day is not that person's by the rota.
        CannotWatch, PastDay: it cannot be.
    """
    _all_may(channel, [other], at)
    days = {day: actor.person} | ({other_day: other} if other_day else {})
    _must_be_theirs(channel, days, at)
    return Swap.objects.create(
        channel=channel,
        asker=actor.person,
        day=day,
        other=other,
        other_day=other_day,
        asked_at=at,
    )


@transaction.atomic
def answer(swap: Swap, *, accepted: bool, actor: Actor, at: datetime) -> None:
    """Answer a swap: accepted, both days change hands in the same act.

    Raises:
        AnsweredAlready: it is answered, or was asked of somebody else.
        NotTheirs, CannotWatch, PastDay: it can no longer be.
    """
    waiting = Swap.objects.filter(pk=swap.pk, other=actor.person, answered_at=None)
    if not waiting.update(answered_at=at, accepted=accepted):
        raise AnsweredAlready
    if not accepted:
        return
    before = {swap.day: swap.asker}
    after = {swap.day: swap.other}
    if swap.other_day:
        before[swap.other_day], after[swap.other_day] = swap.other, swap.asker
    _must_be_theirs(swap.channel, before, at)
    _all_may(swap.channel, after.values(), at)
    _give(swap.channel, after, actor, at)


def _give(
    channel: Channel, days: Mapping[date, User], actor: Actor, at: datetime
) -> None:
    _must_come(days, at)
    told: dict[str, JsonValue] = {
        "days": {d.isoformat(): u.pk for d, u in days.items()}
    }
    entry = _record("channel.rota_day", channel, told, actor, at)
    for day, user in days.items():
        RotaDay.objects.update_or_create(
            channel=channel, day=day, defaults={"user": user, "entry": entry}
        )


def _take_back(
    channel: Channel, days: Sequence[date], actor: Actor, at: datetime
) -> None:
    _must_come(days, at)
    told: dict[str, JsonValue] = {"days": [day.isoformat() for day in days]}
    _record("channel.rota_usual", channel, told, actor, at)
    RotaDay.objects.filter(channel=channel, day__in=days).delete()


def _must_be_theirs(channel: Channel, days: Mapping[date, User], at: datetime) -> None:
    _must_come(days, at)
    schedule = Schedule.of([channel], min(days), max(days), at=at)
    if any(schedule.line(channel, day).first != user for day, user in days.items()):
        raise NotTheirs


def _must_come(days: Iterable[date], at: datetime) -> None:
    if min(days) < absences.today(at):
        raise PastDay


def _all_may(channel: Channel, users: Iterable[User], at: datetime) -> None:
    may = set(watchers(channel, at=at))
    if not set(users) <= may:
        raise CannotWatch


def _record(
    act: str, channel: Channel, told: "dict[str, JsonValue]", actor: Actor, at: datetime
) -> Entry:
    return ledger.append(act, channel.subject, told, actor=actor.name, at=at)
