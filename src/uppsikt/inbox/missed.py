"""A missed day is raised with manager and officer, who answer why (R-6.4-3)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.inbox import watch_letters
from uppsikt.inbox.models import MissedDay
from uppsikt.inbox.watch_log import Log, State
from uppsikt.policy.recurrence import Every
from uppsikt.policy.roles import Right
from uppsikt.records import ledger

if TYPE_CHECKING:
    from uppsikt.records.openings import JsonValue

LOOKED_BACK: Final = 7
"""Days: what is older when the program starts is in the report, and no news."""
A_DAY: Final = timedelta(days=1)


class AnsweredAlready(Exception):
    """Somebody has answered for the day."""


def raise_all(now: datetime) -> int:
    """Raise each missed day whose time to be entered late is over; return how many.

    The day ends at midnight; the parameter `oversight_escalation` counts from there.
    Safe to run twice: a day is raised once.
    """
    today = timezone.localtime(now).date()
    channels = list(Channel.objects.open().select_related("node").order_by("pk"))
    log = Log.of(channels, today - LOOKED_BACK * A_DAY, today - A_DAY, at=now)
    known = MissedDay.objects.filter(day__gte=log.first)
    raised = set(known.values_list("channel", "day"))
    wait = Every.parse(rules.in_force(now).text("oversight_escalation"))
    rows = [
        row
        for c in channels
        for d in log.days(c)
        if d.state is State.MISSED and wait.after(d.day + A_DAY) <= today
        if (c.pk, d.day) not in raised and (row := _raise(c, d.day, now))
    ]
    watch_letters.missed(rows, at=now)
    return len(rows)


@transaction.atomic
def answer(row: MissedDay, why: str, *, actor: Actor, at: datetime) -> None:
    """Note why nobody watched, and what is done so that it does not happen again.

    Raises:
        moves.NotYours: the actor is not one who answers for it.
        moves.NoReason: nothing is said.
        AnsweredAlready: somebody has.
    """
    moves.must(Right.ANSWER_MISSED, actor, row.channel.path, at=at)
    if not why.strip():
        raise moves.NoReason
    told = {"answer": why.strip(), "answered_at": at, "answered_by": actor.person}
    if not MissedDay.objects.filter(pk=row.pk, answered_at=None).update(**told):
        raise AnsweredAlready
    said: dict[str, JsonValue] = {"day": row.day.isoformat(), "why": why.strip()}
    subject = row.channel.subject
    ledger.append("channel.watch_answer", subject, said, actor=actor.name, at=at)


def _raise(channel: Channel, day: date, at: datetime) -> MissedDay | None:
    """Write that the day is raised, or return None: another worker was before us."""
    told: dict[str, JsonValue] = {"day": day.isoformat()}
    try:
        with transaction.atomic():
            entry = ledger.append(
                "channel.watch_raise", channel.subject, told, actor=CLOCK.name, at=at
            )
            return MissedDay.objects.create(
                channel=channel, day=day, raised_at=at, entry=entry
            )
    except IntegrityError:
        return None
