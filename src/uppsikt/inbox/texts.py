"""How far the text is that answers an item: under way, out, noted on it or not."""

from typing import Final

from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

NOT_OUT_YET: Final = tuple(
    s.name for s in (OutgoingLife.awaiting, OutgoingLife.ordered, OutgoingLife.by_hand)
)
UNDER_WAY: Final = (*NOT_OUT_YET, OutgoingLife.sent.name)
# What has been sent is out, also while nobody has seen it there.
OUT: Final = tuple(
    s.name
    for s in (OutgoingLife.sent, OutgoingLife.unconfirmed, OutgoingLife.confirmed)
)

SETTLES: Final = {
    Outgoing.Kind.ANSWER.value: ItemLife.answer,
    Outgoing.Kind.REFERRAL.value: ItemLife.refer,
    Outgoing.Kind.MOVED.value: ItemLife.move_on,
}
"""Which move a text that is out makes of its item, beside the promise."""
# History and what was let pass may be answered too; whether it was is seen here.
ANSWERABLE: Final = tuple(s.name for s in ItemLife.answer.before)


def under_way(item: Item) -> bool:
    """Tell whether a second text must wait: one is on its way, or out and not noted.

    An answer that is sent and not seen counts as well: it may be there all the same.
    """
    text = item.outgoing
    if text is None:
        return False
    doubtful = text.status == OutgoingLife.unconfirmed.name
    is_answer = text.kind in SETTLES
    return text.status in UNDER_WAY or not_noted(item) or (doubtful and is_answer)


def not_noted(item: Item) -> bool:
    """Tell whether the text is out and the item does not say so yet."""
    text = item.outgoing
    if text is None or text.status not in OUT:
        return False
    if text.kind == Outgoing.Kind.PROMISE:
        return item.status == ItemLife.waiting.name
    return item.status in ANSWERABLE


def not_out_yet(item: Item) -> Outgoing | None:
    """Return the text that is still to go out, which no change may make us forget."""
    text = item.outgoing
    return text if text is not None and text.status in NOT_OUT_YET else None
