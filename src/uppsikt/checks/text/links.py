"""Hint at links of our own that a reader cannot trust, follow or understand.

DOS-lagen (2018:1937): the words of a link say where it leads. A shortened address
hides it, http is open to change on the way, and an address that is not ours is looked
at once more before the municipality recommends it.
"""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from uppsikt.checks.text.lexicon import read_words
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
LINK = re.compile(
    r"(?<![\w@])(?:https?://[^\s<>\"”]{3,2000}|www\.[^\s<>\"”]{3,2000}"
    r"|(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}/[^\s<>\"”]{0,2000})",
    re.I,
)
TRAILING = ".,;:!?)’'"
EMPTY_WORDS = re.compile(
    r"\b(?:klicka|tryck|läs mer|läs vidare|se mer|kolla)\s+(?:här|nedan)\b", re.I
)


def find_link_faults(
    text: str, *, ours: Collection[str], works: bool
) -> Iterator[Signal]:
    """Yield a hint for each link that hides, is open, is not `ours` or leads nowhere.

    `ours` are the hosts of the municipality, each with those below it. `works` tells
    whether a reader of the platform can follow a link at all. Linear.
    """
    for span, link in find_links(text):
        for rule, certainty, message in _faults(link, ours, works):
            yield Signal(rule, VERSION, span, certainty, message)
    for found in EMPTY_WORDS.finditer(text):
        message = Message(WORDLESS, {"words": found.group()})
        yield Signal("link.words", VERSION, found.span(), 0.7, message)


def find_links(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the place of each address in `text`, and the address. Linear."""
    for found in LINK.finditer(text):
        link = found.group().rstrip(TRAILING)
        yield (found.start(), found.start() + len(link)), link


def _faults(
    link: str,
    ours: Collection[str],
    works: bool,  # noqa: FBT001
) -> Iterator[tuple[str, float, Message]]:
    host = host_of(link)
    details = {"host": host}
    if not works:
        yield "link.dead", 0.9, Message(DEAD)
    if link.lower().startswith("http://"):
        yield "link.insecure", 0.9, Message(INSECURE)
    if host in read_words("shorteners.txt"):
        yield "link.shortened", 0.9, Message(SHORTENED, details)
    elif ours and not belongs(host, ours):
        yield "link.unknown", 0.3, Message(UNKNOWN, details)


def host_of(link: str) -> str:
    """Return the host of an address, without "www."; "" where there is none."""
    whole = link if "//" in link else f"https://{link}"
    try:
        host = urlsplit(whole).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def belongs(host: str, ours: Collection[str]) -> bool:
    """Tell whether `host` is one of `ours`, or lies below one of them."""
    return any(host == one or host.endswith(f".{one}") for one in ours)


WORDLESS = N_("Say where the link leads instead of “%(words)s”.")
DEAD = N_("A link in a comment cannot be followed on this platform.")
INSECURE = N_("The link begins with http. Use https if the page has it.")
SHORTENED = N_("“%(host)s” hides where the link leads. Write the whole address.")
UNKNOWN = N_("“%(host)s” is not one of our own sites. Open the link and see it first.")
