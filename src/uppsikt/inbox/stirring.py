"""What was put aside comes back when its author writes again, or changes the text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from uppsikt.governance.actors import CLOCK
from uppsikt.inbox import deeds
from uppsikt.inbox.models import Deed, Item
from uppsikt.policy.words import N_

STIRRED: Final = N_("The author has written again.")


def stir(taken: Sequence[Item], *, at: datetime) -> int:
    """Wake what lies aside where its author has just written or changed something."""
    threads = {(i.root_id, i.author_id) for i in taken if not i.own and i.author_id}
    if not threads:
        return 0
    roots = {root for root, _ in threads}
    asleep = Item.objects.asleep(at).filter(
        channel=taken[0].channel_id, root_id__in=roots
    )
    woken = [i for i in asleep if (i.root_id, i.author_id) in threads]
    for item in woken:
        changes = {"snoozed_until": None}
        deeds.write(Deed.Kind.WAKE, item, changes, actor=CLOCK, at=at, text=STIRRED)
    return len(woken)
