"""The rules: patterns of words, and what a match of each of them tells a moderator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from uppsikt.checks.text.abuse.pattern import Pattern, parse
from uppsikt.checks.text.abuse.reading import Word
from uppsikt.checks.text.abuse.vocabulary import REMEMBERED, VOCABULARY, meaning
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
        self.beginning = lru_cache(REMEMBERED)(self._beginning)

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
                if not all(need & seen for need in rule.pattern.needs):
                    continue
                found = rule.pattern.match(words, place)
                if found and _holds(rule, words, place):
                    yield Hit(rule, found, _certainty(rule, word, words, found))

    def _beginning(self, word: str) -> tuple[Rule, ...]:
        classes = meaning(word).classes
        return tuple(
            rule
            for rule in self._rules
            if rule.pattern.anchor.classes & classes
            or word in rule.pattern.anchor.words
        )


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
