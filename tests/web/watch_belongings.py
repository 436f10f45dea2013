"""What the library's channel has of the daily round: a tick, a missed day, a swap."""

from collections.abc import Callable
from datetime import datetime, timedelta

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.inbox.models import MissedDay, Swap, Tick
from uppsikt.records.models import Entry


def watched(
    channel: Channel, user: User, entry: Callable[[str, datetime], Entry], at: datetime
) -> Tick:
    """Let a day be watched, another be missed, and a third be asked to be swapped.

    `entry` writes an entry of the ledger about an act at a moment.
    """
    day = at.date() - timedelta(days=3)
    raised = entry("channel.watch_raise", at)
    MissedDay.objects.create(channel=channel, day=day, raised_at=at, entry=raised)
    Swap.objects.create(
        channel=channel, asker=user, day=at.date(), other=user, asked_at=at
    )
    return Tick.objects.create(
        channel=channel,
        day=at.date(),
        by=user,
        at=at,
        late=False,
        entry=entry("watch.tick", at),
    )
