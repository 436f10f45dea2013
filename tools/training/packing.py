"""Packs fitted labels into the weights file that the package ships."""

import gzip
import json
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from tools.training.corpus import MARKED, Corpus, Numbers
from tools.training.features import Features
from tools.training.fitting import Fit
from tools.training.folds import Scored
from uppsikt.checks.text.model import UNITS

LEAST = 0.06
"""Sequences that weigh less for every label are left out."""
FALSE_BENIGN = 0.005
FALSE_OFFICIAL = 0.0
"""Shares of harmless texts, and of authorities', that may be told wrongly."""


def packed(
    fits: list[Fit], features: Features, scored: list[Scored], corpus: Corpus
) -> bytes:
    """Return the file's bytes; the same fits always give the same bytes."""
    grams = _named(features.gram_names, [one.grams for one in fits], LEAST)
    traits = _named(features.trait_names, [one.traits for one in fits], 0.0)
    stored: dict[str, Any] = {
        "bias": [round(one.bias * UNITS) for one in fits],
        "traits": traits,
        "grams": grams,
        "scales": [scale(corpus, label, one) for label, one in enumerate(scored)],
    }
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode(), 9, mtime=0)


def scale(corpus: Corpus, label: int, scored: Scored) -> list[float]:
    """Return slope and offset of the certainty, and the score from which it is told."""
    rated = corpus.kind[scored.rows] == "rated"
    marked = corpus.ratings[scored.rows[rated], label] >= MARKED
    column = scored.scores[rated].reshape(-1, 1)
    fitted = LogisticRegression(C=1e3).fit(column, marked)
    slope, offset = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    return [round(one, 4) for one in (slope, offset, threshold(corpus, scored))]


def threshold(corpus: Corpus, scored: Scored) -> float:
    """Return the lowest score that keeps both false alarms within their share."""
    return max(
        _border(scored.of(corpus, "benign"), FALSE_BENIGN),
        _border(scored.of(corpus, "authority"), FALSE_OFFICIAL),
    )


def _border(scores: Numbers, share: float) -> float:
    """Return a score that at most a share of the scores reach."""
    allowed = int(len(scores) * share)
    return float(np.sort(scores)[-1 - allowed]) + 1e-4


def _named(
    names: list[str], weights: list[Numbers], least: float
) -> dict[str, list[int]]:
    table = np.column_stack(weights)
    kept = np.flatnonzero(abs(table).max(axis=1) > least)
    return {names[row]: [round(one * UNITS) for one in table[row]] for row in kept}
