"""What the words of a comment stand for: each word has classes and a severity.

The lists are rows of `pattern ; CLASSES ; severity` in `data/abuse/`. A pattern is a
word; `~` with the name of an inflection (endings.txt) stands for its Swedish forms, `*`
before or after it for any letters. Severity 1 is mild, 2 plain, 3 gross; a word without
one only helps to read a sentence. Looking a word up is a bounded number of dictionary
look-ups, and the answer is remembered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from uppsikt.checks.text.lexicon import read_groups, read_rows, squeeze

FILES = (
    "innocent",
    "grammar",
    "people",
    "swearing",
    "insults",
    "groups",
    "slurs",
    "contempt",
    "harm",
    "damage",
    "sexual",
)
INNOCENT, NAME, ANY = "INNOCENT", "NAME", "ANY"
STEM, DEGRADES, SLUR = "GROUPSTEM", "DEGRADES", "SLUR"
KNOWN = (NAME, ANY, INNOCENT, STEM, DEGRADES, SLUR, "DENIAL")
GROSS = 3
LONGEST_WORD = 40
"""Letters of a word that are looked at; Swedish compounds rarely pass 30."""
LONGEST_STEM = 18
"""Letters of a beginning or an end of the lists."""
REMEMBERED = 30_000
HIDDEN = 2
"""Severity from which a word is also looked for misspelt or hidden."""
SHORTEST_MISSPELT = 5
FEWEST_DOUBLED = 2


class Entry(NamedTuple):
    """What a word stands for: its classes as bits, how grave, and if in disguise."""

    classes: int = 0
    severity: int = 0
    disguised: bool = False


NOTHING = Entry()


@dataclass(slots=True)
class Vocabulary:
    """Word patterns and what each of them stands for."""

    bits: dict[str, int] = field(default_factory=dict)
    whole: dict[str, Entry] = field(default_factory=dict)
    starts: dict[str, Entry] = field(default_factory=dict)
    ends: dict[str, Entry] = field(default_factory=dict)
    inside: dict[str, Entry] = field(default_factory=dict)
    sounds: dict[str, Entry] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[list[str]]) -> "Vocabulary":
        """Build a vocabulary of (pattern, classes, severity) rows."""
        made = cls({name: 1 << place for place, name in enumerate(KNOWN)})
        for pattern, classes, *severity in rows:
            entry = Entry(made._mask(classes), int(severity[0]) if severity else 0)
            made._add(pattern, entry)
        made._hear()
        return made

    def bit(self, name: str) -> int:
        """Return the bit of a class; a class that no word has is a mistake."""
        return self.bits[name]

    def name(self, words: frozenset[str]) -> int:
        """Return a class of its own for `words` that a rule names; before any read."""
        key = "|".join(sorted(words))
        if key not in self.bits:
            bit = self._mask(key)
            for word in words:
                self.named[word] = self.named.get(word, 0) | bit
        return self.bits[key]

    def find(self, word: str) -> Entry:
        """Return what `word` stands for, as written or as it sounds."""
        entry = self._as_written(word[:LONGEST_WORD])
        if entry is None:
            entry = self._as_heard(word)
        if entry.classes & self.bits[INNOCENT]:
            entry = NOTHING
        named = self.named.get(word, 0)
        return entry._replace(classes=entry.classes | named) if named else entry

    def listed(self, word: str) -> Entry:
        """Return what `word` stands for exactly as written."""
        entry = self._as_written(word[:LONGEST_WORD]) or NOTHING
        return NOTHING if entry.classes & self.bits[INNOCENT] else entry

    def _as_written(self, word: str) -> Entry | None:
        """Return the most exact: the whole word, else its beginning and its end."""
        if word in self.whole:
            return self.whole[word]
        found = [self._start(word), self._end(word), *self._inside(word)]
        entries = [entry for entry in found if entry]
        return self._compound(_both(*entries)) if entries else None

    def _compound(self, entry: Entry) -> Entry:
        """Read a compound that begins with a group and ends by degrading it."""
        if not (
            entry.classes & self.bits[STEM] and entry.classes & self.bits[DEGRADES]
        ):
            return entry
        return Entry(entry.classes | self.bits[SLUR], GROSS)

    def _start(self, word: str) -> Entry | None:
        for size in range(min(len(word), LONGEST_STEM), 1, -1):
            if word[:size] in self.starts:
                return self.starts[word[:size]]
        return None

    def _end(self, word: str) -> Entry | None:
        for size in range(min(len(word), LONGEST_STEM), 1, -1):
            if word[-size:] in self.ends:
                return self.ends[word[-size:]]
        return None

    def _inside(self, word: str) -> Iterator[Entry]:
        return (entry for stem, entry in self.inside.items() if stem in word)

    def _as_heard(self, word: str) -> Entry:
        """Read a misspelt word ("hälvete", "idijot") and one of doubles ("ffaann")."""
        short = squeeze(word)
        if len(word) - len(short) >= FEWEST_DOUBLED and short in self.whole:
            return self.whole[short]._replace(disguised=True)
        if len(word) < SHORTEST_MISSPELT:
            return NOTHING
        return self.sounds.get(sound(word), NOTHING)

    def _mask(self, classes: str) -> int:
        mask = 0
        for name in classes.split():
            mask |= self.bits.setdefault(name, 1 << len(self.bits))
        return mask

    def _add(self, pattern: str, entry: Entry) -> None:
        before, after = pattern.startswith("*"), pattern.endswith("*")
        word = pattern.strip("*")
        shelf = self.inside if before and after else self.starts if after else None
        if len(word) > LONGEST_STEM and (before or after):
            raise ValueError(pattern)
        if shelf is not None:
            shelf[word] = _both(entry, shelf.get(word, NOTHING))
            return
        shelf = self.ends if before else self.whole
        for form in forms(word):
            shelf[form] = _both(entry, shelf.get(form, NOTHING))

    def _hear(self) -> None:
        """Store by their sound the words that people misspell or write without dots."""
        for word, entry in self.whole.items():
            if entry.severity < HIDDEN or len(word) < SHORTEST_MISSPELT:
                continue
            for spelt in (word, word.translate(UNDOTTED), word.translate(TWO_LETTERS)):
                if self._as_written(spelt) in (None, entry):
                    self.sounds.setdefault(sound(spelt), entry._replace(disguised=True))


def _both(*entries: Entry) -> Entry:
    mask = severity = 0
    for entry in entries:
        mask |= entry.classes
        severity = max(severity, entry.severity)
    return Entry(mask, severity)


def forms(word: str) -> list[str]:
    """Return the inflected forms of `stem~name`, or the word alone."""
    stem, tilde, name = word.partition("~")
    return [stem + ending for ending in inflections()[name]] if tilde else [word]


@cache
def inflections() -> Mapping[str, tuple[str, ...]]:
    """Return the endings of each inflection in endings.txt; "-" is no ending."""
    groups = read_groups("abuse/endings.txt")
    return {
        kind.removeprefix("~"): tuple(end.removeprefix("-") for end in line.split())
        for kind, (line,) in groups.items()
    }


def sound(word: str) -> str:
    """Return a word as it is heard: no doubled letters, one sign for each sound."""
    short = squeeze(word.translate(HEARD))
    for written, heard in (("ij", "i"), ("dj", "j"), ("gj", "j"), ("ph", "f")):
        short = short.replace(written, heard)
    return squeeze(short)


HEARD = str.maketrans({"ä": "e", "w": "v", "q": "k", "z": "s", "c": "k", "x": "ks"})
UNDOTTED = str.maketrans("åäö", "aao")
TWO_LETTERS = str.maketrans({"å": "aa", "ä": "ae", "ö": "oe"})

VOCABULARY = Vocabulary.of(
    row for name in FILES for row in read_rows(f"abuse/{name}.txt")
)
meaning = lru_cache(REMEMBERED)(VOCABULARY.find)
