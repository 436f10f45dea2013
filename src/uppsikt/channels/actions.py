"""One function per act of a person on a channel: apply, approve, launch, people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from uppsikt.channels import (
    addresses,
    approving,
    changing,
    closing,
    connecting,
    deciding,
    grounds,
    ordering,
    staffing,
    starting,
    taken,
    telling,
    verifying,
)
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import CARD_FIELDS, Channel
from uppsikt.governance import moves, observations, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.policy.facts import Fact, Value
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.words import N_, Message

_LONGEST_SLUG = 100
_APART = str.maketrans("./@_", "----")


@dataclass(frozen=True, slots=True)
class Application:
    """What is applied for: which account, why, for whom, and who will answer for it."""

    site: str
    handle: str
    url: str
    name: str
    owner: User | None = None
    deputy: User | None = None
    holders: Sequence[User] = ()
    card: Mapping[str, object] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        """Return what the account is known by, however it was written."""
        return verifying.keys(self.site, self.handle, self.url)


class TakenHandle(Exception):
    """The account stands in the register already."""


@transaction.atomic
def apply(
    unit: Node, application: Application, *, actor: Actor, at: datetime
) -> Channel:
    """Apply for a channel at `unit` (R-4-1); the line manager there decides."""
    channel = _begun(ChannelLife.apply, unit, application, actor=actor, at=at)
    telling.applied(channel, at=at)
    return channel


@transaction.atomic
def enter(
    unit: Node, application: Application, *, actor: Actor, at: datetime
) -> Channel:
    """Enter an account that exists already: unapproved, until applied for (R-4-1)."""
    return _begun(ChannelLife.enter, unit, application, actor=actor, at=at)


@transaction.atomic
def strike(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Strike an account that was entered by mistake and never was a channel of ours."""
    changes = {"closed_at": at, "changed_at": at}
    move = ChannelLife.strike
    moves.make(move, channel, actor=actor, at=at, why=why, changes=changes)
    _end_place(channel, at)


@transaction.atomic
def regularise(
    channel: Channel, application: Application, *, actor: Actor, at: datetime
) -> None:
    """Apply for an account that exists: its grounds, and who is to answer for it."""
    changes = {
        "applied_by": actor.person,
        "applied_at": at,
        "proposed_owner": application.owner,
        "proposed_deputy": application.deputy,
        **_card(application),
    }
    moves.make(ChannelLife.regularise, channel, actor=actor, at=at, changes=changes)
    Node.objects.filter(pk=channel.node_id).update(name=channel.name)
    channel.proposed_holders.set(application.holders)
    changing.keep(channel, actor=actor, at=at)
    telling.applied(channel, at=at)


def _begun(
    move: Move, unit: Node, application: Application, *, actor: Actor, at: datetime
) -> Channel:
    if taken.is_taken([application.keys]):
        raise TakenHandle
    node = Node.plant(Node.Kind.CHANNEL, application.name, unit)
    channel = drafted(application, node, _new_slug(application), actor=actor, at=at)
    try:
        moves.begin(move, channel, actor=actor, at=at)
    except IntegrityError as e:  # somebody applied at the same moment
        raise TakenHandle from e
    channel.proposed_holders.set(application.holders)
    changing.keep(channel, actor=actor, at=at)
    return channel


def drafted(
    application: Application, node: Node, slug: str, *, actor: Actor, at: datetime
) -> Channel:
    """Return what an application makes at its node, which nothing has stored yet."""
    return Channel(
        node=node,
        slug=slug,
        site=application.site,
        handle=application.handle,
        url=application.url,
        remote_id=addresses.id_in(application.url),
        proposed_owner=application.owner,
        proposed_deputy=application.deputy,
        applied_by=actor.person,
        applied_at=at,
        changed_at=at,
        **_card(application),
    )


@transaction.atomic
def withdraw(channel: Channel, *, actor: Actor, at: datetime) -> None:
    """Withdraw one's own application, which nobody has decided yet."""
    must_withdraw(channel, actor)
    moves.make(ChannelLife.withdraw, channel, actor=actor, at=at)
    _end_place(channel, at)


