"""Changes of a channel's card: what the public reads waits for the office (R-3.2-3).

The channel's row holds what is decided, so the last decided card stays public while a
change waits beside it. What only we read changes at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from uppsikt.channels import renaming, telling
from uppsikt.channels.card_life import CardLife
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import CARD_FIELDS, CardChange, CardVersion, Channel
from uppsikt.channels.models.version import (
    ACCOUNT_FIELDS,
    INTERNAL_FIELDS,
    NAME_FIELDS,
    PUBLIC_FIELDS,
)
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.policy.roles import Right
from uppsikt.records import bulk, ledger

Card = Mapping[str, object]
SHOWN: Final = (*PUBLIC_FIELDS, *NAME_FIELDS)
"""What the public reads, so that a change of it waits."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit came to: fields that changed at once, and the change that waits."""

    changed: tuple[str, ...]
    waiting: CardChange | None = None


def must_edit(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the actor may change the card, or mend an application."""
    if not channel.stands:
        raise moves.TooLate
    mine = channel.applied_by == actor.user
    if not (mine and channel.state is ChannelLife.applied):
        moves.must(Right.EDIT_CARD, actor, channel.path, at=at)


@transaction.atomic
def edit_card(channel: Channel, told: Card, *, actor: Actor, at: datetime) -> Edited:
    """Change the card: at once, or waiting for those who decide what is public.

    Before the launch nothing is public, so nothing waits. Who may publish does so in
    the same act.

    Raises:
        moves.NotYours, moves.TooLate: the actor may not, or the channel has ended.
        renaming.TakenAccount, renaming.AnotherAccount: it is no new name of this one.
    """
    must_edit(channel, actor, at=at)
    renaming.must_be_the_same(channel, told)
    if not channel.launched_at:
        names = (*CARD_FIELDS, *NAME_FIELDS)
        return Edited(_put(channel, _only(names, told), actor=actor, at=at))
    public = _only(SHOWN, told)
    inner = _put(channel, _only(INTERNAL_FIELDS, told), actor=actor, at=at)
    if may_publish(channel, actor, at=at):
        return Edited(inner + _issue(channel, public, actor=actor, at=at))
    return Edited(inner, _propose(channel, public, actor=actor, at=at))


@transaction.atomic
def publish(change: CardChange, *, actor: Actor, at: datetime) -> None:
    """Publish a change that waits; what it does not touch stays as it is now.

    Raises as `edit_card`: an account can have been taken while the change waited.
    """
    if not change.channel.stands:
        raise moves.TooLate
    renaming.must_be_the_same(change.channel, change.wanted)
    moves.make(CardLife.publish, change, actor=actor, at=at)
    _put(change.channel, change.wanted, actor=actor, at=at)
    telling.card_decided(change, why="", at=at)


@transaction.atomic
def refuse(change: CardChange, *, why: str, actor: Actor, at: datetime) -> None:
    """Refuse a change, with the reason; what is public stays."""
    moves.make(CardLife.refuse, change, actor=actor, at=at, why=why)
    telling.card_decided(change, why=why, at=at)


def recall(change: CardChange, *, actor: Actor, at: datetime) -> None:
    """Take back a change that nobody has decided yet."""
    moves.make(CardLife.recall, change, actor=actor, at=at)


def may_publish(channel: Channel, actor: Actor, *, at: datetime) -> bool:
    """Tell whether the actor decides what is public of the channel."""
    blank = CardChange(channel=channel)
    return moves.why_not(CardLife.issue, blank, actor, at=at) is None


def waiting_for(channel: Channel) -> CardChange | None:
    """Return the change of the channel's card that waits, if one does."""
    return channel.changes.waiting().select_related("proposed_by").first()


def keep(channel: Channel, *, actor: Actor, at: datetime) -> CardVersion:
    """Keep how the channel's card stands now."""
    version = _as_it_stands(channel, actor=actor, at=at)
    version.save(force_insert=True)
    return version


def keep_each(channels: Sequence[Channel], *, actor: Actor, at: datetime) -> None:
    """Keep how the card of each channel stands now."""
    bulk.create([_as_it_stands(c, actor=actor, at=at) for c in channels])


def _as_it_stands(channel: Channel, *, actor: Actor, at: datetime) -> CardVersion:
    stands = {n: getattr(channel, n) for n in (*CARD_FIELDS, *ACCOUNT_FIELDS)}
    return CardVersion(channel=channel, at=at, by=actor.user, **stands)


def _only(names: Iterable[str], told: Card) -> dict[str, object]:
    return {name: told[name] for name in names if name in told}


def _differing(channel: Channel, told: Card) -> dict[str, object]:
    return {n: value for n, value in told.items() if value != getattr(channel, n)}


def _put(
    channel: Channel, told: Card, *, actor: Actor, at: datetime
) -> tuple[str, ...]:
    """Write what differs to the channel's row; return the names of what did."""
    changes = _differing(channel, told)
    if not changes:
        return ()
    before: dict[str, ledger.JsonValue] = {n: getattr(channel, n) for n in changes}
    for name, value in changes.items():
        setattr(channel, name, value)
    if changes.keys() & set(SHOWN):
        channel.changed_at = at
    channel.save(update_fields=[*changes, "changed_at"])
    Node.objects.filter(pk=channel.node_id).update(name=channel.name)
    keep(channel, actor=actor, at=at)
    after: dict[str, ledger.JsonValue] = {n: getattr(channel, n) for n in changes}
    facts: dict[str, ledger.JsonValue] = {"before": before, "after": after}
    ledger.append("channel.edit", channel.subject, facts, actor=actor.name, at=at)
    return tuple(changes)


def _issue(
    channel: Channel, told: Card, *, actor: Actor, at: datetime
) -> tuple[str, ...]:
    """Publish at once, by somebody who may; a change that waits goes on waiting."""
    wanted = _differing(channel, told)
    if not wanted:
        return ()
    change = _change(channel, wanted, actor, at)
    moves.begin(CardLife.issue, change, actor=actor, at=at)
    return _put(channel, wanted, actor=actor, at=at)


def _propose(
    channel: Channel, told: Card, *, actor: Actor, at: datetime
) -> CardChange | None:
    """Let what differs from the public card wait, in place of what waited before."""
    before = waiting_for(channel)
    wanted = _differing(channel, {**(before.wanted if before else {}), **told})
    if before and before.wanted == wanted:
        return before
    if before:
        recall(before, actor=actor, at=at)
    if not wanted:
        return None
    change = _change(channel, wanted, actor, at)
    try:
        with transaction.atomic():
            moves.begin(CardLife.propose, change, actor=actor, at=at)
    except IntegrityError as e:  # somebody proposed at the same moment
        raise moves.TooLate from e
    return change


def _change(channel: Channel, wanted: Card, actor: Actor, at: datetime) -> CardChange:
    told = {n: wanted.get(n, getattr(channel, n)) for n in SHOWN}
    return CardChange(
        channel=channel,
        changed=list(wanted),
        proposed_by=actor.user,
        proposed_at=at,
        **told,
    )
