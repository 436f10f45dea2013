"""One function per act of a person on a channel: apply, approve, launch, people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from uppsikt.channels import connecting, telling
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance import moves, observations, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.policy.facts import Fact, Value
from uppsikt.policy.roles import Role
from uppsikt.policy.words import N_, Message
from uppsikt.records import ledger

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
LEADS = (Role.CHANNEL_OWNER, Role.DEPUTY)
_LONGEST_SLUG = 100
_APART = str.maketrans("./@_", "----")


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
    account = {"site": application.site, "handle__iexact": application.handle}
    if Channel.objects.standing().filter(**account).exists():
        raise TakenHandle
    node = Node.plant(Node.Kind.CHANNEL, application.name, unit)
    channel = Channel(
        node=node,
        slug=_new_slug(application),
        site=application.site,
        handle=application.handle,
        url=application.url,
        proposed_owner=application.owner,
        proposed_deputy=application.deputy,
        applied_by=actor.person,
        applied_at=at,
        changed_at=at,
        **_card(application),
    )
    try:
        moves.begin(ChannelLife.apply, channel, actor=actor, at=at)
    except IntegrityError as e:  # somebody applied at the same moment
        raise TakenHandle from e
    telling.applied(channel, at=at)
    return channel


@transaction.atomic
def withdraw(channel: Channel, *, actor: Actor, at: datetime) -> None:
    """Withdraw one's own application, which nobody has decided yet."""
    must_withdraw(channel, actor)
    moves.make(ChannelLife.withdraw, channel, actor=actor, at=at)
    _end_place(channel, at)


@transaction.atomic
def approve(channel: Channel, *, actor: Actor, at: datetime, why: str = "") -> None:
    """Approve, appoint those proposed, and tell who must know (R-4-1, -2, -8)."""
    moves.make(ChannelLife.approve, channel, actor=actor, at=at, why=why)
    _hold(channel.node, channel.proposed_owner, Role.CHANNEL_OWNER, at)
    if channel.proposed_deputy:
        _hold(channel.node, channel.proposed_deputy, Role.DEPUTY, at)
    telling.at_start(channel, actor=actor, at=at)
    telling.decided(channel, why=why, at=at)


