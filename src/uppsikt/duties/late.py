"""Answers that somebody was told of because they dawdle, until they are given."""

from datetime import datetime

from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.duties import reach
from uppsikt.duties.duty import SHOWN, Duty, Group, tomorrow
from uppsikt.governance.actors import Actor
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.policy.words import N_, Message


def escalated(actor: Actor, at: datetime) -> Group:
    """Return what the actor was told of and nobody has answered, by its deadline.

    What the actor is to answer today stands among today's answers, and only there.
    """
    told = Q(escalations__user=actor.user, escalations__at__gte=F("clock_from"))
    mine = reach.of_move(actor, ItemLife.answer, at=at)
    today = mine & Q(due_at__lt=tomorrow(at))
    rows = Item.objects.visible_to(actor).open().filter(told).exclude(today)
    rows = rows.annotate(share=Max("escalations__share")).order_by("due_at", "pk")
    total = rows.count()
    duties = tuple(_duty(i) for i in rows.select_related("channel")[:SHOWN])
    return Group(N_("Answers that dawdle"), "6.2", reverse("inbox"), total, duties)


def _duty(item: Item) -> Duty:
    who = Message(N_("%(author)s waits for an answer"), {"author": item.author_name})
    passed = _("%(share)d %% of the time has passed") % {
        "share": getattr(item, "share", 0)
    }
    url = reverse("item", args=[item.pk])
    return Duty(who, f"{item.channel} · {passed}", url, item.due_at)
