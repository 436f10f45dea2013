"""What colleagues have given a person to answer."""

from datetime import datetime

from django.urls import reverse

from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.policy.words import N_, Message


def of(actor: Actor, at: datetime) -> Group:
    """Return the open items that are assigned to the actor and not put aside."""
    rows = Item.objects.visible_to(actor).open().filter(assigned_to=actor.user)
    rows = rows.exclude(snoozed_until__gt=at).select_related("channel")
    first = tuple(_duty(item) for item in rows.order_by("due_at", "pk")[:SHOWN])
    total = rows.count() if len(first) == SHOWN else len(first)
    url = f"{reverse('inbox')}?flik=mina"
    return Group(N_("Assigned to you"), "6.2", url, total, first)


def _duty(item: Item) -> Duty:
    who = Message(N_("%(author)s waits for an answer"), {"author": item.author})
    return Duty(who, str(item.channel), reverse("item", args=[item.pk]), item.due_at)
