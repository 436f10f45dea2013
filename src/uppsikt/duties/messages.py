"""Private messages that wait for somebody's decision (R-6.4-11)."""

from datetime import datetime

from django.urls import reverse

from uppsikt.duties import reach
from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance.actors import Actor
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import PrivateMessage
from uppsikt.policy.words import N_, Message

_PLACE = "conversation__node__path"


def undecided(actor: Actor, at: datetime) -> Group:
    """Return the messages that the actor may decide on, soonest due first."""
    mine = reach.of_move(actor, MessageLife.keep, at=at, field=_PLACE)
    rows = PrivateMessage.objects.undecided().filter(mine)
    rows = rows.select_related("conversation__channel", "conversation__node")
    duties = tuple(_one(row) for row in rows.order_by("due_at", "pk")[:SHOWN])
    total = len(duties) if len(duties) < SHOWN else rows.count()
    return Group(
        N_("Messages to decide on"), "6.4", reverse("conversations"), total, duties
    )


def _one(row: PrivateMessage) -> Duty:
    words = Message(N_("Decide whether a message is registered"))
    url = reverse("conversation", args=[row.conversation_id])
    return Duty(words, row.conversation.place, url, row.due_at)