@transaction.atomic
def decline(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Decline an application, with the reason (R-3.2-1)."""
    moves.make(ChannelLife.decline, channel, actor=actor, at=at, why=why)
    _end_place(channel, at)
    telling.decided(channel, why=why, at=at)


def launch(
    channel: Channel, *, cut_over_at: datetime, actor: Actor, at: datetime
) -> None:
    """Launch, or raise `NotReady` with what the guideline still demands.

    Comments from before `cut_over_at` are history and never overdue.
    """
    cut = min(cut_over_at, at)
    changes = {"launched_at": at, "cut_over_at": cut, "changed_at": at}
    moves.make(ChannelLife.launch, channel, actor=actor, at=at, changes=changes)


@transaction.atomic
def close(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Close the channel; it stays in the public list as closed (R-9-1).

    The way to its account is forgotten in the same moment.
    """
    changes = {"closed_at": at, "changed_at": at}
    moves.make(ChannelLife.close, channel, actor=actor, at=at, why=why, changes=changes)
    connecting.forget(channel, actor=actor, at=at)
    _end_place(channel, at)


def must_withdraw(channel: Channel, actor: Actor) -> None:
    """Raise `NotYours` unless it is the actor's own application."""
    if actor.user != channel.applied_by:
        reason = N_("Only the person who applied can withdraw the application.")
        raise moves.NotYours(Message(reason))


def must_edit(channel: Channel, actor: Actor) -> None:
    """Raise unless the actor may change the card, or mend an application."""
    if not channel.stands:
        raise moves.TooLate
    mine = channel.applied_by == actor.user
    if not (mine and channel.state is ChannelLife.applied):
        moves.require(actor, channel.path, EDITS_CARD)


def must_appoint(channel: Channel, actor: Actor) -> None:
    """Raise unless the actor names the channel's people."""
    must_run(channel, actor, APPOINTS)


def must_keep_access(channel: Channel, actor: Actor) -> None:
    """Raise unless the actor keeps the list of who reaches the account."""
    must_run(channel, actor, EDITS_CARD)


def must_run(channel: Channel, actor: Actor, may: frozenset[Role]) -> None:
    """Raise unless the channel is approved and not closed, and the actor may."""
    if not channel.runs:
        raise moves.TooLate
    moves.require(actor, channel.path, may)


@transaction.atomic
def edit_card(
    channel: Channel, told: Mapping[str, object], *, actor: Actor, at: datetime
) -> list[str]:
    """Change the card and return the names of the fields that changed."""
    must_edit(channel, actor)
    changed = [f for f in CARD_FIELDS if f in told and told[f] != getattr(channel, f)]
    if not changed:
        return []
    before: dict[str, ledger.JsonValue] = {f: getattr(channel, f) for f in changed}
    for name in changed:
        setattr(channel, name, told[name])
    channel.changed_at = at
    channel.save(update_fields=[*changed, "changed_at"])
    Node.objects.filter(pk=channel.node_id).update(name=channel.name)
    after: dict[str, ledger.JsonValue] = {f: getattr(channel, f) for f in changed}
    facts: dict[str, ledger.JsonValue] = {"before": before, "after": after}
    ledger.append("channel.edit", channel.subject, facts, actor=actor.name, at=at)
    return changed


@transaction.atomic
def appoint(
    channel: Channel, user: User, role: Role, *, actor: Actor, at: datetime
) -> Assignment:
    """Make `user` owner or substitute; the one before leaves at the same moment.

    Nobody is both: a substitute who becomes owner is substitute no more (R-6.4-3).
    """
    must_appoint(channel, actor)
    if role not in LEADS:
        raise ValueError(role)
    held = Assignment.objects.holding(at).filter(node=channel.node, role__in=LEADS)
    held.filter(Q(role=role) ^ Q(user=user)).update(ends_at=at)
    telling.appointed(channel, user, role, at=at)
    told: dict[str, ledger.JsonValue] = {"role": role, "user": user.pk}
    ledger.append("channel.appoint", channel.subject, told, actor=actor.name, at=at)
    return _hold(channel.node, user, role, at)


@transaction.atomic
def attest(
    channel: Channel, fact: Fact, said: Value, *, note: str, actor: Actor, at: datetime
) -> None:
    """Store what the actor says of an approved channel, if it is theirs to say."""
    must_run(channel, actor, rules.in_force(at).attesters(fact.name))
    observations.attest(fact, channel.node, said, actor=actor, at=at, note=note)


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
    must_keep_access(channel, actor)
    today = timezone.localtime(at).date()
    if confirmed_on and confirmed_on > today:
        raise ValidationError(N_("The day lies in the future."))
    guarded = {"two_factor": method, "two_factor_on": confirmed_on if method else None}
    holder, _ = AccessHolder.objects.update_or_create(
        channel=channel,
        user=user,
        until=None,
        defaults=guarded,
        create_defaults={"since": today, **guarded},
    )
    told: dict[str, ledger.JsonValue] = {
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
    holder.until = timezone.localtime(at).date()
    holder.save(update_fields=["until"])
    told = {"user": holder.user_id}
    ledger.append("channel.end_access", channel.subject, told, actor=actor.name, at=at)


def _hold(node: Node, user: User, role: Role, at: datetime) -> Assignment:
    held = Assignment.objects.holding(at).filter(node=node, user=user, role=role)
    return held.first() or Assignment.objects.create(
        node=node, user=user, role=role, starts_at=at
    )


def _end_place(channel: Channel, at: datetime) -> None:
    """Let the unit be closed although the channel stood at it."""
    Node.objects.filter(pk=channel.node_id).update(closed_at=at)


def _card(application: Application) -> dict[str, object]:
    told = {k: v for k, v in application.card.items() if k in CARD_FIELDS}
    return {**told, "name": application.name}


def _new_slug(application: Application) -> str:
    """Return a name for public addresses that no channel has or had."""
    spoken = f"{application.site} {application.handle}".translate(_APART)
    wanted = slugify(spoken)[:_LONGEST_SLUG]
    like = Channel.objects.filter(slug__startswith=wanted)
    taken = set(like.values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(s for s in chain([wanted], numbered) if s not in taken)
