"""Fold a text to plain lower-case letters, and remember where each one stood.

People write the same word with other alphabets' letters, accents, full-width forms
and invisible characters between; a reader sees one word, and so must the word list.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from uppsikt.checks.text.lexicon import read_rows

KEPT = "åäö"
LATIN_WITH_MARKS = range(0xC0, 0x250)
LOOKALIKE_FORMS = chain(
    range(0x24B6, 0x24EA), range(0xFF01, 0xFF5F), range(0x1D400, 0x1D800)
)
INVISIBLE = re.compile(
    "[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
FOREIGN_WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile("[a-zåäö]")
ELSEWHERE = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@[\w.-]+(?:@[\w.-]+)?", re.I)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `at[i]` is where letter `i` stood, None when all stand still."""

    text: str
    at: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original text of a span in the folded one."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1


@lru_cache(maxsize=8)
def fold(text: str) -> Folded:
    """Return `text` in lower-case Swedish letters, look-alikes replaced. Linear."""
    if text.isascii():
        return Folded(text.lower())
    whole = Folded(text)
    if INVISIBLE.search(text):
        whole = _without_invisible(text)
    plain = whole.text.replace("İ", "I").lower().translate(SAME_LETTER)
    if FOREIGN.search(plain):
        plain = FOREIGN_WORD.sub(_mixed_word, plain)
    return Folded(plain, whole.at)


def without_addresses(text: str) -> str:
    """Return `text` with web addresses and account names blanked, equally long."""
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return text
    return ELSEWHERE.sub(lambda found: " " * len(found.group()), text)


def _without_invisible(text: str) -> Folded:
    """Drop invisible characters, but let a mark that makes å, ä or ö stay in it."""
    letters: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(text):
        if not INVISIBLE.match(letter):
            letters.append(letter)
            at.append(place)
        elif letters and unicodedata.combining(letter):
            letters[-1] = _marked(letters[-1], letter)
    return Folded("".join(letters), tuple(at))


def _marked(letter: str, mark: str) -> str:
    one = unicodedata.normalize("NFC", letter + mark)
    return one if len(one) == 1 else letter


def _mixed_word(found: re.Match[str]) -> str:
    """Read look-alike letters as Latin only in a word that also has Latin letters."""
    word = found.group()
    return word.translate(LOOKALIKE) if LATIN.search(word) else word


def _same_letter() -> dict[int, str]:
    """Map accented, full-width and ornamental letters to the plain letter."""
    table = {ord("ø"): "ö", ord("æ"): "ä"}
    for code in chain(LATIN_WITH_MARKS, LOOKALIKE_FORMS):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if chr(code).lower() not in KEPT and base.isascii():
            table[code] = base
    return table


SAME_LETTER = _same_letter()
LOOKALIKE = {ord(row[0]): row[1] for row in read_rows("homoglyphs.txt")}
