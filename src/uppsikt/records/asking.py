"""Read what a person types in a search box, and find it again in a text.

Words are joined by and; "words in quotes" stand together, in that order. A word of four
letters or more may be the beginning of another, and so may the last one. Pure
functions, no database.
"""

import re
from dataclasses import dataclass
from typing import Final

from uppsikt.policy.words import N_, Message
from uppsikt.records.stems import index_text, query_terms

BEGINS: Final = 4
"""Letters from which a word may be begun only; shorter ones begin too many."""
BEFORE: Final = 60
BEHIND: Final = 40
"""Letters of an excerpt before a hit, and after it."""
QUOTED: Final = re.compile(
    '["\u201c\u201d\u00bb]([^"\u201c\u201d\u00bb]*)["\u201c\u201d\u00bb]'
)
FOUND: Final = Message(N_("You searched for this."))
EXCERPT: Final = 240
WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a word stands by which a text is found, and what to say of it."""

    span: tuple[int, int]
    message: Message = FOUND


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


def hits(text: str, query: str) -> list[Hit]:
    """Return the words in `text` by which `query` finds it."""
    question = read(query)
    if not question.terms:
        return []
    words = WORD.finditer(text)
    return [Hit(word.span()) for word in words if _hit(word.group(), question)]


def excerpt(text: str, query: str, length: int = EXCERPT) -> str:
    """Return at most `length` letters of `text`, in which its first hit stands."""
    first = min((hit.span[0] for hit in hits(text, query)), default=0)
    if not first or first + BEHIND <= length:
        return text[:length]
    begins = text.rfind(" ", 0, max(first - BEFORE, 0)) + 1
    return f"\u2026{text[begins : begins + length]}"


def _hit(word: str, question: Question) -> bool:
    stems = index_text(word).split()
    return any(
        stem == term or (term in question.begun and stem.startswith(term))
        for stem in stems
        for term in question.terms
    )
