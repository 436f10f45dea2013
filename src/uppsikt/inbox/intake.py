"""Take in what a platform, or a person, tells: once, whole, and never overwritten.

One fetch is one transaction, one blob with the raw answers and one entry in the ledger
with a member for each item (design decision 8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from uppsikt.channels.models import Channel, Connection
from uppsikt.checks.text import Signal, analyse
from uppsikt.checks.text.question import is_question
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import terms
from uppsikt.inbox.keeping import Fetch, Told, identifier, keep, storable
from uppsikt.inbox.models import Item
from uppsikt.inbox.showing import Shown
from uppsikt.platforms import Batch, PlatformItem
from uppsikt.records.models import Blob


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a fetch, in numbers of items."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    answered: int = 0


def take_in(
    channel: Channel,
    batch: Batch,
    *,
    how: Item.How,
    actor: Actor,
    at: datetime,
    picture: Blob | None = None,
) -> TakenIn:
    """Store what `batch` holds and we did not know, together with its cursor.

    The same item twice is one row, a changed text a new version, a withdrawal a date.
    What is older than the channel's cut-over is history and never overdue; the rest
    waits with both clocks. Text is read before the transaction, so that the database
    is held for as short as possible.

    Raises:
        vault.NoRoom: the disk is full; nothing was kept, the cursor least of all.
        moves.NotYours: the actor may not take in anything here.
    """
    fetch = _sorted(channel, batch, how=how, actor=actor, at=at, picture=picture)
    with transaction.atomic():
        answered = 0 if fetch.empty else keep(fetch)
        if batch.cursor and how is Item.How.API:
            Connection.objects.filter(channel=channel).update(cursor=batch.cursor)
    return TakenIn(len(fetch.new), len(fetch.changed), len(fetch.gone), answered)


def _sorted(
    channel: Channel,
    batch: Batch,
    *,
    how: Item.How,
    actor: Actor,
    at: datetime,
    picture: Blob | None,
) -> Fetch:
    told = {identifier(i.remote_id): i for i in batch.items}
    withdrawn = dict.fromkeys(identifier(name) for name in batch.withdrawn)
    known = _known(channel, [*told, *withdrawn])
    shown = Shown.now()
    here = [(known[name], i) for name, i in told.items() if name in known]
    return Fetch(
        channel,
        how,
        actor,
        at,
        rules.in_force(at),
        terms.of_one(channel, at=at),
        new=[_read(i, shown) for name, i in told.items() if name not in known],
        changed=[(it, _read(i, shown)) for it, i in here if _differs(it, i)],
        gone=[
            known[name]
            for name in withdrawn
            if name in known and name not in told and not known[name].gone_at
        ],
        back=[it for it, _ in here if it.gone_at],
        picture=picture,
    )


def _known(channel: Channel, names: Sequence[str]) -> dict[str, Item]:
    rows = Item.objects.filter(channel=channel, remote_id__in=names)
    found = {it.remote_id: it for it in rows}
    for it in found.values():
        it.channel = channel
    return found


def _differs(it: Item, told: PlatformItem) -> bool:
    """Tell whether the text is another. Of a special case nothing more is stored."""
    return not it.secluded and it.text != storable(told.text)


def _read(told: PlatformItem, shown: Shown) -> Told:
    text = storable(told.text)
    signals = _asks(text) if told.own else analyse(text)
    return Told(told, text, signals, shown.among(signals))


def _asks(text: str) -> tuple[Signal, ...]:
    """Return whether a text of our own asks something, which R-6-4 counts."""
    found = is_question(text)
    return (found,) if found else ()
