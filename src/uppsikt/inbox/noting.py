"""What became of a text that we ordered: the item moves when it really is out."""

from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK
from uppsikt.inbox import arriving, deadlines, measured, withdrawal
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.inbox.texts import ANSWERABLE, OUT, SETTLES
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

ANSWERS: Final = Q(outgoing__kind__in=list(SETTLES))
PROMISES: Final = Q(outgoing__kind=Outgoing.Kind.PROMISE)
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
        _failed(item, outgoing, at)
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
        **measured.answered(item, sent_at, at=at),
        **_SETTLED,
    }
    move = SETTLES[outgoing.kind]
    moves.make(move, item, actor=CLOCK, at=at, changes=changes)
    arriving.note_sent(item, outgoing, at=at)


def _promised(item: Item, outgoing: Outgoing, at: datetime) -> None:
    """Stop the first clock; the full one goes on, or the day we gave comes sooner."""
    changes = {
        "first_contact_at": item.first_contact_at or outgoing.sent_at or at,
        "due_at": deadlines.promised_until(item),
        **measured.said(item, outgoing.sent_at or at, at=at),
        **_SETTLED,
    }
    moves.make(ItemLife.promise, item, actor=CLOCK, at=at, changes=changes)
    arriving.note_sent(item, outgoing, at=at)


def _failed(item: Item, outgoing: Outgoing, at: datetime) -> None:
    """Bring the item back on top. What that text had settled is opened again."""
    if _rests_on(outgoing, item):
        _unsettle(item, outgoing, at)
    elif item.open and item.gone_at:
        withdrawal.close(item, at=at)
    else:
        Item.objects.filter(pk=item.pk).update(failed_at=at)
        item.failed_at = at


def _rests_on(outgoing: Outgoing, item: Item) -> bool:
    """Tell whether it is by this very text that the item was answered or promised."""
    if outgoing.sent_at is None:
        return False
    if outgoing.kind == Outgoing.Kind.PROMISE:
        return item.status == ItemLife.promised.name
    settled = SETTLES[outgoing.kind].after.name
    return item.status == settled and item.answered_at == outgoing.sent_at


def _unsettle(item: Item, outgoing: Outgoing, at: datetime) -> None:
    """Open the item again with the clock that it had: nothing has been said."""
    if item.first_contact_at == outgoing.sent_at:
        item.first_contact_at = None
    changes = {
        **deadlines.resumed(item, at=at),
        "first_contact_at": item.first_contact_at,
        "promised_for": None,
        "answered_at": None,
        "failed_at": at,
    }
    why = _("The text was sent, but is not there at the platform.")
    moves.make(ItemLife.reopen, item, actor=CLOCK, at=at, why=why, changes=changes)
    arriving.note_lost(outgoing, why=why, at=at)


_SETTLED: dict[str, object] = {
    "failed_at": None,
    "claimed_by": None,
    "claimed_at": None,
}
