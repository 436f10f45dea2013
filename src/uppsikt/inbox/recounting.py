"""Count open items anew when what their clocks run by has changed (R-6.2-1).

Nobody asks for it: a changed calendar or guideline, a channel's own promise, a crisis
that begins or ends and an exemption that ends are all seen, whoever made them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction

from uppsikt.channels.models import Channel
from uppsikt.governance.actors import CLOCK
from uppsikt.inbox import deadlines, terms
from uppsikt.inbox.models import Item
from uppsikt.inbox.models.pause import stood_still
from uppsikt.policy.terms import Terms
from uppsikt.policy.workdays import Interval
from uppsikt.records import ledger

if TYPE_CHECKING:
    from uppsikt.records.openings import JsonValue

AT_ONCE: Final = 500
WRITTEN: Final = ("first_due_at", "full_due_at", "due_at")
READ: Final = ("status", "clock_from", "first_contact_at", "promised_for")

# By what this process last counted each channel. A new process counts all of them once.
_counted: dict[int, Terms] = {}


def recount(now: datetime) -> int:
    """Count anew in every channel whose terms have changed; return how many moved.

    Safe to run twice and at once: the same comes out again.
    """
    rows = Channel.objects.exclude(launched_at=None).select_related("node")
    channels = {c.pk: c for c in rows}
    if not channels:
        return 0
    by = terms.of(list(channels.values()), at=now)
    changed = {pk: one for pk, one in by.items() if _counted.get(pk) is not one}
    done = 0
    for pk, one in changed.items():
        done += _count(channels[pk], one, now)
        if pk in _counted and not one.tells_as(_counted[pk]):
            Item.objects.open().filter(channel=pk).update(escalates_at=now)
    _counted.update(changed)
    return done


@transaction.atomic
def _count(channel: Channel, by: Terms, now: datetime) -> int:
    """Write the clocks of the channel's open items, and return how many moved."""
    rows = Item.objects.open().filter(channel=channel).exclude(clock_from=None)
    held = rows.select_for_update().only(*READ, *WRITTEN)
    items = list(held.order_by("pk"))
    stood = stood_still([item for item in items if item.first_contact_at])
    moved = [item for item in items if _moves(item, by, stood.get(item.pk, ()))]
    for item in moved:
        item.escalates_at = now  # who is to be told is looked at again
    Item.objects.bulk_update(moved, (*WRITTEN, "escalates_at"), batch_size=AT_ONCE)
    if moved:
        told: dict[str, JsonValue] = {"items": len(moved)}
        ledger.append("clock.recount", channel.subject, told, actor=CLOCK.name, at=now)
    return len(moved)


def _moves(item: Item, by: Terms, stood: Sequence[Interval]) -> bool:
    """Set the clocks of `item` by `by`; tell whether any of them changed."""
    before = _clocks(item)
    for name, value in deadlines.now_due(item, by, stood).items():
        setattr(item, name, value)
    return _clocks(item) != before


def _clocks(item: Item) -> tuple[datetime | None, ...]:
    return item.first_due_at, item.full_due_at, item.due_at
