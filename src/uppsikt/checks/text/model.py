"""Reads a text as a whole and tells what it resembles of what people have rated.

A linear model over letter sequences within words, and over the traits of `traits.py`.
`tools/train_text.py` makes the weights from texts that annotators have rated (RTP-LX);
they hold sequences of letters and numbers, no text. It only suggests (D-33).
"""

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from operator import add
from typing import Any

from uppsikt.checks.text.cues import LONGEST_WORD, cues_of
from uppsikt.checks.text.signal import Signal
from uppsikt.checks.text.traits import Reading, places, read
from uppsikt.policy.words import N_, Message

VERSION = 1
FILE = "model.json.gz"
SHORTEST, LONGEST = 2, 5
"""Letters of a sequence; a word's edge counts as a letter."""
UNITS = 100
REMEMBERED = 50_000
SHARE = 0.25
"""A neighbour of the most telling word is pointed at when it tells as much of it."""

LABELS = {
    "toxicity": (N_("The text as a whole resembles what people find rude."), ""),
    "insult": (N_("The text resembles an attack on a person."), "personal_attack"),
    "identity_attack": (N_("The text resembles contempt for a group."), "offensive"),
    "violence": (N_("The text resembles a description of violence."), ""),
    "sexual": (N_("The text resembles sexual or obscene language."), "profanity"),
}

Weights = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """How a label's score becomes a certainty, and from which score it is told."""

    slope: float
    offset: float
    threshold: float

    def certainty(self, score: float) -> float:
        """Return the share of texts with this score that annotators would mark."""
        return 1 / (
            1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.offset)))
        )


@dataclass(slots=True)
class Model:
    """Weights per label, in the order of `LABELS`."""

    bias: Weights
    traits: Mapping[str, Weights]
    grams: Mapping[str, Weights]
    scales: Sequence[Scale] = ()
    _known: dict[str, tuple[int, Weights]] = field(default_factory=dict)

    def scores(self, reading: Reading) -> list[float]:
        """Return a score per label; the higher, the more it resembles the label."""
        told = self.bias
        for trait, value in reading.traits.items():
            weights = self.traits.get(trait)
            if weights:
                told = tuple(map(add, told, map(value.__mul__, weights)))
        words = [self.weigh(word) for word in set(reading.words)]
        if not words:
            return [*told]
        share = sum(size for size, _ in words) ** -0.5
        sums = map(sum, zip(*(weights for _, weights in words), strict=True))
        return [label + share * total for label, total in zip(told, sums, strict=True)]

    def weigh(self, word: str) -> tuple[int, Weights]:
        """Return how many sequences a word has, and the sum of their weights."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._sum(word)
        return known

    def _sum(self, word: str) -> tuple[int, Weights]:
        total = [0.0] * len(self.bias)
        parts = grams_of(word)
        for part in sorted(parts & self.grams.keys()):
            for label, weight in enumerate(self.grams[part]):
                total[label] += weight
        return len(parts), tuple(total)


def grams_of(word: str) -> set[str]:
    """Return the sequences of a word: 2 to 5 letters, and the word itself."""
    edged = f" {word[:LONGEST_WORD]} "
    return {edged} | {
        edged[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(edged) - size + 1)
    }


def judge(text: str, found: Iterable[Signal]) -> Iterator[Signal]:
    """Yield a signal per label that the text resembles; `found` is what rules found."""
    model = shipped()
    reading = read(text, found)
    if not reading.words:
        return
    for label, score in enumerate(model.scores(reading)):
        if score >= model.scales[label].threshold:
            first, last = _telling(model, reading.words, label)
            spans = places(text)
            yield _signal(model, label, score, (spans[first][0], spans[last][1]))


def _signal(model: Model, label: int, score: float, span: tuple[int, int]) -> Signal:
    name, (message, ground) = list(LABELS.items())[label]
    return Signal(
        rule=f"model.{name}",
        version=VERSION,
        span=span,
        certainty=round(model.scales[label].certainty(score), 2),
        message=Message(message),
        suggests=ground,
    )


def _telling(model: Model, words: list[str], label: int) -> tuple[int, int]:
    """Return the word that tells most, with neighbours that tell alike: first, last."""
    telling = [_tells(model, word, label) for word in words]
    most = max(telling)
    first = last = telling.index(most)
    while first > 0 and telling[first - 1] > SHARE * most > 0:
        first -= 1
    while last + 1 < len(telling) and telling[last + 1] > SHARE * most > 0:
        last += 1
    return first, last


def _tells(model: Model, word: str, label: int) -> float:
    size, weights = model.weigh(word)
    cues = (model.traits.get(f"cue {cue}") for cue in cues_of(word))
    return weights[label] / math.sqrt(size) + sum(cue[label] for cue in cues if cue)


@cache
def shipped() -> Model:
    """Return the model that the package ships."""
    file = resources.files("uppsikt.checks.text") / "data" / FILE
    return unpacked(json.loads(gzip.decompress(file.read_bytes())))


def unpacked(stored: Mapping[str, Any]) -> Model:
    """Return the model of a weights file, whose weights are whole hundredths."""

    def real(weights: list[int]) -> Weights:
        return tuple(weight / UNITS for weight in weights)

    return Model(
        real(stored["bias"]),
        {name: real(weights) for name, weights in stored["traits"].items()},
        {gram: real(weights) for gram, weights in stored["grams"].items()},
        [Scale(*scale) for scale in stored["scales"]],
    )
