"""Hint where a draft does not speak to the reader as "du", or speaks officialese.

R-6.2-10: the reader is always addressed as "du"; språklagen (2009:600) 11 §: plain
language. Hints only: nothing here ever stops a publication.
"""

import re
from collections.abc import Iterator

from uppsikt.checks.text.lexicon import read_lines, read_rows
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
QUOTED = re.compile(r"[\"”“»][^\"”“»«\n]{1,400}[\"”«]|^>[^\n]*", re.M)
POLITE = re.compile(r"(?<![\w:'-])(?:ni|er|ert|era|eder)(?![\w'-])", re.I)
ERA = re.compile(r"\b(?:en|ny|nya|denna|den|vår|dess|hela|gyllene|förra|sin)\s+$", re.I)


def find_polite_address(text: str) -> Iterator[Signal]:
    """Yield a hint for each "ni" or "er" that is meant for one reader. Linear."""
    for sentence in SENTENCE.finditer(_without_quotes(text)):
        if PLURAL.search(sentence.group()):
            continue
        for found in POLITE.finditer(sentence.group()):
            before = sentence.group()[max(0, found.start() - 12) : found.start()]
            if not (found.group().lower() == "era" and ERA.search(before)):
                yield _hint(found, sentence.start(), before)


def find_officialese(text: str) -> Iterator[Signal]:
    """Yield a hint, with a plainer wording, for each officialese word. Linear."""
    for found in OFFICIALESE.finditer(_without_quotes(text)):
        word = found.group()
        message = Message(
            N_("“%(word)s” is officialese. Try “%(plain)s”."),
            {"word": word, "plain": PLAINER[" ".join(word.lower().split())]},
        )
        yield Signal("text.officialese", VERSION, found.span(), 0.6, message)


def _without_quotes(text: str) -> str:
    return QUOTED.sub(lambda found: " " * len(found.group()), text)


def _hint(found: re.Match[str], offset: int, before: str) -> Signal:
    """Make a hint; a capital inside a sentence is surely the polite form."""
    polite = found.group()[0].isupper() and bool(before.strip())
    message = Message(N_("Address the reader as “du”."))
    span = (offset + found.start(), offset + found.end())
    return Signal("text.not_du", VERSION, span, 0.9 if polite else 0.6, message)


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    escaped = (re.escape(phrase).replace(r"\ ", r"\s") for phrase in longest_first)
    return re.compile(rf"\b(?:{'|'.join(escaped)})\b", re.I)


PLAINER = dict(read_rows("officialese.txt"))
OFFICIALESE = _any_of(list(PLAINER))
PLURAL = _any_of(list(read_lines("plural_address.txt")))
