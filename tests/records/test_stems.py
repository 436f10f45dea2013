"""Search stems: what should find each other does, what should not does not."""

import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.records.stems import (
    LONGEST_TOKEN,
    MOST_TERMS,
    MOST_TOKENS,
    STEMMER_VERSION,
    query_terms,
    stem_text,
)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("bibliotek", "Biblioteken"),
        ("öppettid", "ÖPPETTIDERNA"),
        ("snöröjning", "snöröjningen"),
        ("flicka", "flickorna"),
        ("idé", "ide"),
        ("Kafe", "kafé"),
        ("Müller", "muller"),
        ("a\u030angbåt", "ångbåten"),
    ],
)
def test_forms_of_a_word_find_each_other(asked: str, written: str) -> None:
    assert query_terms(asked) == stem_text(written).split()


@pytest.mark.parametrize(
    ("one", "other"),
    [("bår", "bar"), ("får", "far"), ("häl", "hal"), ("röd", "rod"), ("mål", "mäl")],
)
def test_the_swedish_letters_are_letters_of_their_own(one: str, other: str) -> None:
    assert stem_text(one) != stem_text(other)


def test_apostrophes_hyphens_and_marks_part_words() -> None:
    assert stem_text("Tyresö:s it-stöd, O'Hara 3/4") == "tyresö s it stöd o har 3 4"


def test_a_text_without_words_has_no_stems() -> None:
    assert stem_text(" \x00 😀 ... \ud800 \u202e") == ""
    assert query_terms('" * ( OR-') == ["or"]


def test_the_last_word_of_a_question_is_last_so_that_it_can_be_a_prefix() -> None:
    last = query_terms("öppettider biblio")[-1]
    assert stem_text("biblioteket").startswith(last)


def test_a_long_text_and_a_long_question_are_cut() -> None:
    assert len(stem_text("a " * (MOST_TOKENS + 5)).split()) == MOST_TOKENS
    assert len(query_terms("a " * (MOST_TERMS + 5))) == MOST_TERMS
    assert len(stem_text("x" * 100_000)) == LONGEST_TOKEN


def test_the_version_names_the_stemmer() -> None:
    assert "snowball-swedish-" in STEMMER_VERSION


@given(st.text(st.characters(), max_size=200))
def test_any_text_gives_letters_and_digits_only(text: str) -> None:
    assert all(term.isalnum() for term in query_terms(text))
    assert stem_text(text).split() == [t for t in stem_text(text).split(" ") if t]


@given(st.text("aåäöéeu\u0301\u0308\u030a -", max_size=60))
def test_composed_and_decomposed_letters_give_the_same(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert stem_text(decomposed) == stem_text(unicodedata.normalize("NFC", text))


def test_threads_do_not_disturb_each_other() -> None:
    words = [f"bibliotek{n}arna öppettider{n}na" for n in range(300)]
    made: dict[int, list[str]] = {}
    threads = [
        threading.Thread(target=lambda n=n: made.update({n: [*map(stem_text, words)]}))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made[0] == made[1] == made[2] == made[3]
