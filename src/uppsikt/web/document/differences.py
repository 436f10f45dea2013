"""What a proposal changes, put in words, section by section."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models import ROLE_LABELS
from uppsikt.policy.difference import Change, Kind
from uppsikt.policy.roles import Role
from uppsikt.web import guideline
from uppsikt.web.guideline import MOVES

KINDS: Final[Mapping[Kind, object]] = {
    Kind.HEAD: _("The document"),
    Kind.PARAMETER: _("Value"),
    Kind.CONTROL: _("Demand"),
    Kind.MOVE: _("Who may do what"),
    Kind.RIGHT: _("Who may do what"),
    Kind.GROUND: _("Ground for removal"),
    Kind.FEATURE: _("Feature"),
    Kind.BEYOND: _("Nothing a program can see"),
}
FIELDS: Final[Mapping[str, object]] = {
    "value": _("Value"),
    "says": _("Says"),
    "section": _("Section"),
    "roles": _("Who"),
    "not_by": _("Not by who made"),
    "force": _("Force"),
    "check": _("Measured by"),
    "args": _("With"),
    "fact": _("Attested"),
    "attested_by": _("Attested by"),
    "every": _("Asked again every"),
    "gates": _("Stands before"),
    "demands": _("Answers"),
    "anchor": _("Found by the words"),
    "applies": _("Applies to"),
    "about": _("Asked of"),
    "why": _("Reason"),
    "exemptible": _("Can be set aside"),
    "own_choice": _("Own choice"),
    "source": _("Source"),
    "label": _("Name"),
    "motive": _("Motive"),
    "target": _("Time to remove"),
    "at": _("Day"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a changed row, before and after, as people say it."""

    name: object
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A changed row, in words."""

    kind: object
    says: str
    change: Change
    lines: tuple[Line, ...]


def by_section(changes: Iterable[Change]) -> list[tuple[str, list[Shown]]]:
    """Return the changes in the order of the sections, the document's own first."""
    rows = sorted(changes, key=lambda c: (c.section != "", guideline.order(c.section)))
    grouped = groupby(rows, key=lambda c: c.section)
    return [(number, [_shown(c) for c in group]) for number, group in grouped]


def _shown(change: Change) -> Shown:
    lines = (
        Line(FIELDS.get(f.name, f.name), _said(f.before), _said(f.after))
        for f in change.fields
    )
    return Shown(KINDS[change.kind], _says(change), change, tuple(lines))


def _says(change: Change) -> str:
    if change.kind is Kind.MOVE and change.name in MOVES:
        kind, move = MOVES[change.name]
        return f"{kind}: {move.label}"
    return change.says


def _said(value: object) -> str:
    """Return what a field holds as people say it; nothing is a dash."""
    match value:
        case None | "" | () | []:
            said = "–"
        case Role():
            said = str(ROLE_LABELS[value])
        case tuple():
            said = ", ".join(_said(one) for one in value)
        case bool() | int() | str() | list() | dict():
            said = guideline.said(value)
        case _:
            said = str(value)
    return said
