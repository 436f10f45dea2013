"""Train the model that reads a text as a whole, and write the weights we ship.

Usage: python -m tools.train_text [FOLDER WITH LABELLED TEXTS]
The texts are others' and stay where they are (docs/dev/text.md). The same texts, rules
and libraries give the same file, byte for byte.
"""

import sys
from pathlib import Path

from threadpoolctl import threadpool_limits

from tools.training.corpus import RATED, read_corpus
from tools.training.features import features, readings
from tools.training.fitting import fit
from tools.training.folds import crossed
from tools.training.packing import packed
from uppsikt.checks.text import model

USUAL = Path("../shared/data")
HERE = Path(model.__file__).parent / "data" / model.FILE
ROUNDS = 5


def main(folder: Path) -> None:
    """Fit each label on all texts, and find its scale on texts held out."""
    corpus = read_corpus(folder)
    seen = features(readings(corpus.texts))
    rated = corpus.rows("rated")
    labels = range(len(RATED))
    fits = [fit(corpus, seen, corpus.rows(), label) for label in labels]
    held = [crossed(corpus, seen, label, rated, ROUNDS, seed=0) for label in labels]
    data = packed(fits, seen, held, corpus)
    HERE.write_bytes(data)
    print(f"{HERE.name}: {len(data):,} bytes, {len(corpus.texts)} texts")


if __name__ == "__main__":
    with threadpool_limits(1):
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else USUAL)
