"""One function per act of a person on a channel: apply, approve, launch, people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.policy.roles import Role
from uppsikt.policy.words import N_
from uppsikt.records import ledger
from uppsikt.records.openings import JsonValue

CARD_FIELDS = (
    "name",
    "purpose_codes",
    "purpose",
    "audience",
    "goal_contribution",
    "benefit",
    "hours_per_week",
    "horizon_months",
    "description",
    "contact",
)
EDITS_CARD = frozenset(
    {
        Role.CHANNEL_OWNER,
        Role.DEPUTY,
        Role.COMMUNICATIONS_OFFICER,
        Role.COMMUNICATIONS_OFFICE,
    }
)
APPOINTS = frozenset({Role.LINE_MANAGER, Role.DEPARTMENT_DIRECTOR})


@dataclass(frozen=True, slots=True)
class Application:
    """What is applied for: which account, why, for whom, and who will answer for it."""

    site: str
    handle: str
    url: str
    name: str
    owner: User
    deputy: User | None = None
    card: Mapping[str, object] = field(default_factory=dict)


class TakenHandle(Exception):
    """The account stands in the register already."""


@transaction.atomic
def apply(
    unit: Node, application: Application, *, actor: Actor, at: datetime
) -> Channel:
    """Apply for a channel at `unit` (R-4-1); the line manager there decides."""
    taken = Channel.objects.filter(site=application.site, handle=application.handle)
    if taken.exists():
        raise TakenHandle
    node = Node.plant(Node.Kind.CHANNEL, application.name, unit)
    channel = Channel(
        node=node,
        site=application.site,
        handle=application.handle,
        url=application.url,
        name=application.name,
        proposed_owner=application.owner,
        proposed_deputy=application.deputy,
        applied_at=at,
        **{k: v for k, v in application.card.items() if k in CARD_FIELDS},
    )
    moves.begin(ChannelLife.apply, channel, actor=actor, at=at)
    return channel


def withdraw(channel: Channel, *, actor: Actor, at: datetime) -> None:
    """Withdraw an application that nobody has decided yet."""
    moves.make(ChannelLife.withdraw, channel, actor=actor, at=at)


@transaction.atomic
def approve(channel: Channel, *, actor: Actor, at: datetime, why: str = "") -> None:
    """Approve, and appoint the owner and substitute proposed (R-4-1, R-4-2)."""
    moves.make(ChannelLife.approve, channel, actor=actor, at=at, why=why)
    _hold(channel.node, channel.proposed_owner, Role.CHANNEL_OWNER, at)
    if channel.proposed_deputy:
        _hold(channel.node, channel.proposed_deputy, Role.DEPUTY, at)


def decline(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Decline an application, with the reason (R-3.2-1)."""
    moves.make(ChannelLife.decline, channel, actor=actor, at=at, why=why)


def launch(
    channel: Channel, *, cut_over_at: datetime, actor: Actor, at: datetime
) -> None:
    """Launch, or raise `NotReady` with what the guideline still demands.

    Comments from before `cut_over_at` are history and never overdue.
    """
    changes = {"launched_at": at, "cut_over_at": min(cut_over_at, at)}
    moves.make(ChannelLife.launch, channel, actor=actor, at=at, changes=changes)


def close(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Close the channel; it stays in the public list as closed (R-9-1)."""
    changes = {"closed_at": at}
    moves.make(ChannelLife.close, channel, actor=actor, at=at, why=why, changes=changes)


@transaction.atomic
def edit_card(
    channel: Channel, told: Mapping[str, object], *, actor: Actor, at: datetime
) -> list[str]:
    """Change the card and return the names of the fields that changed."""
    moves.require(actor, channel.path, EDITS_CARD)
    changed = [f for f in CARD_FIELDS if f in told and told[f] != getattr(channel, f)]
    if not changed:
        return []
    before: dict[str, JsonValue] = {f: getattr(channel, f) for f in changed}
    for name in changed:
        setattr(channel, name, told[name])
    channel.save(update_fields=changed)
    after: dict[str, JsonValue] = {f: getattr(channel, f) for f in changed}
    facts: dict[str, JsonValue] = {"before": before, "after": after}
    ledger.append("channel.edit", channel.subject, facts, actor=actor.name, at=at)
    return changed


@transaction.atomic
def appoint(
    channel: Channel, user: User, role: Role, *, actor: Actor, at: datetime
) -> Assignment:
    """Make `user` owner or substitute; the one before leaves at the same moment."""
    moves.require(actor, channel.path, APPOINTS)
    if role not in (Role.CHANNEL_OWNER, Role.DEPUTY):
        raise ValueError(role)
    held = Assignment.objects.holding(at).filter(node=channel.node, role=role)
    held.exclude(user=user).update(ends_at=at)
    told = {"role": role, "user": user.pk}
    ledger.append("channel.appoint", channel.subject, told, actor=actor.name, at=at)
    return _hold(channel.node, user, role, at)


@transaction.atomic
def give_access(
    channel: Channel,
    user: User,
    *,
    method: str,
    confirmed_on: date | None,
    actor: Actor,
    at: datetime,
) -> AccessHolder:
    """Note that `user` can reach the account, and how sign-in is guarded (R-5.1-1)."""
    moves.require(actor, channel.path, EDITS_CARD)
    if confirmed_on and confirmed_on > at.date():
        raise ValidationError(N_("The day lies in the future."))
    guarded = {"two_factor": method, "two_factor_on": confirmed_on if method else None}
    holder, _ = AccessHolder.objects.update_or_create(
        channel=channel,
        user=user,
        until=None,
        defaults=guarded,
        create_defaults={"since": at.date(), **guarded},
    )
    told: dict[str, JsonValue] = {
        "user": user.pk,
        "method": method,
        "confirmed_on": str(confirmed_on or ""),
    }
    ledger.append("channel.give_access", channel.subject, told, actor=actor.name, at=at)
    return holder


@transaction.atomic
def end_access(holder: AccessHolder, *, actor: Actor, at: datetime) -> None:
    """Note that the person can no longer reach the account (R-4-7)."""
    channel = holder.channel
    moves.require(actor, channel.path, EDITS_CARD)
    holder.until = at.date()
    holder.save(update_fields=["until"])
    told = {"user": holder.user_id}
    ledger.append("channel.end_access", channel.subject, told, actor=actor.name, at=at)


def _hold(node: Node, user: User, role: Role, at: datetime) -> Assignment:
    held = Assignment.objects.holding(at).filter(node=node, user=user, role=role)
    return held.first() or Assignment.objects.create(
        node=node, user=user, role=role, starts_at=at
    )
