"""Whatever a text holds, the rules finish, point inside it, and keep its order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.checks.text import Signature, analyse, examine_draft
from uppsikt.checks.text.fold import SAME_LETTER, fold

ANNA = Signature("Anna", "bibliotekarie")
HOSTILE = [
    "",
    "\x00",
    "\ud800",
    "\u202eabc",
    "😀",
    "a",
    "0",
    " ",
    "\n",
    "@",
    "a@",
    "a.@",
    ".",
    "?",
    "a?",
    "-",
    "0-",
    "08-",
    "070 ",
    "1212",
    "f ",
    "f*",
    "*",
    "a!",
    "ä\u0308",
    "\u0301",
    "a4",
    "4",
    "(at)",
    " snabel-a ",
    "a(at)",
    "www.",
    "http://",
    "ni ",
    "ni er ",
    "”",
    ">",
    "skriv ",
    "när ",
    "hur mycket ",
    "skit",
    "aaab",
    "en ",
    "/",
    ",",
    "İ",
    "ﬁ",
    "a_",
    "\u200b",
    "punkt ",
    "a punkt ",
    "+46",
    "0046 ",
    "(",
    "))",
    "а",
    "aа",
    "undrar ",
    "är , ",
]


@pytest.mark.parametrize("part", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hundred_thousand_letters_of_anything_are_read(part: str) -> None:
    text = (part * 100_000)[:100_000]
    for signal in (*analyse(text), *examine_draft(text, signature=ANNA)):
        assert 0 <= signal.span[0] <= signal.span[1] <= len(text)


PIECES = st.one_of(
    st.text(st.characters(), max_size=12),
    st.sampled_from(HOSTILE),
    st.sampled_from(
        [" fan ", "121212-1212", "070-123 45 67", "Ni", " när är det ", "?"]
    ),
)


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=300)
def test_signals_lie_inside_the_text_in_order(text: str) -> None:
    for signals in (analyse(text), examine_draft(text, signature=ANNA)):
        spans = [signal.span for signal in signals]
        assert spans == sorted(spans)
        for signal in signals:
            assert 0 <= signal.span[0] <= signal.span[1] <= len(text)
            assert 0 < signal.certainty <= 1
            assert str(signal.message)


@given(st.text(st.characters(), max_size=60))
def test_folding_keeps_count_of_every_letter(text: str) -> None:
    folded = fold(text)
    length = len(text) if folded.at is None else len(folded.at)
    assert len(folded.text) == length


def test_every_folded_letter_is_one_letter() -> None:
    assert {len(plain) for plain in SAME_LETTER.values()} == {1}
    assert all(len(chr(c).lower()) == 1 for c in range(0x110000) if chr(c) != "İ")
