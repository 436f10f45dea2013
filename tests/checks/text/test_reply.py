"""Hints on our own answers: what must be pointed at, and what must not."""

import pytest

from uppsikt.checks.text import Signature
from uppsikt.checks.text.house_words import find_house_words
from uppsikt.checks.text.links import find_link_faults
from uppsikt.checks.text.reply import Occasion, examine_reply
from uppsikt.checks.text.tone import check_greeting, find_tone, given_name

ANNA = Signature("Anna", "bibliotekarie")
OURS = frozenset({"exempelby.se"})


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("NU RÄCKER DET med det här", {"tone.shouting"}),
        ("Välkommen!!", {"tone.shouting"}),
        ("Vad menar du??", {"tone.shouting"}),
        ("Välkommen! Vi ses.", set()),
        ("Läs om SFI på KOMVUX i höst", set()),
        ("IT och HR svarar", set()),
        ("Det står ju på sidan", {"tone.irritated"}),
        ("Som  Sagt, vi öppnar", {"tone.irritated"}),
        ("Somsagt", set()),
        ("Du har fel", {"tone.blaming"}),
        ("Du har felanmält det rätt", set()),
        ("Vi har fel i kartan", set()),
    ],
)
def test_a_tone_is_pointed_at_where_it_grates(text: str, kinds: set[str]) -> None:
    assert {hint.rule for hint in find_tone(text)} == kinds


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("Hej Kim! Ja.", "Kim Ek", None),
        ("Hejsan!", "", None),
        ("@kim.test Hej!", "", None),
        ("Tack för tipset, Kim!", "Kim", None),
        ("Hello Kim, yes.", "Kim", None),
        ("Ja.", "Kim", "text.no_greeting"),
        ("Hejdå", "", "text.no_greeting"),
        ("Hej! Ja.", "Kim Ek", "text.no_name"),
        ("Hej! Ja.", "anonym123", None),
        ("", "Kim", None),
    ],
)
def test_an_answer_greets_somebody(text: str, name: str, rule: str | None) -> None:
    hint = check_greeting(text, name)
    assert (hint.rule if hint else None) == rule


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Kim Ek", "Kim"),
        ("Anna-Karin", "Anna-Karin"),
        ("Åsa", "Åsa"),
        ("ARG", ""),
        ("kim", ""),
        ("K1m", ""),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_first_word_that_looks_like_a_name_is_one(name: str, first: str) -> None:
    assert given_name(name) == first


@pytest.mark.parametrize(
    ("text", "works", "rules"),
    [
        ("Se https://www.exempelby.se/a.", True, set()),
        ("Se https://bibliotek.exempelby.se", True, set()),
        ("Se www.exempelby.se/a", True, set()),
        ("Se exempelby.se", True, set()),
        ("Se https://falsktexempelby.se/a", True, {"link.unknown"}),
        ("Se http://exempelby.se/a", True, {"link.insecure"}),
        ("Se bit.ly/abc", True, {"link.shortened"}),
        ("Se https://exempelby.se", False, {"link.dead"}),
        ("Klicka här: https://exempelby.se", True, {"link.words"}),
        ("Skriv till kim@exempelby.se", True, set()),
        ("Öppet 10/12 och 1.5/2", True, set()),
    ],
)
def test_a_link_is_pointed_at_where_it_should_be(
    text: str, works: object, rules: set[str]
) -> None:
    found = find_link_faults(text, ours=OURS, works=bool(works))
    assert {hint.rule for hint in found} == rules


def test_our_own_words_are_asked_for_as_we_write_them() -> None:
    words = {"hemsida": "webbplats", "e-mail": "e-post", "Fritids": "fritidshem"}

    found = find_house_words("Hemsida, e-mail och hemsidan. Fritids!", words)

    assert [str(hint.message) for hint in found] == [
        "We write “webbplats”, not “Hemsida”.",
        "We write “e-post”, not “e-mail”.",
        "We write “fritidshem”, not “Fritids”.",
    ]
    assert list(find_house_words("hemsida", {})) == []


def test_our_own_mailbox_is_no_persons() -> None:
    occasion = Occasion(ANNA, ours=OURS)
    ours = "Hej! Skriv till eva@exempelby.se\nAnna, bibliotekarie"
    theirs = "Hej! Skriv till eva@annan.example\nAnna, bibliotekarie"

    assert examine_reply(ours, occasion) == ()
    assert [h.rule for h in examine_reply(theirs, occasion)] == ["personal_data.email"]


@pytest.mark.parametrize("text", ["", "\0", "http://[", "!" * 9999, "A A " * 2000])
def test_it_stops_at_nothing_a_text_can_hold(text: str) -> None:
    examine_reply(text, Occasion(ANNA, reader="\0 x", words={"a": "b"}, ours=OURS))
