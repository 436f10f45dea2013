"""What is wrong with a guideline file: each fault in Swedish, by its place."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from uppsikt import checks
from uppsikt.checks import people
from uppsikt.policy import escalation, facts, guideline
from uppsikt.policy.clocks import Span, UnknownSpan
from uppsikt.policy.guideline import Broken, Control, Guideline
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.policy.recurrence import Every
from uppsikt.policy.roles import Right
from uppsikt.policy.watch_days import WatchDays
from uppsikt.policy.watch_scope import Part
from uppsikt.policy.workdays import BadCalendar
from uppsikt.web.lives import LIVES

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
_NAMES_GROUNDS: Final = re.compile(rb"^grounds[ \t]*=", re.MULTILINE)
_NOT_WHOLE: Final = (
    "Filen hänvisar till en annan fil med grunder. Hämta den version som gäller, som "
    "är hel, och ändra i den."
)
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
    return _matching(read)


def fit(data: bytes) -> Guideline:
    """Return the guideline in `data`, a whole file that names no other.

    Raises:
        Unfit: with every fault, in Swedish.
    """
    if _NAMES_GROUNDS.search(data):
        raise Unfit([_NOT_WHOLE])
    try:
        read = guideline.parse(data)
    except Broken as broken:
        raise Unfit(list(_told(broken))) from broken
    return _matching(read)


def _matching(read: Guideline) -> Guideline:
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
    yield "Rättigheten", [r.id for r in read.right]
    yield "Grunden", [g.code for g in read.ground]


def _of_control(read: Guideline, control: Control) -> Iterator[str]:
    name = f"Kontrollen {control.id}"
    if not (control.check or control.fact):
        yield f"{name} ska ha check (mäts), fact (intygas) eller båda."
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
    yield from _of_args(read, control)


def _of_args(read: Guideline, control: Control) -> Iterator[str]:
    """Yield what a check cannot use: too few values, or a value of another kind."""
    check = checks.CHECKS[control.about].get(control.check)
    if check is None:
        return
    wanted = checks.wanted(check)
    if set(control.args) != set(wanted):
        names = ", ".join(sorted(wanted)) or "inga"
        yield f"Kontrollen {control.id}: {control.check} tar {names} (args)."
        return
    for argument, name in control.args.items():
        if name in read.parameters:
            if not _is_of(read.value(name), kind := wanted[argument]):
                yield f"Parametern {name} ska vara {_IN_WORDS.get(kind, kind)}."
            else:
                yield from _of_time(read, name, control.check, argument)


def _of_time(read: Guideline, name: str, check: str, argument: str) -> Iterator[str]:
    """Yield what cannot be counted with, of an argument that says how long."""
    if argument in _ARE_INTERVALS:
        by_clock = check in _BY_CLOCK
        yield from _unread(read, name, Span.parse if by_clock else Every.parse)
    elif argument == "days" and not 0 < read.number(name) <= _MOST_DAYS:
        yield f"Parametern {name} ska vara mellan 1 och {_MOST_DAYS} dagar."


def _is_of(value: object, kind: object) -> bool:
    if kind == list[str]:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return type(value) is kind or kind not in _IN_WORDS


_ARE_INTERVALS: Final = frozenset(
    {"every", "remind", "recheck", "again", "within", "decide", "notice"}
)
# Its `within` is working time, as a clock counts it, and not a number of days.
_BY_CLOCK: Final = frozenset({people.leavers_have_no_access.__name__})
_MOST_DAYS: Final = 3650
_IN_WORDS: Final[Mapping[object, str]] = {
    int: "ett heltal",
    str: "en text",
    bool: "true eller false",
    list[str]: "en lista med texter",
}


def _known_moves() -> set[str]:
    return {str(move) for life in LIVES for move in life.moves.values()}


def _of_moves(read: Guideline) -> Iterator[str]:
    named = {rule.id for rule in read.move}
    for move in sorted(_known_moves() - named):
        yield f"Övergången {move} saknas: riktlinjen måste säga vem som får göra den."
    for move in sorted(named - _known_moves()):
        yield f"Övergången {move} finns inte i programmet."
    for right in sorted(set(Right) - {r.id for r in read.right}):
        yield f"Rättigheten {right} saknas: riktlinjen måste säga vem som har den."
    for rule in read.move:
        for other in sorted(set(rule.not_by) - _known_moves()):
            yield f"Övergången {rule.id} utesluter {other}, som inte finns."


SPANS: Final = (
    "first_response",
    "crisis_first_response",
    "full_response",
    "registration_target",
    "revoke_within",
    "feedback_answer",
    "message_decision",
    "own_correction",
)
INTERVALS: Final = (
    "guideline_review_interval",
    "oversight_escalation",
    "law_check_interval",
    "guideline_read_within",
    "notice_receipt_within",
    "sample_interval",
    "sample_reminder",
    "sample_review",
)
TEXTS: Final = (
    "oversight_days",
    "takeover_at",
    "diary_series",
    "diary_format",
    "diary_pattern",
    "standard_text",
    "visibility_text",
    "privacy_notice",
    "notice_text",
    "vision_url",
    "records_contact",
    "writing_rules",
    "other_languages",
    "referral_text",
    "safe_channel_text",
)
LISTS: Final = (
    "escalation_first",
    "escalation_full",
    "pause_reasons",
    "oversight_scope",
    "purposes",
    "disposal_categories",
    "word_list",
    "own_sites",
    "sample_points",
)
NUMBERS: Final = (
    "old_thread_days",
    "min_access_holders",
    "send_delay",
    "claim_minutes",
    "sample_size",
    "sample_least_percent",
    "pause_days_at_most",
    "dialogue_answered",
    "dialogue_asking",
)


OTHERS: Final = ("answer_approval", "publish_answer_times", "working_calendar")


def _of_parameters(read: Guideline) -> Iterator[str]:
    needed = {*SPANS, *INTERVALS, *TEXTS, *NUMBERS, *LISTS, *OTHERS}
    for name in sorted(needed - set(read.parameters)):
        yield f"Parametern {name} saknas."
    yield from _of_watch(read)
    for name in {*SPANS, *(g.target for g in read.ground)} & set(read.parameters):
        yield from _unread(read, name, Span.parse)
    again = [c.args.get("again", c.every) for c in read.control]
    for name in {*INTERVALS, *again} & set(read.parameters):
        yield from _unread(read, name, Every.parse)
    for name in sorted({g.target for g in read.ground} - set(read.parameters)):
        yield f"Parametern {name} saknas, men en grund för borttagning nämner den."
    yield from _of_kinds(read)
    yield from _of_calendar(read)


def _of_kinds(read: Guideline) -> Iterator[str]:
    for kind, names in ((str, TEXTS), (int, NUMBERS), (list[str], LISTS)):
        for name in names:
            if name in read.parameters and not _is_of(read.value(name), kind):
                yield f"Parametern {name} ska vara {_IN_WORDS[kind]}."
    yield from _of_steps(read)
    if "diary_pattern" in read.parameters:
        yield from _of_pattern(str(read.value("diary_pattern")))


def _of_steps(read: Guideline) -> Iterator[str]:
    for name in ("escalation_first", "escalation_full"):
        if name in read.parameters and _is_of(read.value(name), list[str]):
            try:
                escalation.steps(read.texts(name))
            except escalation.UnknownStep as fault:
                yield f"Parametern {name}: ”{fault}” är inget steg som går att tolka."


def _of_pattern(pattern: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except re.error as fault:
        yield f"Parametern diary_pattern är inget mönster som går att läsa ({fault})."


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


def _of_watch(read: Guideline) -> Iterator[str]:
    """Yield what no watch can be kept by: unknown days, or an unknown part."""
    days, scope = (read.parameters.get(f"oversight_{x}") for x in ("days", "scope"))
    if days and days.value not in set(WatchDays):
        yield f"Parametern oversight_days ska vara {', '.join(WatchDays)}."
    parts = scope.value if scope and isinstance(scope.value, list) else []
    for name in parts:
        if name not in set(Part):
            yield f"Parametern oversight_scope: ”{name}” är ingen del av en kanal."
