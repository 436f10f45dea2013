"""Cuts the corpus so that nothing is scored by a model that has seen its like."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedGroupKFold

from tools.training.corpus import MARKED, Corpus, Numbers, Rows, groups
from tools.training.features import Features
from tools.training.fitting import fit


@dataclass(frozen=True, slots=True)
class Scored:
    """Rows of the corpus and their scores by models that have not seen them."""

    rows: Rows
    scores: Numbers

    def of(self, corpus: Corpus, kind: str) -> Numbers:
        """Return the scores of the rows of a kind."""
        return np.asarray(self.scores[corpus.kind[self.rows] == kind])


def cut(
    corpus: Corpus, label: int, rated: Rows, folds: int, seed: int
) -> Iterator[tuple[Rows, Rows]]:
    """Yield the rows to train on and to test on.

    Rated texts are split by what they share; a neutral text is held out with the rated
    text that it was written from, an authority's with its fifth.
    """
    marked = corpus.ratings[rated, label] >= MARKED
    alike = groups([corpus.texts[row] for row in rated])
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    sources = {*corpus.source[rated], *_parts(0, 1)}
    calm = np.flatnonzero(corpus.kind != "rated")
    calm = calm[[source in sources for source in corpus.source[calm]]]
    for place, (train, test) in enumerate(splitter.split(rated, marked, alike)):
        held = {*corpus.source[rated[test]], *_parts(place, folds)}
        out = np.array([source in held for source in corpus.source[calm]])
        yield (
            np.concatenate([rated[train], calm[~out]]),
            np.concatenate([rated[test], calm[out]]),
        )


def _parts(place: int, folds: int) -> set[str]:
    return {f"part {part}" for part in range(5) if part % folds == place}


def crossed(
    corpus: Corpus, features: Features, label: int, rated: Rows, folds: int, seed: int
) -> Scored:
    """Score each row by a model fitted on the other folds."""
    rows, scores = [], []
    for train, test in cut(corpus, label, rated, folds, seed):
        rows.append(test)
        scores.append(fit(corpus, features, train, label).scores(features, test))
    return Scored(np.concatenate(rows), np.concatenate(scores))


def best_border(corpus: Corpus, label: int, scored: Scored) -> float:
    """Return the score from which telling a text gives the highest F1."""
    rated = corpus.kind[scored.rows] == "rated"
    marked = corpus.ratings[scored.rows[rated], label] >= MARKED
    precision, recall, borders = precision_recall_curve(marked, scored.scores[rated])
    both = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return float(borders[min(int(both.argmax()), len(borders) - 1)])
