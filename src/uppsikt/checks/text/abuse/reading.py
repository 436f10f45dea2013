"""Read a comment as words in sentences and clauses, each with what it stands for."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from uppsikt.checks.text.abuse.disguise import Revealed, reveal
from uppsikt.checks.text.abuse.vocabulary import (
    ANY,
    HIDDEN,
    NAME,
    VOCABULARY,
    meaning,
)
from uppsikt.checks.text.fold import Folded, fold, without_addresses

PARTS = re.compile(r"[^\W\d_]+(?:-\d+)?|[^\w\s'’*#-]+|\n")
LETTERS = re.compile(r"[^\W\d_]+(?:-\d+)?")
SENTENCE_ENDS = frozenset(".!?\n;…")
IS_NAME, IS_WORD = VOCABULARY.bit(NAME), VOCABULARY.bit(ANY)
SHORTEST_SPLIT = 5
SPLITTABLE = frozenset(
    word
    for word, entry in VOCABULARY.whole.items()
    if entry.severity >= HIDDEN and len(word) >= SHORTEST_SPLIT
)
BEGINNINGS = frozenset(
    word[:size] for word in SPLITTABLE for size in range(1, len(word))
)


class Word(NamedTuple):
    """A word of a folded text: its place, its clause and sentence, its classes."""

    text: str
    start: int
    end: int
    sentence: int
    clause: int
    classes: int
    severity: int
    disguised: bool


@dataclass(frozen=True)
class Reading:
    """A text on its way to be read: as it was written, and as it is understood."""

    plain: str
    revealed: Revealed

    @property
    def folded(self) -> Folded:
        """Return its folded letters."""
        return self.revealed.folded

    @property
    def parts(self) -> list[str]:
        """Return what its words are made of, in no more than one quick pass."""
        parts = LETTERS.findall(self.folded.text)
        joined = [one + two for one, two in pairwise(parts) if one in BEGINNINGS]
        return parts + [word for word in joined if word in SPLITTABLE]

    @cached_property
    def words(self) -> list[Word]:
        """Return its words, each with its place and its classes. Linear."""
        plain = "" if self.plain.isupper() else self.plain
        return _words(self.folded, plain, self.revealed.starts)


def read(text: str) -> Reading:
    """Take `text` in; web addresses and account names are passed over. Linear."""
    plain = without_addresses(text)
    return Reading(plain, reveal(fold(plain)))


def _words(folded: Folded, plain: str, revealed: frozenset[int]) -> list[Word]:
    words: list[Word] = []
    sentence = clause = 0
    for found in PARTS.finditer(folded.text):
        part, start = found.group(), found.start()
        if not part[0].isalpha():
            clause += 1
            sentence += not SENTENCE_ENDS.isdisjoint(part)
            continue
        last = words[-1] if words else None
        if last and last.end + 1 == start and last.text + part in SPLITTABLE:
            part, start = last.text + part, words.pop().start
        entry = meaning(part)
        classes = entry.classes | IS_WORD
        if plain and words and words[-1].sentence == sentence:
            place = start if folded.at is None else folded.at[start]
            classes |= IS_NAME if plain[place].isupper() else 0
        hidden = entry.disguised or start in revealed or len(part) < found.end() - start
        words.append(
            Word(
                part, start, found.end(), sentence, clause,
                classes, entry.severity, hidden,
            )
        )  # fmt: skip
    return words
