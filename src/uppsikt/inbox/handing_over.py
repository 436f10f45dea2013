"""The watch goes over to a substitute: from who is ill, or has not come in time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from uppsikt.channels.models import Channel
from uppsikt.governance import absences, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.governance.models import Assignment, Step, User
from uppsikt.inbox import standing_in, watch_letters
from uppsikt.inbox.models import Item, Takeover, Tick
from uppsikt.inbox.schedule import by_rota
from uppsikt.inbox.watch_log import Log, State
from uppsikt.records import ledger

if TYPE_CHECKING:
    from uppsikt.records.openings import JsonValue

Why = Takeover.Why


@transaction.atomic
def away_today(user: User, *, actor: Actor, at: datetime) -> list[Takeover]:
    """Note that `user` is away today: the day's watch and open claims go over at once.

    The substitute gets a letter that names nobody. Where nobody can stand in, manager
    and communications officer do (R-6.4-3). Returns what went over; twice is once.

    Raises:
        moves.NotYours: the actor is neither the person nor their manager.
    """
    absences.must_enter(user, actor, at=at)
    channels = _on_duty_of(user, at)
    absences.note_today(user, actor=actor, at=at)
    lines = standing_in.lines(channels, at=at)
    heirs = [(c, lines[c.pk].after(user)) for c in channels]
    taken = [_take(c, to, user, Why.AWAY, actor, at) for c, to in heirs if to]
    for row in taken:
        _pass_claims(row, at)
    watch_letters.taken_over(taken, at=at)
    watch_letters.nobody([c for c, to in heirs if to is None], at=at)
    return taken


def by_the_hour(now: datetime) -> int:
    """Let substitutes take over what is not watched by the set hour; return how many.

    Only from somebody who has not shown up today: whoever has done anything in the
    program is at work, and is left alone. Safe to run twice.
    """
    local = timezone.localtime(now)
    if local.time() < _hour(now):
        return 0
    channels = _left(local.date(), now)
    duty = standing_in.on_duty(channels, at=now)
    lines = standing_in.lines(channels, at=now)
    wanted = [(c, u) for c in channels if (u := duty[c.pk].user)]
    absent = {u.pk for _, u in wanted} - _shown_up((u for _, u in wanted), now)
    taken = [
        _take(c, to, user, Why.HOUR, CLOCK, now)
        for c, user in wanted
        if user.pk in absent
        and duty[c.pk].takeover is None
        and (to := lines[c.pk].after(user))
    ]
    watch_letters.taken_over(taken, at=now)
    return len(taken)


def _hour(at: datetime) -> time:
    return time.fromisoformat(rules.in_force(at).text("takeover_at"))


def _left(day: date, at: datetime) -> list[Channel]:
    channels = list(Channel.objects.open().select_related("node").order_by("pk"))
    log = Log.of(channels, day, day, at=at)
    return [c for c in channels if log.day(c, day).state is State.TODO]


def _on_duty_of(user: User, at: datetime) -> list[Channel]:
    """Return the open channels whose watch is the user's today."""
    held = Assignment.objects.holding(at).filter(
        user=user, role__in=standing_in.IN_ORDER
    )
    mine = Q(node__in=held.values("node")) | by_rota(user, absences.today(at))
    rows = Channel.objects.open().filter(mine)
    channels = list(rows.select_related("node").order_by("pk"))
    duty = standing_in.on_duty(channels, at=at)
    return [c for c in channels if duty[c.pk].user == user]


def _shown_up(users: Iterable[User], at: datetime) -> set[int]:
    """Return who has signed in, moved anything on or watched anything today."""
    people = {u.pk for u in users}
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = {"at__gte": midnight, "at__lte": at}
    moved = Step.objects.filter(by__in=people, **today).values_list("by", flat=True)
    ticked = Tick.objects.filter(by__in=people, **today).values_list("by", flat=True)
    here = User.objects.filter(pk__in=people, last_login__gte=midnight)
    return {*moved, *ticked, *here.values_list("pk", flat=True)} - {None}


@transaction.atomic
def _take(
    channel: Channel, to: User, instead: User, why: str, actor: Actor, at: datetime
) -> Takeover:
    day = timezone.localtime(at).date()
    told: dict[str, JsonValue] = {"day": day.isoformat(), "to": to.pk, "why": str(why)}
    standing = Takeover.objects.filter(channel=channel, day=day, user=to).first()
    if standing:
        return standing
    entry = ledger.append(
        "channel.watch_take_over", channel.subject, told, actor=actor.name, at=at
    )
    return Takeover.objects.create(
        channel=channel,
        day=day,
        user=to,
        instead_of=instead,
        why=why,
        at=at,
        entry=entry,
    )


def _pass_claims(row: Takeover, at: datetime) -> None:
    """Let what the absent person had in hand be the substitute's."""
    held = Item.objects.open().filter(channel=row.channel, claimed_by=row.instead_of)
    held.update(claimed_by=row.user, claimed_at=at)


def of_day(channel: Channel, day: date) -> Sequence[Takeover]:
    """Return who took the channel over on `day`, in order."""
    rows = Takeover.objects.filter(channel=channel, day=day)
    return list(rows.select_related("user", "instead_of", "entry").order_by("at"))
