"""Undo what was ordered in one go, for as long as nobody has built on it.

What has left the house cannot be undone, and is not promised to be: an answer that is
sent is stopped by other means while there is time. What a colleague, the author or the
worker has changed since stands, and the person is told so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, deeds
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Deed, Item
from uppsikt.policy.words import N_
from uppsikt.records import ledger

FOR: Final = timedelta(hours=1)
"""How long a slip may be undone; after that it is a new act with a reason."""
RECENT: Final = 25
UNDONE: Final = N_("Undone.")


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of undoing: the items that are as before, and those that are not."""

    back: Sequence[Item]
    changed: Sequence[Item]


def standing(actor: Actor, *, at: datetime) -> list[Deed]:
    """Return what the actor did of late and may undo, newest first."""
    rows = Deed.objects.filter(
        by=actor.user, undone_at=None, at__gt=at - FOR, at__lte=at
    )
    rows = rows.exclude(after={}).filter(item__secluded=False)
    rows = rows.select_related("item__channel__node", "to", "other")
    return list(rows.order_by("-pk")[: RECENT * 4])


def by_order(rows: Sequence[Deed]) -> list[list[Deed]]:
    """Return the deeds with those together that were ordered in one go."""
    orders: dict[str, list[Deed]] = {}
    for deed in rows:
        orders.setdefault(deed.order, []).append(deed)
    return list(orders.values())[:RECENT]


@transaction.atomic
def undo(order: str, *, actor: Actor, at: datetime) -> Undone:
    """Put back, as they were, the items that one's own order of late changed."""
    back: list[Item] = []
    changed: list[Item] = []
    for deed in standing(actor, at=at):
        if deed.order != order:
            continue
        (back if _put_back(deed, actor, at) else changed).append(deed.item)
    return Undone(back, changed)


def _put_back(deed: Deed, actor: Actor, at: datetime) -> bool:
    """Put the item back if it is as the deed left it; tell whether it was."""
    item = _locked(deed.item)
    moves.require(actor, item.path, actions.answerers(at))
    if deeds.fields(item, deed.after) != deed.after:
        return False
    if not Deed.objects.filter(pk=deed.pk, undone_at=None).update(undone_at=at):
        return False
    before = {name: _value(name, value) for name, value in deed.before.items()}
    _restore(deed, item, before, actor, at)
    return True


def _restore(
    deed: Deed, item: Item, before: dict[str, Any], actor: Actor, at: datetime
) -> None:
    was = before.pop("status", None)
    if was is not None:
        promised = was == ItemLife.promised.name
        move = ItemLife.keep_promise if promised else ItemLife.reopen
        moves.make(move, item, actor=actor, at=at, why=_(UNDONE), changes=before)
        return
    Item.objects.filter(pk=item.pk).update(**before)
    facts = {"undoes": deed.kind}
    ledger.append("item.undo", item.subject, facts, actor=actor.name, at=at)


def _locked(item: Item) -> Item:
    rows = Item.objects.select_for_update(of=("self",))
    return rows.select_related("channel__node").get(pk=item.pk)


def _value(name: str, value: object) -> object:
    """Return what JSON held as the column holds it."""
    field = Item._meta.get_field(name)
    return field.to_python(value)  # type: ignore[union-attr]
