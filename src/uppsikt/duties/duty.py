"""A thing to do, and things of one kind together: what My day is made of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from uppsikt.policy.words import Message

SHOWN: Final = 5
"""How many of a kind stand on My day itself."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: what, where it is, and when it must be done."""

    title: Message
    place: str
    url: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Duties of one kind: the first few, how many in all, and where the rest are."""

    title: str
    section: str
    url: str
    total: int
    duties: tuple[Duty, ...]

    @classmethod
    def of(cls, title: str, section: str, url: str, duties: list[Duty]) -> "Group":
        """Return all of `duties` as a group that shows the first few."""
        return cls(title, section, url, len(duties), tuple(duties[:SHOWN]))


def tomorrow(at: datetime) -> datetime:
    """Return the midnight that ends the day of `at`."""
    local = timezone.localtime(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)
