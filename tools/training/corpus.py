"""Reads the rated and the neutral texts, and tells which must stay in one fold."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATED = {
    "toxicity": "Toxicity",
    "insult": "Insult",
    "identity_attack": "IdentityAttack",
    "violence": "Violence",
    "sexual": "SexualContent",
}
"""Our labels, in the model's order, and what RTP-LX calls them."""
NEUTRAL = 1.0
MARKED = 2.0
"""A text carries a label when its annotators' mean is at least this."""
PARTS = 5
SHINGLE = 4
WORD = re.compile(r"\w+")

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts with their mean ratings (texts × labels) and where each comes from.

    `kind` is "rated", "benign" or "authority"; `source` binds a benign text to the
    rated one that it was written from, and spreads the authorities' over five parts.
    """

    texts: list[str]
    ratings: Numbers
    kind: NDArray[np.str_]
    source: NDArray[np.str_]
    records: list[dict[str, Any]]

    def rows(self, kind: str = "") -> Rows:
        """Return the places of the texts of a kind, or of all."""
        return np.flatnonzero((self.kind == kind) | (not kind))


def read_corpus(folder: Path) -> Corpus:
    """Read the texts in a folder that looks as `docs/dev/text.md` says."""
    rated = [*_lines(folder / "rtp-lx-sv/prompts.jsonl")]
    benign = [*_lines(folder / "rtp-lx-sv/benign.jsonl")]
    official = [*_official(folder)]
    ratings = [[row["annotations"][name] for name in RATED.values()] for row in rated]
    calm = np.full((len(benign) + len(official), len(RATED)), NEUTRAL)
    return Corpus(
        [row["text"] for row in rated + benign] + official,
        np.vstack([np.array(ratings), calm]),
        np.repeat(
            ["rated", "benign", "authority"], [len(rated), len(benign), len(official)]
        ),
        np.array(
            [row["group"] for row in rated + benign]
            + [f"part {place // 2 % PARTS}" for place in range(len(official))]
        ),
        rated,
    )


def _official(folder: Path) -> Iterator[str]:
    """Yield authorities' questions, each followed by its answer."""
    for part in ("dev", "test"):
        for row in _lines(folder / f"swefaq/swefaq_{part}.jsonl"):
            yield row["question"]
            yield row["candidate_answers"][row["label"]]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def groups(texts: list[str]) -> Rows:
    """Number the texts so that those sharing four words in a row share a number."""
    leader = [*range(len(texts))]
    first: dict[tuple[str, ...], int] = {}

    def top(place: int) -> int:
        while leader[place] != place:
            place = leader[place]
        return place

    for place, text in enumerate(texts):
        words = WORD.findall(text.lower())
        for start in range(len(words) - SHINGLE + 1):
            other = first.setdefault(tuple(words[start : start + SHINGLE]), place)
            leader[top(place)] = top(other)
    return np.array([top(place) for place in range(len(texts))])
