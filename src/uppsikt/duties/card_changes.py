"""What the public register asks of the office: changes that wait to be published."""

from datetime import datetime

from django.urls import reverse

from uppsikt.channels.card_life import CardLife
from uppsikt.channels.models import CardChange
from uppsikt.duties import reach
from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance.actors import Actor
from uppsikt.policy.words import N_, Message


def waiting(actor: Actor, at: datetime) -> Group:
    """Return the changes of public cards that the actor may publish (R-3.2-3)."""
    rows = CardChange.objects.waiting().filter(
        reach.of_move(actor, CardLife.publish, at=at)
    )
    rows = rows.select_related("channel", "proposed_by").order_by("proposed_at")
    duties = tuple(_duty(change) for change in rows[:SHOWN])
    total = len(duties) if len(duties) < SHOWN else rows.count()
    title = N_("Changes to publish")
    return Group(title, "3.2", reverse("card-changes"), total, duties)


def _duty(change: CardChange) -> Duty:
    words = Message(N_("%(who)s proposes"), {"who": str(change.proposed_by or "–")})
    return Duty(words, str(change.channel), reverse("card-changes"))
