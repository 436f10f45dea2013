"""Texts of our own that somebody has reported, and to whom they fall (R-6.2-12)."""

from datetime import datetime

from django.urls import reverse

from uppsikt.duties import reach
from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance.actors import Actor
from uppsikt.inbox.lapse_life import LapseLife
from uppsikt.inbox.models import Lapse
from uppsikt.policy.words import N_, Message


def waiting(actor: Actor, at: datetime) -> Group:
    """Return the reports that the actor may judge or correct, soonest due first."""
    mine = reach.of_move(actor, LapseLife.uphold, at=at)
    rows = Lapse.objects.visible_to(actor).waiting().filter(mine)
    rows = rows.select_related("channel").order_by("due_at", "pk")
    duties = tuple(_one(row) for row in rows[:SHOWN])
    total = len(duties) if len(duties) < SHOWN else rows.count()
    return Group(N_("Corrections"), "6.2", reverse("lapses"), total, duties)


def _one(row: Lapse) -> Duty:
    words = Message(N_("A text of ours is reported"))
    return Duty(words, str(row.channel), reverse("lapse", args=[row.pk]), row.due_at)
