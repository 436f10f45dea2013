"""Read what a person types in a search box, and find it again in a text.

Words are joined by and; "words in quotes" stand together, in that order. A word of four
letters or more may be the beginning of another, and so may the last one. Pure
functions, no database.
"""

import re
from dataclasses import dataclass
from typing import Final

from uppsikt.records.stems import index_text, query_terms

BEGINS: Final = 4
"""Letters from which a word may be begun only; shorter ones begin too many."""
QUOTED: Final = re.compile(
    '["\u201c\u201d\u00bb]([^"\u201c\u201d\u00bb]*)["\u201c\u201d\u00bb]'
)
WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Question:
    """The stems to look for, those that may be begun only, and the phrases of stems."""

    terms: tuple[str, ...]
    begun: frozenset[str]
    phrases: tuple[str, ...]


def read(query: str) -> Question:
    """Return what `query` asks for."""
    quoted = [query_terms(phrase) for phrase in QUOTED.findall(query)]
    free = query_terms(QUOTED.sub(" ", query))
    held = [term for phrase in quoted for term in phrase]
    terms = tuple(dict.fromkeys([*held, *free]))
    begun = {t for t in free if len(t) >= BEGINS} | set(free[-1:])
    phrases = [" ".join(phrase) for phrase in quoted if len(phrase) > 1]
    return Question(terms, frozenset(begun), tuple(phrases))


def hits(text: str, query: str) -> list[tuple[int, int]]:
    """Return where in `text` the words stand by which `query` finds it."""
    question = read(query)
    return [
        found.span() for found in WORD.finditer(text) if _hit(found.group(), question)
    ]


def _hit(word: str, question: Question) -> bool:
    stems = index_text(word).split()
    return any(
        stem == term or (term in question.begun and stem.startswith(term))
        for stem in stems
        for term in question.terms
    )
