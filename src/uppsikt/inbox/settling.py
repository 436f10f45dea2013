"""Take items in hand, and let them pass, so that it can be undone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, deeds
from uppsikt.inbox.deeds import Change, Closed
from uppsikt.inbox.models import Deed, Item
from uppsikt.records import ledger

_HANDS: Final = ("claimed_by_id", "claimed_at")
_CHANGED: Final = ("status", "due_at", "failed_at", "outgoing_id", *_HANDS)


@transaction.atomic
def take(item: Item, *, actor: Actor, at: datetime, order: str = "") -> Deed:
    """Take the item in hand. Raises `actions.Claimed`, or `Closed` if it is done."""
    if not item.open:
        raise Closed
    before = _held(item, _HANDS)
    actions.claim(item, actor=actor, at=at)
    change = Change(before, _held(item, _HANDS))
    entry = ledger.append("item.take", item.subject, {}, actor=actor.name, at=at)
    return deeds.keep(Deed.Kind.TAKE, item, entry, change, by=actor.user, order=order)


@transaction.atomic
def pass_by(
    item: Item, *, why: str, actor: Actor, at: datetime, order: str = ""
) -> Deed:
    """Note that the item needs no answer, and why (R-6-5).

    Raises:
        actions.Claimed, actions.OnItsWay: as `actions.pass_by`.
        Closed: it is dealt with already.
    """
    if not item.open:
        raise Closed
    before = _held(item, _CHANGED)
    entry = actions.pass_by(item, why=why, actor=actor, at=at)
    change = Change(before, _held(item, _CHANGED))
    return deeds.keep(
        Deed.Kind.PASS_BY,
        item,
        entry,
        change,
        by=actor.user,
        order=order,
        text=why,
    )


def _held(item: Item, names: Sequence[str]) -> dict[str, object]:
    return {name: getattr(item, name) for name in names}
