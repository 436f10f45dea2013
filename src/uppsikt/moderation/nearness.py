"""What stands beside something on the special path: its thread may show the material.

A page or a rendering of a whole thread copies every item in it, so a case about one
item must not carry its neighbour into the evidence (requirements 3.4, D-7).
"""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Max, Q

from uppsikt.governance.models import Step
from uppsikt.inbox.models import Item
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, Evidence
from uppsikt.policy.words import N_, Message
from uppsikt.records import ledger

if TYPE_CHECKING:
    from django.db.models import QuerySet

ALONE: Final = "alone"
"""The field of a capture's entry that says: nothing but the one item is in it."""
NEAR: Final = Message(
    N_("the thread has a special case, so it is not opened or copied")
)
CHOSEN: Final = (str(CaseLife.open_special), str(CaseLife.seclude))


def near(item: Item) -> bool:
    """Tell whether the page or the thread of `item` may show what nobody may keep.

    So it may too while a special case of the channel is open that names no item:
    nobody has told the program where in the channel it is.
    """
    return beside_secluded(item) or somewhere_in(item.channel_id)


def somewhere_in(channel: int) -> bool:
    """Tell whether a special case of the channel is open that names no item."""
    special = CaseLife.special.name
    return Case.objects.filter(channel=channel, item=None, status=special).exists()


def beside_secluded(item: Item) -> bool:
    """Tell whether another item of the thread is on the special path."""
    return mates(item).filter(secluded=True).exists()


def mates(item: Item) -> "QuerySet[Item]":
    """Return the other items of the thread, its first post among them."""
    names = {item.root_id, item.parent_id, item.remote_id} - {""}
    same = Q(root_id__in=names) | Q(remote_id__in=names)
    return Item.objects.filter(same, channel=item.channel_id).exclude(pk=item.pk)


def is_closed(evidence: Evidence) -> bool:
    """Tell whether a capture may show a neighbour that was locked after it was taken.

    It stays encrypted in the vault and is handed out to nobody.
    """
    item = evidence.case.item
    if item is None or not beside_secluded(item):
        return False
    try:
        return ledger.opened(evidence.entry).get(ALONE) is not True
    except ledger.Disposed:
        return True


def closed_since(item: Item) -> datetime | None:
    """Return when the special path was last chosen in the thread of `item`."""
    locked = mates(item).filter(secluded=True)
    subjects = [c.subject for c in Case.objects.filter(item__in=locked)]
    steps = Step.objects.filter(subject__in=subjects, move__in=CHOSEN)
    last: datetime | None = steps.aggregate(last=Max("at"))["last"]
    return last
