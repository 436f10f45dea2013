"""The guideline as a page: each section with its demands, moves and parameters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import JsonValue

from uppsikt.channels.life import ChannelLife
from uppsikt.inbox.life import ItemLife
from uppsikt.moderation.life import CaseLife
from uppsikt.policy.guideline import Control, Guideline, MoveRule, Parameter
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Role
from uppsikt.sending.life import OutgoingLife

# Every lifecycle that the guideline gives roles to, and what it is the life of.
LIVES: Final = {
    ChannelLife: gettext_lazy("Channel"),
    ItemLife: gettext_lazy("Message"),
    CaseLife: gettext_lazy("Case"),
    OutgoingLife: gettext_lazy("Reply or notice"),
}
MOVES: Final[Mapping[str, tuple[object, Move]]] = {
    str(move): (kind, move)
    for life, kind in LIVES.items()
    for move in life.moves.values()
}
_COUNTED: Final = re.compile(r"(\d+) (working day|working hour|day|hour|month|year)s?")
_PLACE: Final = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Right:
    """Who may make a move: its name in words, the roles, and if a reason is asked."""

    kind: object
    label: object
    roles: tuple[Role, ...]
    why: bool


@dataclass(slots=True)
class Section:
    """What one section of the guideline comes to in the program."""

    number: str
    controls: list[Control] = field(default_factory=list)
    rights: list[Right] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)


def sections(guideline: Guideline) -> list[Section]:
    """Return the guideline's sections in order, each with what it holds."""
    found: dict[str, Section] = {}
    for control in guideline.control:
        _at(found, control.section).controls.append(control)
    for move in guideline.move:
        _at(found, move.section).rights.append(_right(move))
    for parameter in guideline.parameters.values():
        _at(found, parameter.section).parameters.append(parameter)
    return sorted(found.values(), key=lambda s: _order(s.number))


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


def _right(rule: MoveRule) -> Right:
    kind, move = MOVES[rule.id]
    return Right(kind, move.label, rule.roles, rule.why)


def _at(found: dict[str, Section], number: str) -> Section:
    return found.setdefault(number, Section(number))


def _order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts 6.10 after 6.9, then annexes, then our own."""
    if number == "0":  # the program's own settings, which no section asks for
        return ((2, 0, ""),)
    parts = number.split(".")
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)
