"""What the library's channel has of the daily round: a missed day, a swap."""

from datetime import datetime, timedelta

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.inbox.models import MissedDay, Swap
from uppsikt.records.models import Entry


def swapped(channel: Channel, user: User, at: datetime) -> Swap:
    """Ask about a day of the rota."""
    return Swap.objects.create(
        channel=channel, asker=user, day=at.date(), other=user, asked_at=at
    )


def missed(channel: Channel, entry: Entry, at: datetime) -> MissedDay:
    """Raise a day that nobody watched."""
    day = at.date() - timedelta(days=3)
    return MissedDay.objects.create(channel=channel, day=day, raised_at=at, entry=entry)
