"""Find advertising, lures and chain letters by what they say together.

Each phrase gives points to its kind (a loan, a prize, a sale, hurry); a link or a price
adds one. Three points make a signal: what a citizen says of prices and links has fewer.
"""

import re
from collections.abc import Iterator
from typing import Final

from uppsikt.checks.text.fold import fold
from uppsikt.checks.text.lexicon import read_rows
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
ENOUGH: Final = 3
CERTAIN: Final = 5
LIKELY, SURE = 0.7, 0.9
NOT: Final = "not"

WORD = re.compile(r"\w+")
APART = re.compile(r"(?<!\w)\w(?: \w){3,}(?!\w)")
LETTERS_AS_DIGITS = re.compile(r"(?<=[a-zåäö])[10](?=[a-zåäö])")
AS_LETTER = {"1": "l", "0": "o"}
LINK = re.compile(
    r"https?://|www\.|\b[\w-]{2,}\.(?:com|net|org|info|example|shop|store|xyz|site|top)\b"
)
PRICE = re.compile(r"\d ?(?:kr\b|kronor|spänn|:-|%|€|\$)|\b\d[\d ]{3,} ?kr")


def find_spam(text: str) -> Signal | None:
    """Return a signal when `text` sells, lures or wants to be passed on. Linear."""
    plain, disguised = _undisguised(fold(text).text)
    points = _points(WORD.findall(plain))
    if not points or NOT in points:
        return None
    extra = bool(LINK.search(plain)) + bool(PRICE.search(plain)) + disguised
    total = sum(points.values()) + extra
    if total < ENOUGH or max(points.values()) == 1:
        return None
    certainty = SURE if total >= CERTAIN else LIKELY
    message = Message(N_("It looks like advertising or a lure."))
    return Signal("spam", VERSION, (0, len(text)), certainty, message, "advertising")


def _undisguised(text: str) -> tuple[str, bool]:
    """Put together letters that stand apart, and read digits inside words."""
    plain = APART.sub(lambda found: found.group().replace(" ", ""), text)
    plain = LETTERS_AS_DIGITS.sub(lambda found: AS_LETTER[found.group()], plain)
    return plain, plain != text


def _points(words: list[str]) -> dict[str, int]:
    """Return each kind's points, by its strongest phrase among the words."""
    points: dict[str, int] = {}
    for place, word in enumerate(words):
        for phrase, kind, worth in _phrases_from(word):
            near = words[place + 1 : place + len(phrase)]
            if _fits(phrase[1:], near) and worth > points.get(kind, 0):
                points[kind] = worth
    return points


def _phrases_from(word: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
    yield from PHRASES.get(word, ())
    for size in PREFIX_SIZES:
        if len(word) >= size and word[:size] in PREFIXES:
            yield from PREFIXES[word[:size]]


def _fits(phrase: tuple[str, ...], words: list[str]) -> bool:
    return len(phrase) == len(words) and all(map(_same, phrase, words))


def _same(pattern: str, word: str) -> bool:
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return pattern in ("_", word)


Phrases = dict[str, list[tuple[tuple[str, ...], str, int]]]


def _read() -> tuple[Phrases, Phrases]:
    """Return the phrases by their first word, whole and open at the end."""
    whole: Phrases = {}
    open_: Phrases = {}
    for points, kind, phrase in read_rows("spam.txt"):
        words = tuple(phrase.split())
        shelf = open_ if words[0].endswith("*") else whole
        shelf.setdefault(words[0].rstrip("*"), []).append((words, kind, int(points)))
    return whole, open_


PHRASES, PREFIXES = _read()
PREFIX_SIZES = tuple(sorted({len(word) for word in PREFIXES}))