@transaction.atomic
def approve(
    channel: Channel,
    *,
    confirmed: Collection[str],
    actor: Actor,
    at: datetime,
    why: str = "",
) -> None:
    """Approve, appoint those proposed, and tell who must know (R-4-1, -2, -8).

    `confirmed` names the facts that the actor confirms, each ground by itself; without
    every one that the guideline asks for the channel is not approved.
    """
    guideline = rules.in_force(at)
    grounds.confirm(channel, confirmed, guideline, actor=actor, at=at)
    moves.make(ChannelLife.approve, channel, actor=actor, at=at, why=why)
    approving.appoint_proposed(channel, at=at)
    approving.let_in_proposed(channel, actor=actor, at=at)
    starting.send(channel, actor=actor, at=at)
    deciding.record(channel, at=at)
    telling.decided(channel, why=why, at=at)


@transaction.atomic
def decline(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Decline an application, with the reason (R-3.2-1)."""
    moves.make(ChannelLife.decline, channel, actor=actor, at=at, why=why)
    _end_place(channel, at)
    deciding.record(channel, at=at)
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


def pause(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Deactivate the channel for a time; it is watched all the same (R-9-1)."""
    _shift(ChannelLife.pause, channel, why=why, actor=actor, at=at)


def resume(channel: Channel, *, why: str = "", actor: Actor, at: datetime) -> None:
    """Take a paused channel into use again."""
    _shift(ChannelLife.resume, channel, why=why, actor=actor, at=at)


@transaction.atomic
def wind_down(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Begin to close the channel: consult, tell the followers, then close (R-9-2)."""
    _shift(ChannelLife.wind_down, channel, why=why, actor=actor, at=at)
    closing.begin(channel, why=why, actor=actor, at=at)


@transaction.atomic
def keep(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Keep a channel that was about to be closed."""
    _shift(ChannelLife.keep, channel, why=why, actor=actor, at=at)
    closing.drop(channel, at=at)


def _shift(
    move: Move, channel: Channel, *, why: str, actor: Actor, at: datetime
) -> None:
    changes = {"changed_at": at}
    moves.make(move, channel, actor=actor, at=at, why=why, changes=changes)


@transaction.atomic
def close(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Close the channel; it stays in the public list as closed (R-9-1).

    The way to its account is forgotten in the same moment.
    """
    changes = {"closed_at": at, "changed_at": at}
    moves.make(ChannelLife.close, channel, actor=actor, at=at, why=why, changes=changes)
    connecting.forget(channel, actor=actor, at=at)
    closing.end(channel, why=why, actor=actor, at=at)
    ordering.closed(channel, why=why, actor=actor, at=at)
    _end_place(channel, at)


def must_approve(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the actor is one who decides on the application, and it waits."""
    moves.must_make(ChannelLife.approve, channel, actor, at=at)
    if channel.state is not ChannelLife.applied:
        raise moves.TooLate


def must_withdraw(channel: Channel, actor: Actor) -> None:
    """Raise `NotYours` unless it is the actor's own application."""
    if actor.user != channel.applied_by:
        reason = N_("Only the person who applied can withdraw the application.")
        raise moves.NotYours(Message(reason))


@transaction.atomic
def attest(
    channel: Channel, fact: Fact, said: Value, *, note: str, actor: Actor, at: datetime
) -> None:
    """Store what the actor says of an approved channel, if it is theirs to say."""
    staffing.must_run(channel, actor, rules.in_force(at).attesters(fact.name))
    observations.attest(fact, channel.node, said, actor=actor, at=at, note=note)


def _end_place(channel: Channel, at: datetime) -> None:
    """Let the unit be closed although the channel stood at it."""
    Node.objects.filter(pk=channel.node_id).update(closed_at=at)


def _card(application: Application) -> dict[str, object]:
    told = {k: v for k, v in application.card.items() if k in CARD_FIELDS}
    return {**told, "name": application.name}


def _new_slug(application: Application) -> str:
    """Return a name for public addresses that no channel has or had."""
    wanted = _spoken(application)
    like = Channel.objects.filter(slug__startswith=wanted)
    return free_slug(application, set(like.values_list("slug", flat=True)))


def free_slug(application: Application, used: Collection[str]) -> str:
    """Return a name for public addresses that is not among those `used`."""
    wanted = _spoken(application)
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(s for s in chain([wanted], numbered) if s not in used)


def _spoken(application: Application) -> str:
    spoken = f"{application.site} {application.handle}".translate(_APART)
    return slugify(spoken)[:_LONGEST_SLUG]
