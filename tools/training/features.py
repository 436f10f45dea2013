"""Turns texts into the numbers trained on, as the program itself reads them."""

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from tools.training.corpus import Numbers, Rows
from uppsikt.checks.text import find_by_rules
from uppsikt.checks.text.model import grams_of
from uppsikt.checks.text.traits import Reading, read


@dataclass(frozen=True, slots=True)
class Features:
    """Letter sequences and traits of texts (texts × names), and the names."""

    grams: csr_matrix
    gram_names: list[str]
    traits: csr_matrix
    trait_names: list[str]

    def known(self, rows: Rows, fewest: int = 2) -> Rows:
        """Return the columns of sequences that stand in enough of the rows."""
        return np.flatnonzero(self.seen(rows) >= fewest)

    def seen(self, rows: Rows) -> Numbers:
        """Return in how many of the rows each sequence stands."""
        return np.asarray((self.grams[rows] > 0).sum(axis=0)).ravel()


def readings(texts: list[str]) -> list[Reading]:
    """Read texts as the program does, with what its rules find."""
    return [read(text, find_by_rules(text)) for text in texts]


def features(read_texts: list[Reading]) -> Features:
    """Return the features of texts; sequences are weighed down by the text's size."""
    grams, gram_names = _matrix([_grams(one) for one in read_texts])
    traits, trait_names = _matrix([dict(one.traits) for one in read_texts])
    return Features(grams, gram_names, traits, trait_names)


def _grams(reading: Reading) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for word in set(reading.words):
        counts.update(grams_of(word))
    norm = math.sqrt(counts.total()) or 1.0
    return {gram: count / norm for gram, count in counts.items()}


def _matrix(rows: list[dict[str, float]]) -> tuple[csr_matrix, list[str]]:
    names = sorted({name for row in rows for name in row})
    column = {name: place for place, name in enumerate(names)}
    values = [value for row in rows for value in row.values()]
    columns = [column[name] for row in rows for name in row]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    return csr_matrix((values, columns, ends), shape=(len(rows), len(names))), names
