"""The head of communications orders a change or the closing of any channel (R-3.2-1).

To refuse an application and to pause a channel are moves of the channel itself.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from uppsikt.channels import order_document, telling
from uppsikt.channels.models import Channel, PresenceOrder
from uppsikt.channels.order_life import OrderLife
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.policy.words import N_


class StillOpen(Exception):
    """The order is to close the channel, and the channel is not closed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered, why, and by which day it is to be done."""

    kind: PresenceOrder.Kind
    what: str
    reason: str
    due_on: date


@transaction.atomic
def give(
    channel: Channel, order: Order, *, actor: Actor, at: datetime
) -> PresenceOrder:
    """Order a change or the closing; the channel's people are told at once.

    The order is a decision: it is sealed and handed over to be registered (OSL 5:1).

    Raises:
        ValidationError: the day has passed.
        moves.NotYours, moves.NoReason, moves.TooLate: not the actor's, without a
            reason, or the channel has ended.
    """
    must_give(channel, actor, at=at)
    if not (order.reason.strip() and order.what.strip()):
        raise moves.NoReason
    if order.due_on < timezone.localtime(at).date():
        raise ValidationError(N_("The day has passed."))
    given = PresenceOrder(
        channel=channel,
        kind=order.kind,
        what=order.what.strip(),
        reason=order.reason.strip(),
        due_on=order.due_on,
        given_by=actor.person,
        given_at=at,
    )
    why = given.reason
    moves.begin(OrderLife.give, given, actor=actor, at=at, why=why)
    order_document.record(given, at=at)
    telling.ordered(given, at=at)
    return given


def must_give(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the channel stands and the actor may give orders about it."""
    if not channel.stands:
        raise moves.TooLate
    blank = PresenceOrder(channel=channel)
    moves.must_make(OrderLife.give, blank, actor, at=at)


@transaction.atomic
def carry_out(order: PresenceOrder, *, why: str, actor: Actor, at: datetime) -> None:
    """Tell that the order is carried out, and how.

    Raises:
        StillOpen: it is to close the channel, which is not closed yet.
    """
    if order.closes and order.channel.stands:
        raise StillOpen
    changes = {"ended_at": at}
    move = OrderLife.carry_out
    moves.make(move, order, actor=actor, at=at, why=why, changes=changes)
    telling.carried_out(order, why=why, at=at)


def withdraw(order: PresenceOrder, *, why: str, actor: Actor, at: datetime) -> None:
    """Withdraw an order that stands."""
    changes = {"ended_at": at}
    moves.make(OrderLife.withdraw, order, actor=actor, at=at, why=why, changes=changes)


def closed(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Tell that the orders to close the channel are carried out: it is closed."""
    closing = channel.orders.standing().filter(kind=PresenceOrder.Kind.CLOSE)
    for order in closing.select_related("given_by"):
        order.channel = channel
        carry_out(order, why=why, actor=actor, at=at)
