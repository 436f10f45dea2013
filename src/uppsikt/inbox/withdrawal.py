"""What its author takes away before we answer needs no answer; what comes back does."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from uppsikt.channels.models import Channel, Connection
from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.models import Step
from uppsikt.inbox import deadlines
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item, Items
from uppsikt.inbox.texts import not_noted, not_out_yet
from uppsikt.platforms import Batch, Can, Platform

LOOKED_UP: Final = 50
"""Open items looked up at each fetch, a minute apart: two calls at Bluesky."""


def look_up(connection: Connection, platform: Platform) -> Batch | None:
    """Return what of the open items is gone from the platform; None if nothing is.

    They are asked for in turn, the longest unasked first, so that each fetch costs the
    same however many wait.
    """
    if Can.LOOK not in platform.can:
        return None
    turn = _turn(connection)
    gone = platform.missing([name for _pk, name in turn])
    looked_to = turn[-1][0] if turn else 0
    Connection.objects.filter(pk=connection.pk).update(looked_to=looked_to)
    return Batch(items=(), cursor="", withdrawn=gone) if gone else None


def close(item: Item, *, at: datetime) -> None:
    """Let an open item pass whose author took it away, unless a text is under way.

    The clock does it, with the reason: nobody is late with what nobody asks any more.
    """
    if not item.open or not_out_yet(item) or not_noted(item):
        return
    changes = {
        "due_at": None,
        "failed_at": None,
        "outgoing": None,
        "claimed_by": None,
        "claimed_at": None,
    }
    why = _("Withdrawn by its author.")
    moves.make(ItemLife.pass_by, item, actor=CLOCK, at=at, why=why, changes=changes)


def bring_back(item: Item, *, at: datetime) -> None:
    """Open an item again that is back at the platform, if it was `close` that shut it.

    Its author has waited no shorter, so its clocks run from when they began.
    """
    if item.status != ItemLife.passed_by.name or not _was_closed(item):
        return
    changes = deadlines.resumed(item, at=at)
    why = _("It is back at the platform.")
    moves.make(ItemLife.reopen, item, actor=CLOCK, at=at, why=why, changes=changes)


def _was_closed(item: Item) -> bool:
    steps = Step.objects.filter(subject=item.subject, move=str(ItemLife.pass_by))
    last = steps.order_by("pk").last()
    return last is not None and last.by_id is None and item.removed_at is None


def _turn(connection: Connection) -> list[tuple[int, str]]:
    """Return key and remote id of the items whose turn it is, from the start again."""
    rows = _standing(connection.channel).order_by("pk")
    later = _some(rows.filter(pk__gt=connection.looked_to))
    return later or _some(rows)


def _standing(channel: Channel) -> Items:
    rows = Item.objects.open().filter(channel=channel, gone_at=None)
    return rows.filter(how=Item.How.API)


def _some(rows: Items) -> list[tuple[int, str]]:
    return list(rows.values_list("pk", "remote_id")[:LOOKED_UP])
