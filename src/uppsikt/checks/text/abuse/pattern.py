"""Patterns of words: who is spoken of, and what is said of them.

A pattern is written as it is read: `DU BE MOD* INSULT`. A word in capitals is a class
of the vocabulary (ANY has all words), others are themselves; `a|b` is either; `?` after
one lets it be missing, `*` lets it be missing or stand up to five times.
`..` lets four words of the clause stand between, `...` eight of the sentence, `,` the
border of a clause. `^` holds it to the beginning of the clause, `$` to its end. With
`+` first it holds even where it is denied, with `!` also where others' words are told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from uppsikt.checks.text.abuse.reading import Word
from uppsikt.checks.text.abuse.vocabulary import VOCABULARY

NEAR, FAR, MOST_REPEATED = 4, 8, 5
DENIED_WITHIN = 4
"""Words before a match among which a "not" denies it."""
COMMON = frozenset(
    (
        *("ANY", "NAME", "I", "WE", "ME", "DU", "DIG", "YOUR", "HE", "HIM", "THEY"),
        *("THEM", "ALL", "SOMEONE", "BE", "WILL", "SHOULD", "NEG", "MOD", "GOON"),
        *("ROLE", "GROUP", "FICTION"),
    )
)
"""Classes so common that a search never begins with them."""


class Step(NamedTuple):
    """One element of a pattern, and how far from the one before it may stand."""

    classes: int
    optional: bool = False
    reach: int = 0
    crosses: bool = False

    def fits(self, word: Word) -> bool:
        """Tell whether `word` is what the element asks for."""
        return word.classes & self.classes > 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Elements around an anchor, the element that a search begins with."""

    anchor: Step
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    needs: tuple[int, ...]
    deniable: bool
    excusable: bool
    opens: bool
    closes: bool

    def match(self, words: Sequence[Word], place: int) -> range | None:
        """Return the places of the match whose anchor is at `place`, or None."""
        first = _walk(words, place, self.before, -1)
        if first is None or (self.opens and not _opens(words, first)):
            return None
        last = _walk(words, place, self.after, 1)
        if last is None or (self.closes and not _closes(words, last)):
            return None
        found = range(first, last + 1)
        return None if self.deniable and _denied(words, found) else found


def parse(written: str) -> Pattern:
    """Return the pattern that is written; see the head of this file."""
    parts = written.split()
    mark = parts[0] if parts[0] in "+!" else ""
    parts = parts[len(mark) :]
    opens, closes = parts[0] == "^", parts[-1] == "$"
    steps, rank = _steps(parts[opens : len(parts) - closes])
    denied = any(step.classes & (NEG | DENIAL) for step in steps)
    return Pattern(
        anchor=steps[rank],
        before=_backwards(steps[: rank + 1]),
        after=tuple(steps[rank + 1 :]),
        needs=tuple({s.classes for s in steps if not s.optional}),
        deniable=not (mark or denied),
        excusable=mark != "!",
        opens=opens,
        closes=closes,
    )


def _steps(parts: Sequence[str]) -> tuple[list[Step], int]:
    """Return the elements, and the place of the last one that is not common."""
    steps: list[Step] = []
    rank, reach, crosses = 0, 0, False
    for part in parts:
        if part in GAPS:
            reach, crosses = GAPS[part]
            continue
        names = part.rstrip("?*").split("|")
        classes = [name for name in names if name.isupper()]
        step = Step(_mask(names), part[-1] in "?*", reach, crosses)
        steps += [step] * (MOST_REPEATED if part[-1] == "*" else 1)
        if not step.optional and COMMON.isdisjoint(classes):
            rank = len(steps) - 1
        reach, crosses = 0, False
    return steps, rank


def _mask(names: Sequence[str]) -> int:
    """Return the classes by name, and one that stands for the words themselves."""
    words = frozenset(name for name in names if not name.isupper())
    mask = VOCABULARY.name(words) if words else 0
    mask |= 0 if words.isdisjoint(NOT) else DENIAL
    return sum((VOCABULARY.bit(name) for name in {*names} - words), mask)


def _backwards(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Turn the elements up to the anchor round: gaps move to the other side."""
    return tuple(
        one._replace(reach=after.reach, crosses=after.crosses)
        for one, after in zip(steps[-2::-1], steps[:0:-1], strict=True)
    )


def _walk(
    words: Sequence[Word], place: int, steps: Sequence[Step], way: int
) -> int | None:
    """Return how far `steps` lead from `place`: each keeps all places it can be at."""
    at = {place}
    for step in steps:
        found = {to for one in at for to in _within(words, one, step, way)}
        at = found | at if step.optional else found
        if not at:
            return None
    return min(at) if way > 0 else max(at)


def _within(words: Sequence[Word], place: int, step: Step, way: int) -> Iterator[int]:
    last = place + way * (1 + step.reach)
    here = words[place]
    for to in range(place + way, last + way, way):
        if not 0 <= to < len(words):
            return
        word = words[to]
        if word.clause != here.clause and not (
            step.crosses and word.sentence == here.sentence
        ):
            return
        if step.fits(word):
            yield to


def _opens(words: Sequence[Word], place: int) -> bool:
    return place == 0 or words[place - 1].clause != words[place].clause


def _closes(words: Sequence[Word], place: int) -> bool:
    last = place == len(words) - 1
    return last or words[place + 1].clause != words[place].clause


def _denied(words: Sequence[Word], found: range) -> bool:
    """Tell whether a "not" stands in the match or before it, in its last clause."""
    clause = words[found.stop - 1].clause
    first = max(0, found.start - DENIED_WITHIN)
    return any(
        word.classes & NEG and word.clause == clause
        for word in words[first : found.stop]
    )


GAPS = {"..": (NEAR, False), "...": (FAR, True), ",": (0, True)}
NEG, DENIAL = VOCABULARY.bit("NEG"), VOCABULARY.bit("DENIAL")
NOT = frozenset(word for word, entry in VOCABULARY.whole.items() if entry.classes & NEG)
