"""What falls to managers and officers of the watch: days that nobody watched."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from uppsikt.duties import reach
from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import MissedDay, Swap
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_, Message


def missed(actor: Actor, at: datetime) -> Group:
    """Return the missed days that the actor is to answer for (R-6.4-3)."""
    may = rules.in_force(at).holders(Right.ANSWER_MISSED)
    rows = MissedDay.objects.filter(reach.of(actor, may), answered_at=None)
    rows = rows.select_related("channel").order_by("-day", "pk")
    first = tuple(_missed(row) for row in rows[:SHOWN])
    title, url = N_("Days without a watch"), reverse("watch-gaps")
    total = len(first) if len(first) < SHOWN else rows.count()
    return Group(title, "6.4", url, total, first)


def swaps(actor: Actor, at: datetime) -> Group:
    """Return the swaps of days that the actor is asked to say yes or no to."""
    day = timezone.localtime(at).date()
    rows = Swap.objects.filter(other=actor.user, answered_at=None, day__gte=day)
    rows = rows.select_related("channel", "asker").order_by("day", "pk")
    found = [_swap(row) for row in rows]
    return Group.of(N_("Swaps to answer"), "6.4", reverse("rota"), found)


def _swap(row: Swap) -> Duty:
    told = {"who": str(row.asker), "day": row.day}
    words = Message(N_("%(who)s asks you to take %(day)s"), told)
    return Duty(words, str(row.channel), reverse("rota"))


def _missed(row: MissedDay) -> Duty:
    words = Message(N_("Answer why nobody watched on %(day)s"), {"day": row.day})
    url = reverse("watch-day", args=[row.channel_id, row.day.isoformat()])
    return Duty(words, str(row.channel), url)
