"""What a platform takes of a text: how long, counted its own way, and until when.

Only sure figures stand here. None means that we do not know, and nothing is said.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

_LINK = re.compile(r"https?://\S+", re.I)
LINK_WEIGHS: Final = 23
_JOINER, _FLAGS = "\u200d", range(0x1F1E6, 0x1F200)
_SKIN, _TAGS = range(0x1F3FB, 0x1F400), range(0xE0020, 0xE0080)
_LIGHT: Final = (
    range(0x10FF + 1),
    range(0x2000, 0x200E),
    range(0x2010, 0x2020),
    range(0x2032, 0x2038),
)


def graphemes(text: str) -> int:
    """Count the signs that a reader sees: a flag or a family is one (UAX 29)."""
    text = text.replace("\r\n", "\n")
    whole = len(text) - sum(_joins(a, b) for a, b in pairwise(text))
    return whole - _second_halves(text)


def _joins(before: str, sign: str) -> bool:
    """Tell whether `sign` is seen as a part of the one before it."""
    if before == _JOINER and unicodedata.category(sign) == "So":
        return True
    marks = unicodedata.category(sign) in ("Mn", "Me", "Mc")
    return marks or sign in (_JOINER, "\u200c") or ord(sign) in (*_SKIN, *_TAGS)


def _second_halves(text: str) -> int:
    """Count the letters that only close a flag of two."""
    runs = re.findall("[\U0001f1e6-\U0001f1ff]+", text)
    return sum(len(run) // 2 for run in runs)


def bluesky_length(text: str) -> int:
    """Count graphemes, of which Bluesky takes 300, or more where the bytes are many.

    It takes 3,000 bytes as well, so ten bytes weigh at least as one sign.
    """
    return max(graphemes(text), -(-len(text.encode()) // 10))


def x_length(text: str) -> int:
    """Count as X: a link is 23, a letter of most alphabets 1, an emoji 2."""
    rest, links = _LINK.subn("", text)
    return links * LINK_WEIGHS + sum(map(_weight, _seen(rest)))


def mastodon_length(text: str) -> int:
    """Count as Mastodon: graphemes, where a link is 23 signs however long it is."""
    rest, links = _LINK.subn("", text)
    return links * LINK_WEIGHS + graphemes(rest)


def threads_length(text: str) -> int:
    """Count as Threads: an emoji is as many signs as its bytes."""
    return sum(
        len(sign.encode()) if unicodedata.category(sign) == "So" else 1 for sign in text
    )


def _seen(text: str) -> list[str]:
    """Return the text cut into the signs that a reader sees, flags in halves."""
    signs: list[str] = []
    for sign in text:
        if signs and _joins(signs[-1][-1], sign):
            signs[-1] += sign
        else:
            signs.append(sign)
    return signs


def _weight(sign: str) -> int:
    if ord(sign[0]) in _FLAGS:
        return 1
    return 1 if any(ord(sign[0]) in one for one in _LIGHT) else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What a platform takes: `most` as `count` counts, links, and its own window.

    `window` is how long after a private message the platform lets us answer freely,
    and `window_by_person` how long when a person and no robot does it.
    """

    most: int | None = None
    count: Callable[[str], int] = len
    links_work: bool = True
    window: timedelta | None = None
    window_by_person: timedelta | None = None


_FREELY, _BY_PERSON = timedelta(hours=24), timedelta(days=7)
_UNKNOWN: Final = Writing()
_SITES: Final = {
    "bluesky": Writing(most=300, count=bluesky_length),
    "x": Writing(most=280, count=x_length),
    "mastodon": Writing(most=500, count=mastodon_length),
    "threads": Writing(most=500, count=threads_length),
    "linkedin": Writing(most=1250),
    "facebook": Writing(window=_FREELY, window_by_person=_BY_PERSON),
    "instagram": Writing(links_work=False, window=_FREELY, window_by_person=_BY_PERSON),
    "tiktok": Writing(links_work=False),
}


def at(site: str) -> Writing:
    """Return what the platform called `site` takes of a comment or a message."""
    return _SITES.get(site, _UNKNOWN)
