"""Fits one label: a few borders between calm and marked, of which the mean is taken.

A border in the annotators' mean rating makes two classes; texts far from it count more
than texts near it, about which annotators differ. Sequences that tell the classes apart
are let through more easily (the log-count ratio of NB-SVM). All of it is linear, so the
borders' weights add up to one set.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

from tools.training.corpus import Corpus, Numbers, Rows
from tools.training.features import Features

BORDERS = {1.3: 1.0, 1.6: 1.0, 1.9: 2.0, 2.3: 1.0, 2.6: 1.0, 2.9: 1.0}
"""Borders in the mean rating and their shares; 1.9 is the one that is asked for."""
FEWEST = 8
"""Marked texts below which a border is left out."""
FREEDOM = 3.0
TRAITS = 0.22
USUAL_RARITY = 5.0
CALM = 0.1
"""What a neutral text counts for beside a rated one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of one label over all sequences and traits, and its bias."""

    grams: Numbers
    traits: Numbers
    bias: float

    def scores(self, features: Features, rows: Rows) -> Numbers:
        """Return the score of each row."""
        grams = features.grams[rows] @ self.grams
        return np.asarray(grams + features.traits[rows] @ self.traits + self.bias)


def fit(corpus: Corpus, features: Features, rows: Rows, label: int) -> Fit:
    """Fit a label on the rows given."""
    known = features.known(rows)
    seen = features.seen(rows)[known]
    rarity = (np.log((1 + len(rows)) / (1 + seen)) + 1) / USUAL_RARITY
    grams = features.grams[rows][:, known] @ diags(rarity)
    ratings = corpus.ratings[rows, label]
    shares = np.where(corpus.kind[rows] == "rated", 1.0, CALM)
    total = Fit(
        np.zeros(len(features.gram_names)), np.zeros(len(features.trait_names)), 0.0
    )
    divisor = sum(BORDERS.values())
    for border, part in BORDERS.items():
        above = (ratings > border).astype(np.int64)
        if above.sum() < FEWEST:
            continue
        one = _border(
            grams,
            features.traits[rows],
            above,
            _weights(shares, ratings, border, above),
        )
        total.grams[known] += part / divisor * rarity * one.grams
        total.traits[:] += part / divisor * one.traits
        total = Fit(total.grams, total.traits, total.bias + part / divisor * one.bias)
    return total


def _weights(shares: Numbers, ratings: Numbers, border: float, above: Rows) -> Numbers:
    """Return what each text counts: sure ones more, and both classes alike in all."""
    weights = shares * (0.4 + np.minimum(abs(ratings - border), 1.0))
    marked = weights[above == 1].sum()
    weights = np.where(above, weights * (weights.sum() - marked) / marked, weights)
    return np.asarray(weights * (shares == 1).sum() / weights.sum())


def _border(
    grams: csr_matrix, traits: csr_matrix, above: Rows, weights: Numbers
) -> Fit:
    ease = _ease(grams, above)
    columns = hstack([grams @ diags(ease), traits * TRAITS]).tocsr()
    fitted = LogisticRegression(C=FREEDOM, max_iter=400, tol=1e-3)
    fitted.fit(columns, above, sample_weight=weights)
    size = grams.shape[1]
    coefficients = fitted.coef_[0]
    return Fit(
        coefficients[:size] * ease,
        coefficients[size:] * TRAITS,
        float(fitted.intercept_[0]),
    )


def _ease(grams: csr_matrix, above: Rows) -> Numbers:
    """Return how easily each sequence gets weight, 1 on average."""
    marked, calm = (
        np.asarray(grams[above == side].sum(axis=0)).ravel() + 0.05 for side in (1, 0)
    )
    ratio = np.log((marked / marked.sum()) / (calm / calm.sum()))
    ease = 0.3 + abs(ratio)
    return np.asarray(ease / ease.mean())
