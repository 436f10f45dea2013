"""What the card shows of a channel's start: decision, notice, rights, orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django import forms
from django.urls import reverse

from uppsikt.channels import choices, handing, order_document, purposes
from uppsikt.channels.handover_life import HandoverLife
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, Handover, PresenceOrder
from uppsikt.channels.order_life import OrderLife
from uppsikt.channels.start_life import StartNoticeLife
from uppsikt.channels.step_forms import ApproveForm, HandoverForm, OrderForm
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Moving, Step
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.lifecycle import Lifecycle, Move

Forms = dict[str, forms.Form]
_LIVES: Final[dict[str, type[Lifecycle]]] = {
    life.kind: life for life in (ChannelLife, StartNoticeLife, HandoverLife, OrderLife)
}


@dataclass(frozen=True, slots=True)
class Act:
    """A move that is open to the person, and where it is made."""

    move: Move
    url: str
    reason: bool
    name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice, a hand-over or an order, what was said of it, and what one may do."""

    it: Moving
    said: Sequence[Step]
    acts: Sequence[Act]


def context(
    channel: Channel, actor: Actor, guideline: Guideline, given: Forms, *, at: datetime
) -> dict[str, object]:
    """Return what the card shows of the start; `given` are forms that came back."""
    decides = channel.state is ChannelLife.applied
    notices = channel.start_notices.select_related("sent_by", "received_by")
    return {
        "approve": given.get("approve")
        or (ApproveForm(guideline=guideline) if decides else None),
        "groups": choices.words(guideline, "target_groups", channel.audience_groups),
        "consequences": purposes.of(channel, guideline),
        "proposed_holders": [] if channel.runs else channel.proposed_holders.all(),
        "decision": channel.decisions.on_application()
        .select_related("registration")
        .last(),
        "notices": _shown(list(notices.order_by("-pk")), actor, at),
        **_rights(channel, actor, given, at),
        **_orders(channel, actor, given, at),
    }


def subjects(channel: Channel) -> list[str]:
    """Return what belongs to the channel's history, beside the channel itself."""
    things = (channel.start_notices, channel.handovers, channel.orders)
    return [it.subject for rows in things for it in rows.only("pk")]


def label(step: Step) -> str:
    """Return what a step of the channel's history did, by the label of its move."""
    kind, _dot, name = step.move.partition(".")
    return str(_LIVES[kind].moves[name].label)


def _rights(
    channel: Channel, actor: Actor, given: Forms, at: datetime
) -> dict[str, object]:
    rows = channel.handovers.standing().select_related("recipient", "given_by")
    may = channel.runs and _may(HandoverLife.give, Handover(channel=channel), actor, at)
    recipients = handing.recipients(channel, at=at) if may else []
    blank = HandoverForm(recipients=recipients) if may else None
    return {
        "handovers": _shown(list(rows.order_by("-pk")), actor, at),
        "handover": given.get("handover") or blank,
        "recipients": recipients,
    }


def _orders(
    channel: Channel, actor: Actor, given: Forms, at: datetime
) -> dict[str, object]:
    rows = channel.orders.select_related("given_by").order_by("-pk")
    blank = PresenceOrder(channel=channel)
    may = channel.stands and _may(OrderLife.give, blank, actor, at)
    return {
        "orders": _shown(list(rows), actor, at),
        "documents": order_document.subjects(channel),
        "order": given.get("order") or (OrderForm(now=at) if may else None),
    }


def _may(move: Move, it: Moving, actor: Actor, at: datetime) -> bool:
    return moves.why_not(move, it, actor, at=at) is None


def _shown(things: Sequence[Moving], actor: Actor, at: datetime) -> list[Shown]:
    """Return each with its history, by one query for all."""
    steps = Step.objects.filter(subject__in=[it.subject for it in things])
    said: dict[str, list[Step]] = {}
    for step in steps.exclude(why="").select_related("by").order_by("pk"):
        said.setdefault(step.subject, []).append(step)
    return [Shown(it, said.get(it.subject, []), _acts(it, actor, at)) for it in things]


def _acts(it: Moving, actor: Actor, at: datetime) -> list[Act]:
    return [
        Act(
            move,
            reverse(f"{move.kind}-{move.name}", args=[it.pk]),
            moves.needs_reason(move, at=at),
            f"{move.kind}-{move.name}-{it.pk}",
        )
        for move in it.LIFE.onward(it.status)
        if _may(move, it, actor, at) and _concerns(move, it, actor)
    ]


def _concerns(move: Move, it: Moving, actor: Actor) -> bool:
    """Tell whether the act is this person's: rights are confirmed by who got them."""
    if move is HandoverLife.confirm and isinstance(it, Handover):
        return it.recipient == actor.user
    if move is OrderLife.carry_out and isinstance(it, PresenceOrder):
        return not (it.closes and it.channel.stands)
    return True
