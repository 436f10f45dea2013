"""What became of a text that we ordered: the item moves when it really is out."""

from datetime import datetime, time
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK
from uppsikt.inbox import deadlines
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import DONE, OPEN, Item
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

OUT: Final = (OutgoingLife.sent.name, OutgoingLife.confirmed.name)
ANSWERS: Final = Q(outgoing__kind=Outgoing.Kind.ANSWER)
PROMISES: Final = Q(outgoing__kind=Outgoing.Kind.PROMISE)

# History and what was let pass may be answered too; whether it was is seen here.
ANSWERABLE: Final = tuple(s.name for s in ItemLife.answer.before)
UNNOTED: Final = (
    (ANSWERS & Q(outgoing__status__in=OUT, status__in=ANSWERABLE))
    | (PROMISES & Q(outgoing__status__in=OUT, status=ItemLife.waiting.name))
    | Q(outgoing__status=OutgoingLife.failed.name, failed_at=None)
)
"""Items whose text has gone out, or has failed to, and that do not say so yet."""


def note(item: Item, *, at: datetime) -> None:
    """Move the item as its text went: answered, promised, or back on top."""
    outgoing = item.outgoing
    assert outgoing is not None  # noqa: S101 (UNNOTED selects by it)
    if outgoing.status == OutgoingLife.failed.name:
        _failed(item, at)
    elif outgoing.kind == Outgoing.Kind.PROMISE:
        _promised(item, outgoing, at)
    else:
        _answered(item, outgoing, at)


def _answered(item: Item, outgoing: Outgoing, at: datetime) -> None:
    sent_at = outgoing.sent_at or at
    changes = {
        "answered_at": sent_at,
        "first_contact_at": item.first_contact_at or sent_at,
        "due_at": None,
        **_SETTLED,
    }
    moves.make(ItemLife.answer, item, actor=CLOCK, at=at, changes=changes)


def _promised(item: Item, outgoing: Outgoing, at: datetime) -> None:
    """Stop the first clock; the full one goes on, or the day we gave comes sooner."""
    changes = {
        "first_contact_at": item.first_contact_at or outgoing.sent_at or at,
        "due_at": _promised_until(item),
        **_SETTLED,
    }
    moves.make(ItemLife.promise, item, actor=CLOCK, at=at, changes=changes)


def _promised_until(item: Item) -> datetime | None:
    if item.promised_for is None or item.full_due_at is None:
        return item.full_due_at
    day_ends = datetime.combine(item.promised_for, time(23, 59))
    return min(item.full_due_at, timezone.make_aware(day_ends))


def _failed(item: Item, at: datetime) -> None:
    """Bring the item back on top. What was seen as done and was not is opened again."""
    if item.status in OPEN and not _was_promised(item):
        Item.objects.filter(pk=item.pk).update(failed_at=at)
        item.failed_at = at
    elif item.status in DONE or item.status in OPEN:
        started = deadlines.started(item.clock_from or at, rules.in_force(at))
        changes = {**started, "answered_at": None, "failed_at": at}
        why = _("The text was sent but cannot be seen on the platform.")
        moves.make(ItemLife.reopen, item, actor=CLOCK, at=at, why=why, changes=changes)


def _was_promised(item: Item) -> bool:
    promise = item.outgoing is not None and item.outgoing.kind == Outgoing.Kind.PROMISE
    return promise and item.status == ItemLife.promised.name


_SETTLED: dict[str, object] = {
    "failed_at": None,
    "claimed_by": None,
    "claimed_at": None,
}
