"""Whether a name or a host is made to be taken for another."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from uppsikt.checks.text.fold import LOOKALIKE, fold
from uppsikt.platforms.catalogue import SITES

_DIGITS: Final = str.maketrans("013457", "oieast")
_LETTERS: Final = (("rn", "m"), ("vv", "w"), ("l", "i"), ("å", "a"), ("ä", "a"))
_FEWEST: Final = 5
"""Letters that a name must have before another can be taken for it."""
_NEAR: Final = 0.87
"""How much of two names is the same before a hasty reader takes one for the other."""
_SHORTEST_HOST: Final = 4


def bones(name: str) -> str:
    """Return what a hasty reader sees of a name: letters, and signs read as letters."""
    plain = fold(name.translate(LOOKALIKE)).text.translate(_DIGITS)
    for seen, read in (*_LETTERS, ("ö", "o")):
        plain = plain.replace(seen, read)
    return "".join(sign for sign in plain if sign.isalnum())


def is_like(name: str, other: str) -> bool:
    """Tell whether a hasty reader could take `name` for `other`."""
    seen, ours = bones(name), bones(other)
    if len(ours) < _FEWEST:
        return seen == ours
    return ours in seen or nearness(name, other) >= _NEAR


def nearness(name: str, other: str) -> float:
    """Return how much of two names is the same to a hasty reader, from 0 to 1."""
    return SequenceMatcher(None, bones(name), bones(other)).ratio()


def platform_like(host: str) -> str:
    """Return the label of the platform that a host is dressed up as, or ""."""
    seen = bones(_readable(host))
    known = ((site.label, _names(site.hosts)) for site in SITES.values())
    return next((label for label, names in known if _any_in(names, seen)), "")


def _names(hosts: Iterable[str]) -> list[str]:
    names = (host.partition(".")[0] for host in hosts)
    return [bones(name) for name in names if len(name) >= _SHORTEST_HOST]


def _any_in(names: list[str], seen: str) -> bool:
    return any(name in seen for name in names)


def _readable(host: str) -> str:
    """Return a host as a browser may show it, with its letters of other alphabets."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
