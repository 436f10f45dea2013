"""What falls to a person of people and risks: access to take back, measures to do."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from uppsikt.channels import leaving
from uppsikt.channels.models import Channel, Measure
from uppsikt.duties import reach
from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_, Message

_SOON: Final = timedelta(days=7)


def leavers(actor: Actor, at: datetime) -> Group:
    """Return whose access the actor is to take back at the platforms (R-4-7)."""
    may = rules.in_force(at).holders(Right.REVOKE_ACCESS)
    mine = Channel.objects.open().filter(reach.of(actor, may, "node__path"))
    waiting = leaving.waiting(mine, at=at)
    first = tuple(_leaver(one) for one in waiting[:SHOWN])
    title, url = N_("Access to take back"), reverse("leavers")
    return Group(title, "4", url, len(waiting), first)


def _leaver(one: leaving.Leaver) -> Duty:
    who = {"who": str(one.holder.user)}
    words = Message(N_("%(who)s still reaches the account"), who)
    return Duty(words, str(one.holder.channel), reverse("leavers"), one.revoke_by)


def measures(actor: Actor, at: datetime) -> Group:
    """Return the actor's own measures against risks, due within a week (R-0-6)."""
    soon = timezone.localtime(at).date() + _SOON
    rows = Measure.objects.filter(owner=actor.user, done_at=None, due_on__lte=soon)
    rows = rows.filter(risk__closed_at=None).select_related("risk")
    found = [_measure(r, r.due_on) for r in rows.order_by("due_on", "pk") if r.due_on]
    title, url = N_("Measures against risks"), reverse("risks")
    return Group(title, "0", url, len(found), tuple(found[:SHOWN]))


def _measure(row: Measure, day: date) -> Duty:
    words = Message("%(what)s", {"what": row.what})
    due = timezone.make_aware(datetime.combine(day, time.max))
    return Duty(
        words, _(row.risk.platform_label), reverse("risk", args=[row.risk_id]), due
    )
