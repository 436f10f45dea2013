"""What a removal does to an item: the floor above tells it here, and says no more.

A comment that is gone, or about to go, is not answered below; who opens it is led to
its case instead. What was decided stands in the case alone.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.models import Step
from uppsikt.inbox import deadlines, terms
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.sending import actions as sending

_FREED: dict[str, object] = {
    "outgoing": None,
    "claimed_by": None,
    "claimed_at": None,
}


def taken_up(item: Item, case: int) -> None:
    """Note that `case` is about the item."""
    _write(item, in_case=case)


def let_be(item: Item) -> None:
    """Note that the case about the item left it as it was."""
    _write(item, in_case=None, removed_at=None)


def removed(item: Item, *, at: datetime) -> None:
    """Note that the item is removed, and stop the clock that ran for it (R-6.4-25).

    History, what is our own and what is dealt with is left where it stands. An answer
    that has not left is stopped: there is nothing to put it below.
    """
    sending.stop_about(item.subject, at=at)
    item.refresh_from_db()
    _write(item, removed_at=at)
    if not item.open:
        return
    changes = {"due_at": None, "failed_at": None, **_FREED}
    why = _("It was removed.")
    moves.make(ItemLife.pass_by, item, actor=CLOCK, at=at, why=why, changes=changes)


def restored(item: Item, *, at: datetime) -> None:
    """Open the item again if its removal was what stopped its clock (D-5)."""
    item.refresh_from_db()
    stopped = item.status == ItemLife.passed_by.name and _by_its_removal(item)
    let_be(item)
    if not stopped:
        return
    changes = {**deadlines.started(at, terms.of_one(item.channel, at=at)), **_FREED}
    why = _("The removal was reversed.")
    moves.make(ItemLife.reopen, item, actor=CLOCK, at=at, why=why, changes=changes)


def _by_its_removal(item: Item) -> bool:
    """Tell whether it was the removal, and no person before it, that let it pass."""
    last = Step.objects.filter(subject=item.subject).order_by("pk").last()
    return last is not None and last.by_id is None and last.at == item.removed_at


def _write(item: Item, **fields: object) -> None:
    Item.objects.filter(pk=item.pk).update(**fields)
    for name, value in fields.items():
        setattr(item, name, value)
