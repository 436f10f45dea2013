"""Write down an act on an item, with what it was before, so that it can be undone."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, TypedDict, Unpack

from django.db import transaction

from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox.models import Deed, Item
from uppsikt.records import ledger
from uppsikt.records.models import Entry
from uppsikt.records.openings import JsonValue

Fields = Mapping[str, Any]
"""Columns of an item (`assigned_to_id`) and their values."""


class Change(NamedTuple):
    """Fields of an item before an act, and after it."""

    before: Fields
    after: Fields


class Told(TypedDict, total=False):
    """What else is told of an act."""

    text: str
    to: User
    until: datetime
    other: Item


class Closed(Exception):
    """The item is dealt with already: there is nothing left to do with it."""


def new_order() -> str:
    """Return a name for what is ordered in one go, which is undone in one go too."""
    return uuid.uuid4().hex


@transaction.atomic
def write(
    kind: Deed.Kind,
    item: Item,
    changes: Fields,
    *,
    actor: Actor,
    at: datetime,
    order: str = "",
    **told: Unpack[Told],
) -> Deed:
    """Set `changes` on the item, and leave the act in ledger and history."""
    row = Item.objects.select_for_update().filter(pk=item.pk)
    before = row.values(*changes).get() if changes else {}
    if changes:
        row.update(**changes)
    for name, value in changes.items():
        setattr(item, name, value)
    act = f"item.{kind.value}"
    entry = ledger.append(act, item.subject, _facts(told), actor=actor.name, at=at)
    change = Change(before, changes)
    return keep(kind, item, entry, change, by=actor.user, order=order, **told)


def keep(
    kind: Deed.Kind,
    item: Item,
    entry: Entry,
    change: Change,
    *,
    by: User | None,
    order: str = "",
    **told: Unpack[Told],
) -> Deed:
    """Leave in the history an act that is done, with its entry in the ledger."""
    return Deed.objects.create(
        item=item,
        kind=kind,
        order=order or new_order(),
        at=entry.at,
        by=by,
        before=_stored(change.before),
        after=_stored(change.after),
        entry=entry,
        **told,
    )


def fields(item: Item, names: Iterable[str]) -> dict[str, object]:
    """Return what the item holds in the columns `names`, as JSON holds them."""
    return _stored({name: getattr(item, name) for name in names})


def _stored(fields: Fields) -> dict[str, object]:
    """Write moments to the last digit, so that they can be compared later."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
    }


def _facts(told: Told) -> dict[str, JsonValue]:
    facts: dict[str, JsonValue] = {}
    if text := told.get("text"):
        facts["text"] = text
    if to := told.get("to"):
        facts["to"] = f"user:{to.pk}"
    if until := told.get("until"):
        facts["until"] = until.isoformat()
    if other := told.get("other"):
        facts["other"] = other.subject
    return facts
