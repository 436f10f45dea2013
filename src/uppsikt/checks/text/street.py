"""Find where a private person lives: a street, or a village, with its number.

A street as such is public, and so is the address of a library or a town hall.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from uppsikt.checks.text.lexicon import read_groups
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
WHOLE, STREET, UNSURE = 0.95, 0.85, 0.6
REACH = 80
LONGEST_NUMBER = 3
SHORTEST_NAME = 4

_LISTS = read_groups("streets.txt")


def _any(kind: str) -> str:
    return "|".join(sorted(_LISTS[kind], key=len, reverse=True))


BIG = "A-ZÅÄÖÉÜ"
NUMBER = re.compile(
    r" (?P<number>\d{1,4})(?: ?[A-Ha-h]\b)?"
    rf"(?![\d:–/-]|[.,]\d| ?(?:{_any('unit')})\b)"
    r"(?:[ ,]{1,2}(?:lgh|lägenhet|uppg(?:ång)?|port)\.? ?\w{1,4}\b|, ?\d tr\b\.?)*"
    rf"(?P<post>(?:,? | i )(?:SE?-?)?\d{{3}} ?\d{{2}} [{BIG}][^\W\d_]+)?",
    re.I,
)
WORDS_BEFORE = re.compile(r"(?:[^\W\d_]+[ -]){0,2}(?P<name>[^\W\d_]+)\.?\Z")
LIVES = re.compile(rf"\b(?:{_any('lives')})[,:]?(?: (?:på|i|till|vid|är))?:? \Z", re.I)
HOME = re.compile(rf"\b(?:{_any('home')})\b", re.I)
PUBLIC = re.compile(rf"(?:{_any('public')})s?\b,?(?: [a-zåäö]+){{0,3}} \Z", re.I)
STREETS, PLACES = _LISTS["street"], _LISTS["place"]
ALONE, DIRECTIONS = frozenset(_LISTS["alone"]), frozenset(_LISTS["direction"])
NO_STREET = frozenset(_LISTS["no street"])
SHORT, SHORT_AFTER_S = ("v.", "g.", "gat.", "väg."), ("sg", "sv")


@dataclass(frozen=True, slots=True)
class Place:
    """The words before a number: the last one, those before it, and where it begins."""

    name: str
    earlier: tuple[str, ...]
    start: int
    before: str

    @property
    def capital(self) -> bool:
        """Tell whether the name is written as a name."""
        return self.name[0].isupper()


def find_addresses(text: str) -> Iterator[Signal]:
    """Yield a signal for each private address in `text`. Linear."""
    for found in NUMBER.finditer(text):
        place = _place(text, found.start())
        certainty = place and _certainty(place, found)
        if place and certainty and not _is_public(place):
            span = place.start, found.end()
            message = Message(N_("A private person’s address."))
            rule = "personal_data.address"
            yield Signal(rule, VERSION, span, certainty, message, "personal_data")


def _place(text: str, end: int) -> Place | None:
    """Return the name that ends at `end`, with words that belong to it before it."""
    first = max(0, end - REACH)
    found = WORDS_BEFORE.search(text, first, end)
    if found is None:
        return None
    name = found.group()[found.start("name") - found.start() :]
    earlier = tuple(found.group().split()[:-1])
    start = found.start("name") - _length_of_name(name, earlier)
    return Place(name, earlier, start, _sentence(text[first:start]))


def _length_of_name(name: str, earlier: tuple[str, ...]) -> int:
    """Return how many letters before the last word belong to the street's name."""
    if name.lower() in ALONE:
        return sum(len(word) + 1 for word in earlier if word[0].isupper())
    if earlier and earlier[-1].lower() in DIRECTIONS:
        return len(earlier[-1]) + 1
    return 0


def _certainty(place: Place, found: re.Match[str]) -> float:
    """Return how surely a name with a number is an address, 0.0 when it is none."""
    if found["post"]:
        return WHOLE if place.capital else UNSURE
    if len(found["number"]) > LONGEST_NUMBER:
        return 0.0
    plain = place.name.lower()
    if plain in ALONE or plain in NO_STREET:
        return STREET if _has_first_name(place, plain) else 0.0
    return _by_ending(place, plain)


def _has_first_name(place: Place, plain: str) -> bool:
    """Tell "Norra vägen" and "Karl Johans väg" from "en väg"."""
    before = place.earlier[-1] if place.earlier else ""
    if before.lower() in DIRECTIONS:
        return before[:1].isupper() or _at_home(place)
    return plain in ALONE and before[:1].isupper() and before.endswith("s")


def _by_ending(place: Place, plain: str) -> float:
    if plain.endswith(STREETS) and len(plain) > SHORTEST_NAME:
        return STREET if place.capital or _at_home(place) else 0.0
    if place.capital and (plain.endswith(SHORT) or plain.endswith(SHORT_AFTER_S)):
        return UNSURE
    if plain.endswith(PLACES) and place.capital and _at_home(place):
        return UNSURE
    return UNSURE if place.capital and LIVES.search(place.before) else 0.0


def _at_home(place: Place) -> bool:
    return bool(HOME.search(place.before))


def _is_public(place: Place) -> bool:
    """Tell the address of a public house, which is named right before it."""
    return bool(PUBLIC.search(place.before)) and not _at_home(place)


def _sentence(before: str) -> str:
    """Return the end of `before` that lies in the same sentence."""
    return re.split(r"[.!?\n]\s", before)[-1]
