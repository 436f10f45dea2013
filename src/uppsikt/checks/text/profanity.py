"""Find swear words, obscenities, insults and slurs, also where they are disguised.

Guideline 6.4 (R-6.4-16): swear words and obscene words do not belong on a page that the
municipality runs. The list points; a person removes, and may choose a milder measure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uppsikt.checks.text.disguise import MASKS, MaskedWords, readings
from uppsikt.checks.text.fold import Folded, fold, without_addresses
from uppsikt.checks.text.lexicon import Lexicon, read_rows, squeeze
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
CERTAINTY = {1: 0.3, 2: 0.8, 3: 0.95}
DISGUISED = 0.9
"""Share of the certainty that is left when the word was disguised."""
MESSAGES = {
    "mild": N_("A mild swear word."),
    "swearing": N_("A swear word."),
    "obscenity": N_("An obscene word."),
    "insult": N_("A word that insults a person."),
    "slur": N_("A word that degrades a group of people."),
}
GROUNDS = {
    "mild": "",
    "swearing": "profanity",
    "obscenity": "profanity",
    "insult": "personal_attack",
    "slur": "offensive",
}
MILD = 1
LONGEST_PHRASE = 4

LETTERS = re.compile(r"[^\W\d_]+")
REPEATED = re.compile(r"([^\W\d_])\1\1")
SIGNS = re.compile(rf"[^\W\d_][0-9@$€!|{MASKS}]|[0-9@$€!|{MASKS}][^\W_]")
WITH_SIGNS = re.compile(rf"[^\W_@$€|][\w@$€!|{MASKS}]*(?:[^\W_]|[{MASKS}])|[5@$]\w+")
SPELLED_OUT = re.compile(
    r"(?<![^\W_])[^\W\d_](?:([ ._*-])[^\W\d_])(?:\1[^\W\d_]){1,40}(?![^\W_])"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the word list says of a word: its category and how strong it is (1..3)."""

    category: str
    strength: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a folded text with its span there."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A word or phrase of the list, found in a folded text."""

    entry: Entry
    start: int
    end: int
    share: float = 1.0


def find_profanity(text: str) -> Iterator[Signal]:
    """Yield a signal for each word or phrase of the list in `text`. Linear."""
    folded = fold(without_addresses(text))
    for hit in _hits(folded.text):
        yield _signal(folded, hit)


def _hits(text: str) -> Iterator[Hit]:
    words = [Word(m.group(), m.start(), m.end()) for m in LETTERS.finditer(text)]
    yield from _phrases(words)
    yield from _plain(words)
    if REPEATED.search(text):
        yield from _stretched(words)
    if SIGNS.search(text):
        yield from _with_signs(text)
    yield from _spelled_out(text)


def _plain(words: list[Word]) -> Iterator[Hit]:
    for place, word in enumerate(words):
        entry = LISTED.find(word.text)
        if entry and not _innocent(words, place):
            yield Hit(entry, word.start, word.end)


def _phrases(words: list[Word]) -> Iterator[Hit]:
    for place, word in enumerate(words):
        for phrase, entry in PHRASES.get(word.text, ()):
            last = place + len(phrase)
            if phrase == tuple(w.text for w in words[place:last]):
                yield Hit(entry, word.start, words[last - 1].end)


def _innocent(words: list[Word], place: int) -> bool:
    """Tell whether the word, or a phrase around it, is on the innocent list."""
    if INNOCENT.find(words[place].text):
        return True
    first = max(0, place - LONGEST_PHRASE + 1)
    near = [word.text for word in words[first : place + LONGEST_PHRASE]]
    return any(
        tuple(near[start : start + size]) in INNOCENT_PHRASES
        for start in range(place - first + 1)
        for size in range(place - first + 1 - start, LONGEST_PHRASE + 1)
    )


def _stretched(words: list[Word]) -> Iterator[Hit]:
    """Find words with a letter written three times or more ("faaan")."""
    for word in words:
        if not REPEATED.search(word.text):
            continue
        short = squeeze(word.text)
        entry = SQUEEZED.find(short)
        if entry and not SQUEEZED_INNOCENT.find(short):
            yield Hit(entry, word.start, word.end, DISGUISED)


def _with_signs(text: str) -> Iterator[Hit]:
    """Find words with signs in place of letters ("f4n", "f*n")."""
    for found in WITH_SIGNS.finditer(text):
        entry = _behind_signs(found.group())
        if entry:
            yield Hit(entry, found.start(), found.end(), DISGUISED)


def _behind_signs(word: str) -> Entry | None:
    for reading in readings(word):
        entry = LISTED.find(reading)
        if entry and not INNOCENT.find(reading):
            return entry
    return MASKED.find(word)


def _spelled_out(text: str) -> Iterator[Hit]:
    """Find words whose letters stand apart ("f a n", "f.a.n")."""
    for found in SPELLED_OUT.finditer(text):
        word = found.group()[:: len(found.group(1)) + 1]
        entry = LISTED.find(word) or SQUEEZED.find(squeeze(word))
        if entry and not INNOCENT.find(word):
            yield Hit(entry, found.start(), found.end(), DISGUISED)


def _signal(folded: Folded, hit: Hit) -> Signal:
    kind = "mild" if hit.entry.strength == MILD else hit.entry.category
    return Signal(
        rule=f"profanity.{kind}",
        version=VERSION,
        span=folded.span(hit.start, hit.end),
        certainty=round(CERTAINTY[hit.entry.strength] * hit.share, 2),
        message=Message(MESSAGES[kind]),
        suggests=GROUNDS[kind],
    )


def read_entries() -> list[tuple[str, Entry]]:
    """Return the rows of profanity.txt."""
    return [
        (pattern, Entry(category, int(strength)))
        for pattern, category, strength in read_rows("profanity.txt")
    ]


def _by_first_word(
    rows: Iterable[tuple[str, Entry]],
) -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for pattern, entry in rows:
        if " " in pattern:
            words = tuple(pattern.split())
            phrases.setdefault(words[0], []).append((words, entry))
    return phrases


LISTED: Lexicon[Entry] = Lexicon.of(r for r in read_entries() if " " not in r[0])
PHRASES = _by_first_word(read_entries())
SQUEEZED = LISTED.squeezed()
_INNOCENT_ROWS = [row[0] for row in read_rows("profanity_exceptions.txt")]
INNOCENT: Lexicon[bool] = Lexicon.of((w, True) for w in _INNOCENT_ROWS if " " not in w)
INNOCENT_PHRASES = frozenset(tuple(w.split()) for w in _INNOCENT_ROWS if " " in w)
SQUEEZED_INNOCENT = INNOCENT.squeezed()
MASKED = MaskedWords({w: e for w, e in LISTED.whole.items() if e.strength > MILD})
