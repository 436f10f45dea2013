"""What the library's channel has of the daily round: a missed day that was raised."""

from datetime import datetime, timedelta

from uppsikt.channels.models import Channel
from uppsikt.inbox.models import MissedDay
from uppsikt.records.models import Entry


def missed(channel: Channel, entry: Entry, at: datetime) -> MissedDay:
    """Raise a day that nobody watched."""
    day = at.date() - timedelta(days=3)
    return MissedDay.objects.create(channel=channel, day=day, raised_at=at, entry=entry)
