"""Texts that annotators have rated: our model beside two cloud services, same rows.

RTP-LX's Swedish rows. Texts that share four words in a row stay in one fold of five
(StratifiedGroupKFold, seed 0); a text is marked when its annotators' mean is at least
2; each threshold is chosen within the training folds. False alarms are counted on
harmless texts, held out in the same way, at the threshold that the program would use.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from bench.quality import cloud
from bench.quality.data import FOLDER, there
from bench.quality.figures import Figure
from tools.training.corpus import MARKED, RATED, Corpus, Numbers, Rows, read_corpus
from tools.training.features import Features, features, readings
from tools.training.fitting import fit
from tools.training.folds import Scored, best_border, crossed, cut
from tools.training.packing import threshold

TITLE = "rated texts, five folds, nested thresholds"
BARS = {
    "toxicity": {"AUC": 0.895, "AP": 0.91, "F1": 0.84},
    "insult": {"AUC": 0.875, "F1": 0.785},
}
FALSE = {"authority": 0.005, "benign": 0.01}
FOLDS, INNER = 5, 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one label: scores of all rows, and what two thresholds said."""

    held: Scored
    marked: Rows
    at_best: Rows
    at_default: Rows

    def false(self, corpus: Corpus, kind: str) -> float:
        """Return the share of harmless texts of a kind that were told."""
        return float(self.at_default[corpus.kind[self.held.rows] == kind].mean())


def measure(wanted: Sequence[str]) -> Iterator[Figure]:
    """Yield the figures of each label, or of those wanted."""
    there("rtp-lx-sv/prompts.jsonl")
    corpus = read_corpus(FOLDER)
    seen = features(readings(corpus.texts))
    for label, name in enumerate(RATED):
        if not wanted or name in wanted:
            yield from _figures(corpus, label, outcome(corpus, seen, label))


def outcome(corpus: Corpus, seen: Features, label: int) -> Outcome:
    """Score each row by a model that has not seen its like."""
    rows, scores, best, default = [], [], [], []
    for place, train, test in folds(corpus, label):
        told = fit(corpus, seen, train, label).scores(seen, test)
        known = train[corpus.kind[train] == "rated"]
        inner = crossed(corpus, seen, label, known, INNER, seed=1 + place)
        rows.append(test)
        scores.append(told)
        best.append(told >= best_border(corpus, label, inner))
        default.append(told >= threshold(corpus, inner))
    held = Scored(np.concatenate(rows), np.concatenate(scores))
    marked = (corpus.ratings[held.rows, label] >= MARKED).astype(np.int64)
    return Outcome(held, marked, np.concatenate(best), np.concatenate(default))


def folds(corpus: Corpus, label: int) -> Iterator[tuple[int, Rows, Rows]]:
    """Yield the five folds: place, rows to train on, rows to test on."""
    pairs = cut(corpus, label, corpus.rows("rated"), FOLDS, seed=0)
    for place, (train, test) in enumerate(pairs):
        yield place, train, test


def _figures(corpus: Corpus, label: int, out: Outcome) -> Iterator[Figure]:
    name = [*RATED][label]
    rated = corpus.kind[out.held.rows] == "rated"
    marked, scores = out.marked[rated], out.held.scores[rated]
    found = {
        "AUC": float(roc_auc_score(marked, scores)),
        "AP": float(average_precision_score(marked, scores)),
        "F1": float(f1_score(marked, out.at_best[rated])),
    }
    services = _services(corpus, label, out.held.rows[rated], marked)
    for what, value in found.items():
        bar = BARS.get(name, {}).get(what)
        yield Figure(f"{name}, {what}", value, at_least=bar, note=services[what])
    recall = float(out.at_default[rated][marked == 1].mean())
    yield Figure(f"{name}, recall at the program's threshold", recall)
    for kind, most in FALSE.items():
        share = out.false(corpus, kind)
        yield Figure(f"{name}, false alarms on {kind} texts", share, at_most=most)


def _services(corpus: Corpus, label: int, rows: Rows, marked: Rows) -> dict[str, str]:
    """Return what the cloud services' recorded scores reach on the same rows."""
    notes: dict[str, list[str]] = {"AUC": [], "AP": [], "F1": []}
    for service, scores in cloud.recorded(corpus, [*RATED][label], rows).items():
        notes["AUC"].append(f"{service} {roc_auc_score(marked, scores):.3f}")
        notes["AP"].append(f"{service} {average_precision_score(marked, scores):.3f}")
        notes["F1"].append(f"{service} {_best_f1(marked, scores):.3f}*")
    return {what: "  ".join(told) for what, told in notes.items()}


def _best_f1(marked: Rows, scores: Numbers) -> float:
    """Return F1 at the threshold that is best for these very rows."""
    return max(float(f1_score(marked, scores >= one)) for one in np.unique(scores))
