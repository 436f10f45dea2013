"""Sign a reply with first name, title and unit, and see that it is signed (R-6.2-7)."""

import re
import unicodedata
from dataclasses import dataclass

from uppsikt.checks.text.lexicon import read_lines
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
LAST_LINES = 4
"""Lines that a signature may be spread over: greeting, name, title, unit."""
LONGEST_LINE = 300
BETWEEN = r"\s*[,|/·\n–-]?\s*"
AFTER = r"(?:\s*[,|/·\n–-]\s*[^\n,]{1,80}){0,2}[.!]?\s*"


class NoTitle(ValueError):
    """A signature was made without a title."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: first name, title and, if wanted, the unit.

    An employee with protected identity signs with the function alone: no first name.
    """

    first_name: str
    title: str
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise NoTitle

    def as_line(self) -> str:
        """Return "Anna, bibliotekarie, Tyresö bibliotek"."""
        parts = (
            " ".join(part.split()) for part in (self.first_name, self.title, self.unit)
        )
        return ", ".join(part for part in parts if part)


def is_signed(text: str, signature: Signature) -> bool:
    """Tell whether the last lines of `text` are first name and title (R-6.2-7).

    Any unit may follow; a slash or a closing ("Hälsningar") may stand before.
    """
    who = [part for part in (signature.first_name, signature.title) if part.strip()]
    pattern = rf"{_before()}{BETWEEN.join(map(_loosely, who))}{AFTER}\Z"
    return re.search(pattern, _ending(text)) is not None


def check_signature(text: str, signature: Signature) -> Signal | None:
    """Return a signal when a reply is not signed, else None."""
    if is_signed(text, signature):
        return None
    message = Message(
        N_("Sign with first name and title: %(line)s"), {"line": signature.as_line()}
    )
    return Signal("response.unsigned", VERSION, (len(text), len(text)), 1.0, message)


def _ending(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(_plain(line[-LONGEST_LINE:]) for line in lines[-LAST_LINES:])


def _loosely(part: str) -> str:
    """Match the words of a name or title with any space between them."""
    return r"\s+".join(map(re.escape, _plain(part).split()))


def _before() -> str:
    closings = "|".join(_loosely(line) for line in read_lines("closings.txt"))
    return rf"(?:^|\n|/\s*|[.!?]\s+|[–~-]\s*|\b(?:{closings})[,!.]?\s+)"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
