"""What a day's watch of a channel looks at, part by part (R-6.4-5)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from uppsikt.policy.words import N_


class Part(StrEnum):
    """A place in a channel where somebody else can write, or has written."""

    COMMENTS = "comments"
    OLD_THREADS = "old_threads"
    MENTIONS = "mentions"
    REVIEWS = "reviews"
    MESSAGES = "messages"
    MEDIA = "media"


LABELS: Final = {
    Part.COMMENTS: N_("comments and replies"),
    Part.OLD_THREADS: N_("old threads"),
    Part.MENTIONS: N_("posts where we are mentioned or tagged"),
    Part.REVIEWS: N_("reviews"),
    Part.MESSAGES: N_("private messages"),
    Part.MEDIA: N_("pictures and links"),
}


def parts(listed: Iterable[object]) -> tuple[Part, ...]:
    """Return the parts that a guideline lists, in the order people look at them.

    Raises `ValueError` for a name that is no part.
    """
    wanted = {Part(str(name)) for name in listed}
    return tuple(part for part in Part if part in wanted)
