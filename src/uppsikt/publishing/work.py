"""What the worker does before anything is published: look at our own pictures."""

from datetime import datetime
from typing import Final

from uppsikt.publishing.models import OwnPicture
from uppsikt.records import looking

AT_ONCE: Final = 5


def read(now: datetime) -> int:
    """Look at the pictures that nobody has looked at, the oldest first."""
    rows = OwnPicture.objects.filter(weeded_at=None, blob__in=looking.unread())
    waiting = rows.select_related("blob").order_by("pk")[:AT_ONCE]
    return sum(looking.look(own.blob, at=now) for own in waiting)
