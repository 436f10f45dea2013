"""What is wrong with a guideline file: each fault in Swedish, by its place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from uppsikt import checks
from uppsikt.channels.life import ChannelLife
from uppsikt.inbox.life import ItemLife
from uppsikt.moderation.life import CaseLife
from uppsikt.policy import facts, guideline
from uppsikt.policy.clocks import Span, UnknownSpan
from uppsikt.policy.guideline import Broken, Control, Guideline
from uppsikt.policy.lifecycle import Lifecycle
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.policy.recurrence import Every
from uppsikt.policy.workdays import BadCalendar
from uppsikt.sending.life import OutgoingLife

LIVES: Final[Sequence[type[Lifecycle]]] = (
    ChannelLife,
    ItemLife,
    OutgoingLife,
    CaseLife,
)

_KINDS: Final[Mapping[str, str]] = {
    "missing": "saknas",
    "extra_forbidden": "finns inte i en riktlinje; är det felstavat?",
    "enum": "är inget av de värden som går",
    "string_type": "ska vara en text",
    "int_type": "ska vara ett heltal",
    "bool_type": "ska vara true eller false",
    "tuple_type": "ska vara en lista",
    "list_type": "ska vara en lista",
    "dict_type": "ska vara en tabell",
    "model_type": "ska vara en tabell",
    "date_type": "ska vara ett datum",
    "date_from_datetime_parsing": "ska vara ett datum som 2026-03-02",
    "too_short": "får inte vara tom",
    "string_too_short": "får inte vara tom",
}
_TOML = re.compile(r"(?P<what>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)")


def read(path: Path) -> Guideline:
    """Return the guideline in `path`.

    Raises:
        Unfit: with every fault, in Swedish.
    """
    try:
        read = guideline.load(path)
    except Broken as broken:
        raise Unfit(list(_told(broken))) from broken
    if found := list(_mismatches(read)):
        raise Unfit(found)
    return read


class Unfit(Exception):
    """The file cannot be used as a guideline. `faults` are sentences in Swedish."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def _told(broken: Broken) -> Iterator[str]:
    """Tell why the file could not be read, field by field where that is known."""
    if isinstance(broken.__cause__, ValidationError):
        for fault in broken.__cause__.errors():
            where = ".".join(str(part) for part in fault["loc"])
            said = _KINDS.get(fault["type"], f"går inte att använda ({fault['msg']})")
            yield f"{where}: {said}."
        return
    for told in broken.faults:
        yield _of_toml(told)


def _of_toml(told: str) -> str:
    if found := _TOML.fullmatch(told):
        where = f"Rad {found['line']}, tecken {found['column']}"
        return f"{where}: filen är inte giltig TOML ({found['what']})."
    return told


def _mismatches(read: Guideline) -> Iterator[str]:
    """Yield what the file names and nobody has, and what nobody names."""
    for kind, ids in _ids(read):
        for one in sorted({i for i in ids if ids.count(i) > 1}):
            yield f"{kind} {one} finns två gånger."
    for control in read.control:
        yield from _of_control(read, control)
    yield from _of_moves(read)
    yield from _of_parameters(read)


def _ids(read: Guideline) -> Iterator[tuple[str, list[str]]]:
    yield "Kontrollen", [c.id for c in read.control]
    yield "Övergången", [m.id for m in read.move]
    yield "Grunden", [g.code for g in read.ground]


def _of_control(read: Guideline, control: Control) -> Iterator[str]:
    name = f"Kontrollen {control.id}"
    if bool(control.check) == bool(control.fact):
        yield f"{name} ska ha antingen check (mäts) eller fact (intygas)."
    if control.check and control.check not in checks.CHECKS[control.about]:
        yield f"{name} vill mäta med {control.check}, som inte finns."
    if control.fact and control.fact not in facts.FACTS:
        yield f"{name} intygar {control.fact}, som programmet inte känner till."
    if control.fact and not control.attested_by:
        yield f"{name} säger inte vem som intygar (attested_by)."
    for parameter in (*control.args.values(), control.every, control.remind):
        if parameter and parameter not in read.parameters:
            yield f"{name} nämner parametern {parameter}, som saknas."
    for move in set(control.gates) - _known_moves():
        yield f"{name} står före {move}, som inte finns."


def _known_moves() -> set[str]:
    return {str(move) for life in LIVES for move in life.moves.values()}


def _of_moves(read: Guideline) -> Iterator[str]:
    named = {rule.id for rule in read.move}
    for move in sorted(_known_moves() - named):
        yield f"Övergången {move} saknas: riktlinjen måste säga vem som får göra den."
    for move in sorted(named - _known_moves()):
        yield f"Övergången {move} finns inte i programmet."
    for rule in read.move:
        for other in sorted(set(rule.not_by) - _known_moves()):
            yield f"Övergången {rule.id} utesluter {other}, som inte finns."


SPANS: Final = (
    "first_response",
    "full_response",
    "registration_target",
)
INTERVALS: Final = ("oversight_interval",)
TEXTS: Final = (
    "diary_series",
    "diary_format",
    "diary_pattern",
    "standard_text",
    "notice_text",
)
NUMBERS: Final = ("min_access_holders", "send_delay", "claim_minutes")


def _of_parameters(read: Guideline) -> Iterator[str]:
    needed = (*SPANS, *INTERVALS, *TEXTS, *NUMBERS, "answer_approval", "purposes")
    for name in sorted({*needed, "working_calendar"} - set(read.parameters)):
        yield f"Parametern {name} saknas."
    for name in {*SPANS, *(g.target for g in read.ground)} & set(read.parameters):
        yield from _unread(read, name, Span.parse)
    for name in {*INTERVALS, *(c.every for c in read.control)} & set(read.parameters):
        yield from _unread(read, name, Every.parse)
    for name in sorted({g.target for g in read.ground} - set(read.parameters)):
        yield f"Parametern {name} saknas, men en grund för borttagning nämner den."
    yield from _of_calendar(read)


def _unread(
    read: Guideline, name: str, parse: Callable[[str], object]
) -> Iterator[str]:
    value = read.parameters[name].value
    try:
        parse(str(value))
    except UnknownSpan:
        yield f"Parametern {name}: ”{value}” är ingen tid som går att tolka."
    except ValueError:
        yield f"Parametern {name}: ”{value}” är inget intervall som går att tolka."


def _of_calendar(read: Guideline) -> Iterator[str]:
    if "working_calendar" not in read.parameters:
        return
    try:
        hours = OfficeHours.model_validate(read.value("working_calendar"))
        hours.calendar()
    except (ValidationError, BadCalendar) as fault:
        first = str(fault).partition("\n")[0]
        yield f"Parametern working_calendar går inte att använda ({first})."
