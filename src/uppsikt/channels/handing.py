"""Administrator rights go to the communications side: noted, and confirmed (R-4-9)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from uppsikt.channels import no_secrets, telling
from uppsikt.channels.handover_life import HandoverLife
from uppsikt.channels.models import Channel, Handover
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, User
from uppsikt.policy.words import N_, Message


class NotARecipient(Exception):
    """The person is neither the department's officer nor of the office (R-4-9)."""


@dataclass(frozen=True, slots=True)
class Handing:
    """How the rights are handed over: a role, or a place in the vault, to whom."""

    recipient: User
    kind: Handover.Kind
    reference: str


@transaction.atomic
def give(channel: Channel, handing: Handing, *, actor: Actor, at: datetime) -> Handover:
    """Note that the rights are handed over; the recipient is asked to confirm.

    Raises:
        NotARecipient: whom the guideline does not name.
        ValidationError: the reference looks like a password or a code.
        moves.NotYours, moves.TooLate: not the actor's, or the channel does not run.
    """
    must_give(channel, actor, at=at)
    if handing.recipient not in recipients(channel, at=at):
        raise NotARecipient
    no_secrets.refuse(handing.reference)
    handover = Handover(
        channel=channel,
        kind=handing.kind,
        reference=handing.reference.strip(),
        recipient=handing.recipient,
        given_by=actor.person,
        given_at=at,
    )
    moves.begin(HandoverLife.give, handover, actor=actor, at=at)
    telling.handed_over(handover, at=at)
    return handover


def confirm(handover: Handover, *, actor: Actor, at: datetime) -> None:
    """Confirm that one has the rights; only the recipient can."""
    must_confirm(handover, actor, at=at)
    changes = {"confirmed_at": at}
    moves.make(HandoverLife.confirm, handover, actor=actor, at=at, changes=changes)


def recall(handover: Handover, *, why: str, actor: Actor, at: datetime) -> None:
    """Recall a note that was wrong; what was handed over is noted anew."""
    moves.make(HandoverLife.recall, handover, actor=actor, at=at, why=why)


def must_give(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the channel runs and the actor may note a hand-over."""
    if not channel.runs:
        raise moves.TooLate
    blank = Handover(channel=channel)
    moves.must_make(HandoverLife.give, blank, actor, at=at)


def must_confirm(handover: Handover, actor: Actor, *, at: datetime) -> None:
    """Raise unless the actor is the one who got the rights."""
    moves.must_make(HandoverLife.confirm, handover, actor, at=at)
    if actor.user != handover.recipient:
        raise moves.NotYours(
            Message(N_("Only the person who got the rights can confirm it."))
        )


def recipients(channel: Channel, *, at: datetime) -> list[User]:
    """Return who may get the rights: those who may confirm that they have them."""
    roles = rules.in_force(at).rule(str(HandoverLife.confirm)).roles
    held = Assignment.objects.holding(at).filter(role__in=roles, user__is_active=True)
    near = held.select_related("user", "node").order_by("-node__path", "user__email")
    found = {a.user: None for a in near if channel.path.startswith(a.node.path)}
    return list(found)
