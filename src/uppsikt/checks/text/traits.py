"""Describes a text in few numbers for the model: its cues, what rules found, its shape.

The trainer and the program read a text here, so that both see the same.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from uppsikt.checks.text.cues import CUES, cues_of
from uppsikt.checks.text.fold import fold, without_addresses
from uppsikt.checks.text.signal import Signal

LETTERS = re.compile(r"[^\W\d_]+")
DIGIT = re.compile(r"\d")
SHOUTED = re.compile(r"\b[A-ZÅÄÖ]{4,}\b")
QUOTES = frozenset('"”“»')
WEIGHED = ("profanity", "attack", "agitation", "threat", "violence", "incitement")
"""Rules whose signals the model weighs: those about how people are spoken of or to."""
STRONG = 0.9
MOST = 4
"""How many words of one cue are counted."""
LONG = 200
SHORT = 40
ROOTS = [count**0.5 for count in range(MOST + 1)]
NAMES = {cue: (f"cue {cue}", f"much {cue}") for cue in CUES}
TOGETHER = {
    "you": ("insult", "belittle", "crude", "curse", "violence", "family"),
    "they": ("insult", "belittle"),
    "group": ("curse", "insult", "belittle", "violence", "hate", "filth"),
    "violence": ("me", "gore", "weapon"),
    "sexual": ("family", "body"),
}
PAIRS = {
    frozenset({one, other}): f"{one} and {other}"
    for one, others in TOGETHER.items()
    for other in others
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The folded words of a text and its traits, each a number in 0..3."""

    words: list[str]
    traits: Mapping[str, float]


def read(text: str, found: Iterable[Signal]) -> Reading:
    """Read a text and what the rules have found in it. Linear."""
    words = LETTERS.findall(fold(without_addresses(text)).text)
    traits = _cues(words) | _shape(text)
    for signal in found:
        if signal.rule.startswith(WEIGHED):
            traits |= _rule(signal)
    return Reading(words, traits)


def places(text: str) -> list[tuple[int, int]]:
    """Return where in the text, as it was given, each word of its reading stands."""
    folded = fold(without_addresses(text))
    return [folded.span(*found.span()) for found in LETTERS.finditer(folded.text)]


def _cues(words: list[str]) -> dict[str, float]:
    counts = Counter(chain.from_iterable(map(cues_of, words)))
    traits: dict[str, float] = {}
    for cue, count in counts.items():
        present, much = NAMES[cue]
        traits[present] = 1.0
        traits[much] = ROOTS[min(count, MOST)]
    traits |= {PAIRS[pair]: 1.0 for pair in PAIRS if pair <= counts.keys()}
    return traits


def _rule(signal: Signal) -> dict[str, float]:
    strong = signal.certainty > STRONG
    return {signal.rule: 1.0} | ({f"{signal.rule} strong": 1.0} if strong else {})


def _shape(text: str) -> dict[str, float]:
    size = len(text)
    capitals = sum(map(str.isupper, text))
    return {
        "length": min(size, LONG) / LONG,
        "short": float(size < SHORT),
        "exclamation": min(text.count("!"), 3) / 3,
        "question": float("?" in text),
        "capitals": 3 * capitals / max(1, size),
        "shouted": float(bool(SHOUTED.search(text))),
        "digits": float(bool(DIGIT.search(text))),
        "quotes": float(not QUOTES.isdisjoint(text)),
    }
