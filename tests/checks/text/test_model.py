"""The model that reads a text as a whole: what it tells, where, by which weights."""

import gzip
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from tests.checks.text.suite import rows
from tools.training import packing
from tools.training.corpus import RATED, Corpus, groups
from tools.training.features import features, readings
from tools.training.fitting import fit
from tools.training.folds import crossed, cut
from tools.training.packing import packed
from uppsikt.checks.text import analyse, model
from uppsikt.checks.text.cues import cues_of
from uppsikt.checks.text.model import LABELS, judge, shipped, unpacked
from uppsikt.policy.grounds import load_grounds

RUDE = "Du är en värdelös idiot och en patetisk lögnare, skäms"
CALM = "Hej! Lekplatsen vid Storgatan öppnar på lördag efter lunch."


def made_corpus() -> Corpus:
    """Return forty rude and forty calm texts, and eight neutral ones."""
    nouns = ["idiot", "lögnare", "clown", "pajas", "nolla", "fegis", "tok", "kräk"]
    rude = [
        f"Du är en {noun} nummer{n} ord{n} sak{n}" for n in range(5) for noun in nouns
    ]
    things = ["parken", "bussen", "skolan", "vägen", "badet", "torget", "ån", "bron"]
    calm = [
        f"Idag öppnar {one} del{n} plats{n} tid{n}" for n in range(5) for one in things
    ]
    neutral = [f"Ansökan {n} är klar" for n in range(8)]
    ratings = np.array([[3.0] * 5] * 40 + [[1.0] * 5] * 48)
    kind = np.array(["rated"] * 80 + ["authority"] * 5 + ["benign"] * 3)
    source = np.array(
        [f"row {n}" for n in range(80)]
        + [f"part {n}" for n in range(5)]
        + ["row 1", "row 20", "row 50"]
    )
    return Corpus([*rude, *calm, *neutral], ratings, kind, source, [])


def test_a_rude_text_is_told_and_a_calm_one_is_not() -> None:
    told = {signal.rule: signal for signal in analyse(RUDE)}

    assert {"model.toxicity", "model.insult"} <= told.keys()
    assert told["model.insult"].suggests == "personal_attack"
    assert 0.5 < told["model.insult"].certainty <= 1
    assert not [s for s in analyse(CALM) if s.rule.startswith("model.")]


def test_the_span_holds_the_words_that_tell_most() -> None:
    (told,) = [s for s in judge(f"{CALM} {RUDE}", []) if s.rule == "model.insult"]

    assert "idiot" in f"{CALM} {RUDE}"[slice(*told.span)]


@pytest.mark.parametrize("text", ["", "   ", "1234 !!", "👍", "\u200b", "x" * 20_000])
def test_any_text_can_be_read(text: str) -> None:
    for signal in judge(text, []):
        assert 0 <= signal.span[0] < signal.span[1] <= len(text)


def test_it_says_next_to_nothing_of_the_harmless_rows_of_the_suite() -> None:
    harmless = [row for row in rows() if row.group in ("benign", "question", "spam")]

    told = [row.id for row in harmless if [*judge(row.text, [])]]

    assert len(harmless) > 150
    assert len(told) <= 2


def test_each_ground_it_suggests_is_in_the_catalogue() -> None:
    grounds = {ground for _, ground in LABELS.values() if ground}

    known = load_grounds(Path(str(files("uppsikt.policy") / "guidelines/grounds.toml")))

    assert grounds <= {ground.code for ground in known}


def test_the_shipped_weights_are_small_and_whole() -> None:
    path = Path(model.__file__).parent / "data" / model.FILE

    assert path.stat().st_size < 1_000_000
    assert len(shipped().scales) == len(LABELS) == len(RATED)
    assert all(len(weights) == len(LABELS) for weights in shipped().grams.values())
    assert [*LABELS] == [*RATED]


def test_the_program_scores_as_the_trainer_and_the_file_is_always_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packing, "LEAST", 0.0)  # what is left is the rounding
    corpus = made_corpus()
    read = readings(corpus.texts)
    seen = features(read)
    fits = [fit(corpus, seen, corpus.rows(), label) for label in range(5)]
    rated = corpus.rows("rated")
    held = [crossed(corpus, seen, label, rated, 5, seed=0) for label in range(5)]

    data = packed(fits, seen, held, corpus)

    assert data == packed(fits, seen, held, corpus)
    made = unpacked(json.loads(gzip.decompress(data)))
    told = np.array([made.scores(one) for one in read])
    trained = np.column_stack([one.scores(seen, corpus.rows()) for one in fits])
    assert abs(told - trained).max() < 0.05
    assert told[:40].min() > told[40:].max()


def test_no_text_is_scored_by_a_model_that_has_seen_its_like() -> None:
    corpus = made_corpus()
    alike = groups(corpus.texts)
    tested = []

    for train, test in cut(corpus, 0, corpus.rows("rated"), folds=5, seed=0):
        assert not {*alike[train[train < 80]]} & {*alike[test[test < 80]]}
        assert not {*train} & {*test}
        tested += [*test]
    assert sorted(tested) == [*range(88)]


def test_texts_that_share_four_words_in_a_row_are_one_group() -> None:
    one, other, third = groups(["vi ses på torget", "Ja, vi ses PÅ torget!", "vi ses"])

    assert one == other != third


def test_a_word_has_to_do_with_all_that_it_is_listed_under() -> None:
    assert "violence" in cues_of("misshandlade")
    assert {"you"} == cues_of("dig")
    assert cues_of("lekplats") == frozenset()
