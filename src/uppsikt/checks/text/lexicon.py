"""Read the word lists that lie beside the rules, and look words up in them.

A pattern is a word; `~` after it stands for Swedish inflections (endings.txt), `*`
before or after it for any letters. Looking a word up is a bounded number of dictionary
look-ups, so a text of any length takes time in proportion to its length.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Generic, TypeVar

LONGEST_WORD = 40
"""Letters of a word that are looked at; Swedish compounds rarely pass 30."""

T = TypeVar("T")


def read_lines(name: str) -> Iterator[str]:
    """Yield the lines of the data file `name` that are neither empty nor comments."""
    file = resources.files("uppsikt.checks.text") / "data" / name
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def read_rows(name: str) -> Iterator[list[str]]:
    """Yield the lines of a data file, each cut at its semicolons."""
    for line in read_lines(name):
        yield [cell.strip() for cell in line.split(";")]


@cache
def read_words(name: str) -> frozenset[str]:
    """Return all lines of a data file as a set."""
    return frozenset(read_lines(name))


@cache
def read_groups(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return a file of `kind ; word` rows as the words of each kind, in file order."""
    groups: dict[str, list[str]] = {}
    for kind, word in read_rows(name):
        groups.setdefault(kind, []).append(word)
    return {kind: tuple(words) for kind, words in groups.items()}


def squeeze(word: str) -> str:
    """Return `word` with each run of one letter written once ("fiiint" -> "fint")."""
    return "".join(letter for letter, _ in groupby(word))


@dataclass(slots=True)
class Lexicon(Generic[T]):
    """Word patterns and what each of them stands for."""

    whole: dict[str, T] = field(default_factory=dict)
    starts: dict[str, T] = field(default_factory=dict)
    ends: dict[str, T] = field(default_factory=dict)
    inside: dict[str, T] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, T]]) -> "Lexicon[T]":
        """Build a lexicon of (pattern, meaning); an earlier row wins."""
        made = cls()
        for pattern, meaning in rows:
            made._add(pattern, meaning)
        return made

    def squeezed(self) -> "Lexicon[T]":
        """Return the same patterns for words where repeated letters are cut."""
        shelves = (self.whole, self.starts, self.ends, self.inside)
        return Lexicon(*({squeeze(w): m for w, m in s.items()} for s in shelves))

    def find(self, word: str) -> T | None:
        """Return what `word` stands for, the most exact pattern first."""
        if word in self.whole:
            return self.whole[word]
        word = word[:LONGEST_WORD]
        for size in range(len(word), 1, -1):
            if word[:size] in self.starts:
                return self.starts[word[:size]]
            if word[-size:] in self.ends:
                return self.ends[word[-size:]]
        return self._find_inside(word)

    def _find_inside(self, word: str) -> T | None:
        for stem, meaning in self.inside.items():
            if stem in word:
                return meaning
        return None

    def _add(self, pattern: str, meaning: T) -> None:
        before, after = pattern.startswith("*"), pattern.endswith("*")
        word = pattern.strip("*")
        if after:
            (self.inside if before else self.starts).setdefault(word, meaning)
            return
        for form in _forms(word):
            (self.ends if before else self.whole).setdefault(form, meaning)


def _forms(word: str) -> list[str]:
    """Return the inflected forms of `stem~`, or the word alone."""
    if not word.endswith("~"):
        return [word]
    return [word[:-1], *(word[:-1] + ending for ending in read_lines("endings.txt"))]
