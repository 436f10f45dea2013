"""Guideline files: is this one, does it leave anything out, and from when it holds."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from uppsikt.policy import coverage
from uppsikt.policy.adopted_text import cut
from uppsikt.web.commands.guideline_faults import Unfit, read
from uppsikt.web.commands.saying import say, say_json
from uppsikt.web.commands.stops import ASKED_WRONGLY, NOT_WELL, Stop

_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Wish:
    """A file that shall hold: who decided so, under which number, from which day."""

    file: Path
    decided_by: str
    number: str
    starts_on: datetime | None
    changed: str = ""


def check(path: Path, *, as_json: bool) -> int:
    """Say what is wrong with a guideline file and return the exit code."""
    faults = _faults(path)
    if as_json:
        say_json({"file": path.name, "fit": not faults, "faults": faults})
    else:
        for fault in faults:
            say(fault)
        say(_verdict(path, faults))
    return NOT_WELL if faults else 0


def cover(path: Path, text: Path, *, as_json: bool) -> int:
    """Say which demands of an adopted text the file leaves out; return the code."""
    try:
        anchors = list(read(path).anchors())
    except Unfit as unfit:
        raise Stop("\n".join(unfit.faults), code=NOT_WELL) from unfit
    sentences = cut(_read_text(text))
    demands = [each for each in sentences if coverage.demanding(each.text)]
    left = set(coverage.unanswered([d.text for d in demands], anchors))
    by_section: dict[str, list[str]] = defaultdict(list)
    for each in demands:
        if each.text in left:
            by_section[each.section].append(each.text)
    missing = sum(map(len, by_section.values()))
    if as_json:
        told = {"sentences": len(sentences), "demands": len(demands)}
        say_json({**told, "unanswered": missing, "by_section": by_section})
    else:
        _say_sections(by_section)
        say(
            f"{len(sentences)} meningar, {len(demands)} krav, {missing} utan svar i "
            f"{path.name}."
        )
    return NOT_WELL if missing else 0


def adopt(wish: Wish, at: datetime) -> str:
    """Take a guideline file into force and return what was done, in words.

    Raises:
        Stop: the file has faults, each named, or the day lies too early.
    """
    from uppsikt.governance import adopting
    from uppsikt.web.commands.preparing import OPERATOR

    if faults := _faults(wish.file):
        raise Stop("\n".join([*faults, _verdict(wish.file, faults)]), code=NOT_WELL)
    decision = adopting.Decision(
        wish.decided_by, wish.number, _start(wish, at), wish.changed
    )
    try:
        adopted = adopting.adopt(wish.file, decision, actor=OPERATOR, at=at)
    except adopting.Unexplained as missing:
        text = "Skriv med --changed vad som är nytt mot den version som gäller nu."
        raise Stop(text, code=ASKED_WRONGLY) from missing
    except adopting.OversightOff as off:
        text = (
            "Filen ersätter daglig uppsikt med anmälan (oversight_days). Det kräver "
            "att dataskyddsombudet först har beslutat det (dataskyddsförordningen "
            "artikel 5 och 24, EU-domstolen C-492/23)."
        )
        raise Stop(text, code=ASKED_WRONGLY) from off
    except adopting.BadNumber as odd:
        text = f"{odd} ser inte ut som ett diarienummer (diary_pattern i filen)."
        raise Stop(text, code=ASKED_WRONGLY) from odd
    except adopting.TooEarly as early:
        raise Stop(
            "Det som redan är gjort följer den riktlinje som gällde då. Välj en dag "
            f"efter {_said(early.earliest)}, eller utelämna --from.",
            code=ASKED_WRONGLY,
        ) from early
    since = _said(adopted.starts_at)
    return f"{wish.file.name} gäller från {since}. Filen är sparad så som den är nu."


def _said(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d kl. %H.%M}"


def _start(wish: Wish, at: datetime) -> datetime:
    """Return the moment at which the wished day begins; today begins now."""
    today = timezone.localtime(at).date()
    if wish.starts_on is None or wish.starts_on.date() == today:
        return at
    return timezone.make_aware(wish.starts_on)


def _faults(path: Path) -> list[str]:
    if not path.is_file():
        raise Stop(f"Det finns ingen fil {path}.", code=ASKED_WRONGLY)
    try:
        read(path)
    except Unfit as unfit:
        return unfit.faults
    return []


def _verdict(path: Path, faults: list[str]) -> str:
    if not faults:
        return f"{path.name} går att använda som riktlinje."
    return f"{path.name} går inte att använda: {len(faults)} fel."


def _say_sections(by_section: dict[str, list[str]]) -> None:
    for section, left in by_section.items():
        say(f"Avsnitt {section}: {len(left)} krav utan svar")
        for sentence in left:
            shown = sentence if len(sentence) <= _SHOWN else sentence[:_SHOWN] + " …"
            say(f"  {shown}")


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        text = f"{path.name} är ingen text i UTF-8 (tecken {fault.start})."
        raise Stop(text, code=ASKED_WRONGLY) from fault
