"""Questions that need an answer (R-6.2-3), and sentences that do not."""

import pytest

from tests.checks.text.tables import rows
from uppsikt.checks.text.question import is_question


@pytest.mark.parametrize(("expected", "text"), rows("question.tsv"))
def test_questions_are_told_from_statements(expected: str, text: str) -> None:
    assert (is_question(text) is not None) == (expected == "yes")


def test_a_question_mark_is_surer_than_the_order_of_words() -> None:
    marked, bare = is_question("När öppnar badet?"), is_question("När öppnar badet")
    assert marked is not None
    assert bare is not None
    assert marked.certainty > bare.certainty


def test_the_sentence_that_asks_is_pointed_out() -> None:
    text = "Tack för senast. När öppnar badet? Hälsningar"
    signal = is_question(text)
    assert signal is not None
    assert text[slice(*signal.span)] == "När öppnar badet?"
    assert signal.suggests == ""
