"""The guideline as a page: each section with its demands, moves and parameters."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import JsonValue

from uppsikt.policy.guideline import Control, Guideline, MoveRule, Parameter, RightRule
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Role
from uppsikt.web.lives import LIVES

MOVES: Final[Mapping[str, tuple[object, Move]]] = {
    str(move): (kind, move)
    for life, kind in LIVES.items()
    for move in life.moves.values()
}
_COUNTED: Final = re.compile(r"(\d+) (working day|working hour|day|hour|month|year)s?")
_PLACE: Final = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Act:
    """Who may do what: its name in words, the roles, and if a reason is asked.

    `kind` says of what it is a move; of a right that is no move it is empty.
    """

    section: str
    kind: object
    label: object
    roles: tuple[Role, ...]
    why: bool


@dataclass(slots=True)
class Section:
    """What one section of the guideline comes to in the program."""

    number: str
    controls: list[Control] = field(default_factory=list)
    rights: list[Act] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)


def sections(guideline: Guideline) -> list[Section]:
    """Return the guideline's sections in order, each with what it holds."""
    found: dict[str, Section] = {}
    for control in guideline.control:
        _at(found, control.section).controls.append(control)
    for act in _acts(guideline):
        _at(found, act.section).rights.append(act)
    for parameter in guideline.parameters.values():
        _at(found, parameter.section).parameters.append(parameter)
    return sorted(found.values(), key=lambda s: order(s.number))


def acts(guideline: Guideline) -> list[Act]:
    """Return who may do what, by section (R-0-6)."""
    return sorted(_acts(guideline), key=lambda act: order(act.section))


def said(value: JsonValue) -> str:
    """Return a parameter's value as people say it: "1 arbetsdag", "ja", a list."""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case str():
            return _span(value)
        case list():
            return ", ".join(str(one).rpartition(":")[2] for one in value)
        case dict():
            return "; ".join(f"{name}: {said(one)}" for name, one in value.items())
    return str(value)


def _span(text: str) -> str:
    """Return a span of time in Swedish; any other text as it stands."""
    plain = {
        "at once": _("at once"),
        "same day": _("the same day"),
        "next working day": _("the next working day"),
    }
    if (found := _COUNTED.fullmatch(text)) is None:
        return plain.get(text) or _PLACE.sub(_filled_in, text)
    count = int(found[1])
    return _counted(count, found[2]) % {"count": count}


def _filled_in(place: re.Match[str]) -> str:
    """Return what will stand in a place that a standard text leaves open."""
    words = {
        "date": _("[the day]"),
        "ground": _("[the ground]"),
        "contact": _("[the channel's address]"),
        "reference": _("[the diary number]"),
        "reason": _("[why the channel closes]"),
        "instead": _("[where you find us instead]"),
        "municipality": _("[the municipality]"),
        "privacy_notice": _("[the link about personal data]"),
    }
    return words.get(place[1], place[0])


def _counted(count: int, unit: str) -> str:
    return {
        "working day": ngettext(
            "%(count)d working day", "%(count)d working days", count
        ),
        "working hour": ngettext(
            "%(count)d working hour", "%(count)d working hours", count
        ),
        "day": ngettext("%(count)d day", "%(count)d days", count),
        "hour": ngettext("%(count)d hour", "%(count)d hours", count),
        "month": ngettext("%(count)d month", "%(count)d months", count),
        "year": ngettext("%(count)d year", "%(count)d years", count),
    }[unit]


def _acts(guideline: Guideline) -> Iterator[Act]:
    """Yield each move that the program still has, and each right."""
    known = (rule for rule in guideline.move if rule.id in MOVES)
    yield from (_of_move(rule) for rule in known)
    yield from (_of_right(rule) for rule in guideline.right)


def _of_move(rule: MoveRule) -> Act:
    kind, move = MOVES[rule.id]
    return Act(rule.section, kind, move.label, rule.roles, rule.why)


def _of_right(rule: RightRule) -> Act:
    return Act(rule.section, "", rule.says, rule.roles, why=False)


def _at(found: dict[str, Section], number: str) -> Section:
    return found.setdefault(number, Section(number))


def order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts 6.10 after 6.9, then annexes, then our own."""
    if number == "0":  # the program's own settings, which no section asks for
        return ((2, 0, ""),)
    parts = number.split(".")
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)
