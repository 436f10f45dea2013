"""Fill in a standard answer, and point at what a person has to fill in."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
NAMES: Final = ("first_name", "day", "link", "contact", "municipality", "parties")
"""What a standard answer may leave open, as %(first_name)s."""
_PLACE = re.compile(r"%\((\w{1,40})\)s")
_LEFT = re.compile(r"\[(?:länk|dag|kontakt|fyll i[^\]\n]{0,60})\]", re.I)
_OPEN: Final = {
    "link": "[länk]",
    "day": "[dag]",
    "contact": "[kontakt]",
    "parties": "[fyll i partierna]",
}
LEFT_OPEN: Final = N_("Fill in %(place)s before you send.")


def unknown(text: str) -> list[str]:
    """Return the names in `text` that nothing fills in, each once, in order."""
    return list(dict.fromkeys(n for n in _PLACE.findall(text) if n not in NAMES))


def fill(text: str, known: Mapping[str, str]) -> str:
    """Return `text` with what is known filled in, and a bracket where a person must.

    A name that nobody gave leaves nothing behind it: "Hej %(first_name)s!" is "Hej!".
    """

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        return known.get(name, "") or _OPEN.get(name, "")

    return re.sub(r"[ \t]+(?=[!,.?])", "", _PLACE.sub(filled, text))


def find_left_open(text: str) -> Iterator[Signal]:
    """Yield a hint for each bracket of a standard answer that is left. Linear."""
    for found in _LEFT.finditer(text):
        message = Message(LEFT_OPEN, {"place": found.group()})
        yield Signal("text.left_open", VERSION, found.span(), 0.9, message)
