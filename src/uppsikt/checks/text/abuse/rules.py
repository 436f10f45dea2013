"""The rules: patterns of words, and what a match of each of them tells a moderator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from uppsikt.checks.text.abuse.pattern import Pattern, parse
from uppsikt.checks.text.abuse.reading import Word
from uppsikt.checks.text.abuse.vocabulary import (
    ANY,
    NAME,
    REMEMBERED,
    VOCABULARY,
    meaning,
)
from uppsikt.checks.text.lexicon import read_rows

FILES = (
    "profanity",
    "obscenity",
    "attack",
    "agitation",
    "threat",
    "violence",
    "incitement",
)
CERTAINTY = {0: 0.6, 1: 0.4, 2: 0.8, 3: 0.95}
"""How sure a word alone makes us, by its severity."""
DISGUISED = 0.9
"""Share of the certainty that is left when a word was in disguise."""
BY_WORD = "="
CONTEXT = 30
"""Words around a match that are looked at."""
ALWAYS = VOCABULARY.bit(NAME) | VOCABULARY.bit(ANY)
"""Classes that any word may get from where it stands."""
MOST_TRIED = 2_000
"""Alarming words of one text that are looked at; a comment has a handful."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with its name and certainty; 0.0 goes by the word's severity."""

    name: str
    certainty: float
    pattern: Pattern
    unless: int = 0
    given: int = 0

    def may_match(self, seen: int) -> bool:
        """Tell whether a text has all classes that the rule cannot do without."""
        for need in self.pattern.needs:
            if not need & seen:
                return False
        return not self.given or self.given & seen > 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched: the places of its words, and how sure it is."""

    rule: Rule
    places: range
    certainty: float


class Rulebook:
    """Rules by the words that they begin their search with."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._anchors = reduce(or_, (rule.pattern.anchor.classes for rule in rules))
        self.beginning = lru_cache(REMEMBERED)(self._beginning)
        self._of_classes = lru_cache(REMEMBERED)(self._anchored)

    def may_match(self, parts: Sequence[str]) -> bool:
        """Tell quickly whether a text of the words `parts` is worth a reading."""
        seen = ALWAYS
        for part in parts:
            seen |= meaning(part).classes
        return any(
            rule.may_match(seen) for part in parts for rule in self.beginning(part)
        )

    def hits(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Yield what matches, in the order of the anchors. Linear."""
        tried = seen = 0
        for word in words:
            seen |= word.classes
        for place, word in enumerate(words):
            rules = self.beginning(word.text)
            tried += bool(rules)
            if tried > MOST_TRIED:
                return
            for rule in rules:
                found = rule.may_match(seen) and rule.pattern.match(words, place)
                if found and _holds(rule, words, place):
                    yield Hit(rule, found, _certainty(rule, word, words, found))

    def _beginning(self, word: str) -> tuple[Rule, ...]:
        return self._of_classes(meaning(word).classes & self._anchors)

    def _anchored(self, classes: int) -> tuple[Rule, ...]:
        if not classes:
            return ()
        return tuple(r for r in self._rules if r.pattern.anchor.classes & classes)


def read_rules(name: str) -> list[Rule]:
    """Return the rules in the file `name`.

    A row is name ; certainty ; pattern ; classes that excuse it in its sentence ;
    classes of which one must be in the text, in this sentence or before it.
    """
    return [_rule(*row) for row in read_rows(f"abuse/{name}.txt")]


def _rule(
    name: str, certainty: str, pattern: str, unless: str = "", given: str = ""
) -> Rule:
    sure = 0.0 if certainty == BY_WORD else float(certainty)
    return Rule(name, sure, parse(pattern), _classes(unless), _classes(given))


def _classes(names: str) -> int:
    return sum(VOCABULARY.bit(name) for name in set(names.split()))


def _holds(rule: Rule, words: Sequence[Word], place: int) -> bool:
    """Tell whether what stands around a match lets it count."""
    if rule.unless and any(w.classes & rule.unless for w in sentence(words, place)):
        return False
    if not rule.given:
        return True
    before = words[max(0, place - CONTEXT) : place]
    around = (*before, *sentence(words, place))
    return any(word.classes & rule.given for word in around)


def sentence(words: Sequence[Word], place: int) -> Iterator[Word]:
    """Yield the words of the sentence around `place`."""
    here = words[place].sentence
    for word in words[max(0, place - CONTEXT) : place + CONTEXT]:
        if word.sentence == here:
            yield word


def _certainty(rule: Rule, anchor: Word, words: Sequence[Word], found: range) -> float:
    sure = rule.certainty or CERTAINTY[anchor.severity]
    hidden = any(words[place].disguised for place in found)
    return round(sure * DISGUISED, 2) if hidden else sure


RULES = Rulebook([rule for name in FILES for rule in read_rules(f"rule_{name}")])
