"""Does our reading of a guideline leave anything out, and has its text changed?"""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from uppsikt.policy.adopted_text import cut, normal
from uppsikt.policy.words import N_, Message

# Words that bind in Swedish guidelines, beside the plain "ska".
_DEMAND = re.compile(
    r"""
    \b(?:
        ska(?:ll)?|bör|måste|aldrig|krävs|krav(?:en|et)?|förbjud(?:et|na)|otillåt(?:et|na)
      | får\s(?:\w+\s)?(?:inte|bara|endast|ej)|inte\sfår|ej\sfår|tillåts\sinte
      | behöver|behövs|gäller|rekommenderas|uppmanas|uppmuntrar|tidsfrist
      | ansvarar|ansvarig(?:a)?\sför|har\s(?:\w+\s){0,2}ansvar(?:et)?|beslutanderätt
      | skyldig(?:a|het|heter)?|åligger|ankommer\spå|upp\still\s\S+\satt\sbesluta
      | har\svi\ssom\sregel|hör\sinte\shemma|står\sför|se\still|ser\still
      | det\s(?:är|ska\svara)\sviktigt|går\sdet\satt|utifrån
      | hänvisas|besvaras|godkänns|diarieförs|registreras|raderas
    )\b
    | ^(?:samt|inte\sheller|undvik|använd|fråga|svara|informera|tacka|tänk\spå|skriv
        |anmäl|kontakta|radera|spara|publicera|håll|följ|ta|gör|låt|ge|be)\b
    | ^vi\s\w+r\b                     # "Vi följer …": what we do is what we shall do
    | \b(?!har\b)\w+r\svi\b           # "Frågor besvarar vi …"
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What frees somebody from a demand, or lets him, is none.
_FREES = re.compile(
    r"\b(?:inte\s(?:\w+\s)?behöver|behöver\s(?:\w+\s)?inte|inte\s(?:\w+\s)?krävs"
    r"|krävs\s(?:\w+\s)?inte|(?:kan|får)\s(?:besvaras|registreras|raderas|godkännas))\b",
    re.IGNORECASE,
)


_MARK = re.compile(r"([0-9a-f]{64}) (\d+(?:\.\d+)*) ([d-])")


class BadFingerprints(ValueError):
    """A line in a list of fingerprints cannot be read."""

    def __init__(self, number: int, line: str) -> None:
        words = N_("Line %(number)d is no fingerprint: “%(line)s”.")
        self.message = Message(words, {"number": number, "line": line})
        super().__init__(str(self.message))


class Mark(NamedTuple):
    """What is left of a sentence when its words may not be shipped."""

    fingerprint: str
    section: str
    demanding: bool

    def __str__(self) -> str:
        return f"{self.fingerprint} {self.section} {'d' if self.demanding else '-'}"


class Changes(NamedTuple):
    """The sentences that are new in a text, and the fingerprints that are gone."""

    new: list[str]
    gone: list[str]


def sentences(text: str) -> list[str]:
    """Return the sentences of an adopted text, in order: see `adopted_text.cut`."""
    return [each.text for each in cut(text)]


def demanding(sentence: str) -> bool:
    """Tell whether `sentence` demands something: rather once too often than not.

    Where a demand has no word that shows it, no reading of words will find it.
    """
    return bool(_DEMAND.search(_FREES.sub("", sentence)))


def fingerprint(sentence: str) -> str:
    """Return the SHA-256, in hex, of `sentence` with white space and signs unified."""
    return hashlib.sha256(normal(sentence).encode()).hexdigest()


def hits(anchor: str, sentence: str) -> bool:
    """Tell whether the words of `anchor` stand in `sentence`, whole and in order."""
    words = normal(anchor).casefold()
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    return bool(words) and bool(re.search(pattern, normal(sentence).casefold()))


def unanswered(sentences: Iterable[str], anchors: Iterable[str]) -> list[str]:
    """Return each demanding sentence that no anchor hits."""
    known = list(anchors)
    return [
        each
        for each in sentences
        if demanding(each) and not any(hits(anchor, each) for anchor in known)
    ]


def changed(fingerprints_then: Iterable[str], text_now: str) -> Changes:
    """Return what is new in `text_now`, and which fingerprints no longer occur."""
    then = dict.fromkeys(fingerprints_then)
    now = {fingerprint(each): each for each in sentences(text_now)}
    new = [each for mark, each in now.items() if mark not in then]
    return Changes(new, [mark for mark in then if mark not in now])


def marks(text: str) -> list[Mark]:
    """Return a mark for each sentence of an adopted text, in order."""
    return [
        Mark(fingerprint(each.text), each.section, demanding(each.text))
        for each in cut(text)
    ]


def read_marks(text: str) -> list[Mark]:
    """Return the marks in `text`, one a line; `#` begins a comment.

    Raises BadFingerprints, naming the line.
    """
    lines = enumerate(text.splitlines(), 1)
    return [_mark(number, line) for number, line in lines if line.split("#")[0].strip()]


def _mark(number: int, line: str) -> Mark:
    found = _MARK.fullmatch(line.split("#", maxsplit=1)[0].strip())
    if not found:
        raise BadFingerprints(number, line)
    return Mark(found[1], found[2], found[3] == "d")
