"""At which place a row of a list wants its channel, told from department and unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from uppsikt.channels.headings import folded
from uppsikt.channels.import_accounts import Fault
from uppsikt.governance.models import Node
from uppsikt.policy.words import N_, Message

# How a department is called in lists, beside its name: "Kultur- och fritidskontoret".
_KINDS: Final = re.compile(
    r"(?:s?förvaltning(?:en)?|s?kontor(?:et)?|s?sektor(?:n)?|s?avdelning(?:en)?)$"
)
_AND: Final = re.compile(r"\boch\b|&")
_SHORTEST_STEM: Final = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place, and what is to be said of how it was told."""

    node: Node
    warnings: tuple[Message, ...] = ()


def told(department: str, unit: str, places: Sequence[Node]) -> Place:
    """Return the unit among `places`, or else the department, that a row means.

    Raises:
        Fault: it names none, none that is there, or one of several called the same.
    """
    if not department and not unit:
        raise Fault(
            N_("The department is missing. Write which one answers for the channel.")
        )
    if not department:
        return Place(_only(unit, _called(unit, places, Node.Kind.UNIT), places))
    here = _called(department, places, Node.Kind.DEPARTMENT)
    here = here or _called(department, places, Node.Kind.UNIT)
    if unit:
        return _below(unit, _known(department, here, places), places)
    return Place(_only(department, here, places))


def _below(unit: str, here: Sequence[Node], places: Sequence[Node]) -> Place:
    """Return the unit below the departments `here`; one unknown is left out."""
    paths = tuple(node.path for node in here)
    below = [node for node in places if node.path.startswith(paths)]
    if found := _called(unit, below, Node.Kind.UNIT):
        return Place(_only(unit, found, places))
    department = _only(unit, here, places)
    words = N_("There is no unit “%(name)s”: it is entered at the department.")
    return Place(department, (Message(words, {"name": unit}),))


def _only(name: str, found: Sequence[Node], places: Sequence[Node]) -> Node:
    if len(_known(name, found, places)) == 1:
        return found[0]
    words = N_("Several places are called “%(name)s”. Write the department too.")
    raise Fault(words, name=name)


def _known(name: str, found: Sequence[Node], places: Sequence[Node]) -> Sequence[Node]:
    if found:
        return found
    names = {folded(place.name): place.name for place in places}
    if near := get_close_matches(folded(name), names, n=1):
        words = N_(
            "There is no department or unit “%(name)s”. Is it “%(near)s”? Write the "
            "name as it stands under Organisation."
        )
        raise Fault(words, name=name, near=names[near[0]])
    words = N_(
        "There is no department or unit “%(name)s”. Add it under Organisation first, "
        "or correct the name."
    )
    raise Fault(words, name=name)


def _called(name: str, places: Sequence[Node], kind: Node.Kind) -> list[Node]:
    wanted = _stem(name)
    return [p for p in places if p.kind == kind and _stem(p.name) == wanted]


def _stem(name: str) -> str:
    """Return a place's name without what kind of place it is, and without "och"."""
    whole = folded(_AND.sub(" ", name))
    stem = _KINDS.sub("", whole)
    return stem if len(stem) >= _SHORTEST_STEM else whole
