"""Fill in a standard answer, and point at what a person has to fill in."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 2
FIRST_NAME: Final = "förnamn"
DAY: Final = "dag"
LINK: Final = "länk"
CONTACT: Final = "kontakt"
MUNICIPALITY: Final = "kommun"
PARTIES: Final = "partierna"
NAMES: Final = (FIRST_NAME, DAY, LINK, CONTACT, MUNICIPALITY, PARTIES)
"""What a standard answer may leave open, as [förnamn]: words as people read them."""
_PLACE = re.compile(r"\[([\w ]{1,40})\]")
_OWN: Final = "fyll i"
LEFT_OPEN: Final = N_("Fill in %(place)s before you send.")


def unknown(text: str) -> list[str]:
    """Return the names in `text` that nothing fills in, each once, in order.

    "[fyll i tiden]" is for whoever answers to fill in, and is known.
    """
    named = (name for name in _PLACE.findall(text) if not name.startswith(_OWN))
    return list(dict.fromkeys(name for name in named if name not in NAMES))


def fill(text: str, known: Mapping[str, str]) -> str:
    """Return `text` with what is known filled in; what is not stays for a person.

    A name that nobody gave leaves nothing behind it: "Hej [förnamn]!" is "Hej!".
    """

    def filled(found: re.Match[str]) -> str:
        said = known.get(found[1], "")
        return said if said or found[1] == FIRST_NAME else found[0]

    return re.sub(r"[ \t]+(?=[!,.?])", "", _PLACE.sub(filled, text))


def find_left_open(text: str) -> Iterator[Signal]:
    """Yield a hint for each place of a standard answer that is left open. Linear."""
    for found in _PLACE.finditer(text):
        if found[1] in NAMES or found[1].startswith(_OWN):
            message = Message(LEFT_OPEN, {"place": found.group()})
            yield Signal("text.left_open", VERSION, found.span(), 0.9, message)
