"""Nothing that a guideline demands is left out, shown on a text of our own making.

The adopted text is not ours to ship. Who has it runs the last tests too, with its path
in UPPSIKT_ADOPTED_TEXT and that of the requirements (JSON) in UPPSIKT_REQUIREMENTS.
"""

import json
import os
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.policy.adopted_text import HEAD, cut, normal
from uppsikt.policy.coverage import (
    BadFingerprints,
    Mark,
    changed,
    demanding,
    fingerprint,
    hits,
    marks,
    read_marks,
    sentences,
    unanswered,
)

untimed = settings(deadline=None)
SHIPPED = files("uppsikt.policy") / "guidelines" / "tyreso.fingerprints"
TEXT = """
Regler för båtklubbens webb

Beslutat:\t2031-05-06\tÄgare:\tKlubbmästaren
Reviderat:\t2032-01-02

Innehållsförteckning

1\tSyfte.....\t1
2\tRoller\t1
2.1\tHamnvakten\t2

1 Syfte

Webben finns för medlemmarna. Den som undrar, t.ex. Hamnvakten, kan
läsa här, bl.a. om priser kl. 8.

2 Roller

2.1 Hamnvakten

Hamnvakten ska varje kväll skriva upp:

- vädret
- vilka båtar som kommit och
- vem som har jouren. Namnet räcker.

Listan ska sparas i

2

en pärm i klubbhuset. Den slängs efter ett år

Brygga

Så här går det till:

1. Öppna grinden
2. Stäng grinden efter dig.

3 Priser

Klubben kan sänka priset. "Fråga först!" Sedan får ingen ändra det
"""


def test_the_text_is_cut_into_its_sentences() -> None:
    lead = "Hamnvakten ska varje kväll skriva upp:"

    assert [(each.section, each.text) for each in cut(TEXT)] == [
        (HEAD, "Regler för båtklubbens webb"),
        (HEAD, "Beslutat: 2031-05-06 Ägare: Klubbmästaren"),
        (HEAD, "Reviderat: 2032-01-02"),
        ("1", "Webben finns för medlemmarna."),
        (
            "1",
            "Den som undrar, t.ex. Hamnvakten, kan läsa här, bl.a. om priser kl. 8.",
        ),
        ("2.1", f"{lead} vädret"),
        ("2.1", f"{lead} vilka båtar som kommit och"),
        ("2.1", f"{lead} vem som har jouren."),
        ("2.1", f"{lead} Namnet räcker."),
        ("2.1", "Listan ska sparas i en pärm i klubbhuset."),
        ("2.1", "Den slängs efter ett år"),
        ("2.1", "Brygga"),
        ("2.1", "Så här går det till: Öppna grinden"),
        ("2.1", "Så här går det till: Stäng grinden efter dig."),
        ("3", "Klubben kan sänka priset."),
        ("3", '"Fråga först!"'),
        ("3", "Sedan får ingen ändra det"),
    ]


@pytest.mark.parametrize(
    ("furniture", "kept"),
    [
        ("Sida 3 av 9", False),
        ("3 (9)", False),
        ("17", False),
        ("17 båtar får plats.", True),
        ("Sidan ska vara öppen.", True),
        ("4 Båtar", False),  # a heading
        ("4 båtar får plats här", True),
        ("Innehåll", False),
        ("Innehåll ska sparas.", True),
        ("Priser ........ 7", False),
        ("Priset var 7 ... men blev 8", True),
        ("Bryggan ska sopas", True),  # it might be a heading, it might be a demand
    ],
)
def test_page_furniture_is_told_from_words(furniture: str, *, kept: bool) -> None:
    found = sentences(f"1 Klubben\n\nHär är vi.\n\n{furniture}\n\nDet var allt.")

    assert found == ["Här är vi.", *([furniture] if kept else []), "Det var allt."]


def test_a_running_head_is_dropped_and_a_repeated_demand_is_not() -> None:
    page = "Båtklubbens regler för webben\n\nGrinden ska stängas.\n\n"

    assert sentences(page * 3) == ["Grinden ska stängas."] * 3
    assert len(sentences(page * 2)) == 4


def test_a_list_keeps_its_lead_in_until_a_paragraph_ends_it() -> None:
    found = sentences("Ta med:\n• mat\n• dryck\n\nVi ses.\n\n- utan ingress")

    assert found == ["Ta med: mat", "Ta med: dryck", "Vi ses.", "utan ingress"]


def test_a_wrapped_item_is_one_item() -> None:
    assert sentences("Ta med:\n- mat för\n  två dagar\n- dryck") == [
        "Ta med: mat för två dagar",
        "Ta med: dryck",
    ]


def test_only_an_unfinished_sentence_goes_on_after_a_blank_line() -> None:
    assert sentences("Grinden är\n\nblå.\n\nalla ska ha nyckel.") == [
        "Grinden är blå.",
        "alla ska ha nyckel.",
    ]


def test_a_number_with_a_dot_is_a_heading_outside_a_list() -> None:
    found = cut("1. Syfte\n\nVi finns.\n\n2. Roller\n\nTvå:\n\n1. Vakt\n2. Kassör")

    assert [(each.section, each.text) for each in found] == [
        ("1", "Vi finns."),
        ("2", "Två: Vakt"),
        ("2", "Två: Kassör"),
    ]


def test_a_heading_ends_the_list_before_it() -> None:
    found = cut("1 Packning\n\nTa med:\n\n- mat\n\n2 Resan\n\n- Vi åker kl. 8.")

    assert [(each.section, each.text) for each in found] == [
        ("1", "Ta med: mat"),
        ("2", "Vi åker kl. 8."),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Grinden ska stängas.",
        "Grinden SKALL stängas.",
        "Hunden ska inte in.",
        "Grillen får inte lämnas.",
        "Vi får bara grilla på bryggan.",
        "Gäster får endast ligga en natt.",
        "Man bör ha flytväst.",
        "Man måste betala.",
        "Grinden lämnas aldrig öppen.",
        "Två personer behöver ha nyckel.",
        "Hamnvakten ansvarar för nycklarna.",
        "Klubben är också ansvarig för bryggan.",
        "Den som lånar har ansvar för båten.",
        "Klubbmästaren har beslutanderätt över jollarna.",
        "Vi har som regel och har vi som regel att bära väst.",
        "För gäster gäller samma taxa.",
        "Medlemmar är skyldiga att städa.",
        "Hundar hör inte hemma på bryggan.",
        "Inte heller katter.",
        "Svaret har samma tidsfrist som brev.",
        "Frågor om pris hänvisas till kassören.",
        "Frågor besvarar vi samma dag.",
        "Vi följer sjölagen.",
        "Använd flytväst.",
        "Informera om varför.",
        "Samt lämna nyckeln till vakten.",
        "Det är viktigt att alla hörs.",
        "Flytväst rekommenderas.",
        "Varje båt står för sin el.",
        "Du behöver inte betala men ska anmäla dig.",
    ],
)
def test_a_demand_is_seen(sentence: str) -> None:
    assert demanding(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Webben finns för medlemmarna.",
        "Skaldjur serveras på bryggan.",
        "Askan är kall.",
        "Du behöver inte betala.",
        "Så att gäster inte själva behöver ringa.",
        "Det krävs inte någon nyckel.",
        "Gäster får ligga här.",
        "Gäster kan ligga här.",
        "Frågor kan besvaras på bryggan.",
        "Undantag kan göras.",
        "Som medlem har vi alltid rätt att rösta.",
        "Om vi tar båten blir den borta.",
        "Brädan är borta.",
        "Böret är ett ord.",
        "Den som frågar får svar.",
        "Läs mer i bilagan.",
        '"Vi förbehåller oss rätten att stänga."',
        "Ett snabbt svar innebär att fler får veta.",
        "Förr var bryggan längre.",
        "Aldrigheten är inget ord.",
        "Bryggan och grinden är blå.",
        "Sedan tackar klubben.",
        "Kassören heter Måstersson.",
        "Den gällande taxan hänger på väggen.",
        "Bryggan är röd, vilket syns.",
    ],
)
def test_what_demands_nothing_is_left_in_peace(sentence: str) -> None:
    assert not demanding(sentence)


@pytest.mark.parametrize(
    ("anchor", "hit"),
    [
        ("Hamnvakten ska", True),
        ("hamnvakten   SKA\nvarje", True),
        ("skriva upp: vädret", True),
        ("vädret", True),
        ("Hamnvakten", True),
        ("", False),
        ("  ", False),
        ("Hamn", False),  # not a whole word
        ("ska kväll", False),  # not in one piece
        ("vädret i dag", False),
        ("varje.kväll", False),  # no pattern
        ("vakten ska", False),
    ],
)
def test_an_anchor_hits_whole_words_in_order(anchor: str, *, hit: bool) -> None:
    assert hits(anchor, "Hamnvakten ska varje\xa0kväll skriva upp: vädret") is hit


def test_an_anchor_may_use_any_quotation_marks() -> None:
    assert hits("säg ”du”", 'Man ska säg "du" här.')
    assert not hits("säg ”ni”", 'Man ska säg "du" här.')


def test_each_demand_that_nothing_answers_is_named() -> None:
    text = "Grinden ska stängas. Bryggan är blå. Hunden får inte in."

    assert unanswered(sentences(text), []) == [
        "Grinden ska stängas.",
        "Hunden får inte in.",
    ]
    assert unanswered(sentences(text), iter(["Grinden ska"])) == ["Hunden får inte in."]
    assert unanswered(sentences(text), ["Grinden ska", "får inte in", "blå"]) == []


def test_a_fingerprint_follows_the_words_and_not_their_setting() -> None:
    plain = fingerprint("Säg ”du” till alla.")

    assert fingerprint(' Säg  "du"\ntill\xa0alla. ') == plain
    assert fingerprint("Sa\u0308g ”du” till alla.") == plain
    assert fingerprint("Säg ”ni” till alla.") != plain
    assert len(plain) == 64


def test_a_revision_shows_what_is_new_and_what_is_gone() -> None:
    before = "Grinden ska stängas. Hunden får inte in. Bryggan är blå."
    after = "Grinden ska  stängas. Hunden får vara med. Bryggan är blå."
    then = [mark.fingerprint for mark in marks(before)]

    new, gone = changed(iter(then), after)

    assert new == ["Hunden får vara med."]
    assert gone == [fingerprint("Hunden får inte in.")]
    assert changed(then, before) == ([], [])


def test_marks_are_written_and_read_back_without_a_word_of_the_text() -> None:
    found = marks(TEXT)
    written = "# a comment\n\n" + "\n".join(map(str, found))

    assert read_marks(written) == found
    assert "Hamnvakten" not in written
    assert found[5] == Mark(found[5].fingerprint, "2.1", demanding=True)
    assert not found[3].demanding


@pytest.mark.parametrize(
    "line", ["abc 1 d", "f" * 64, "f" * 64 + " 1 x", "f" * 64 + " ett d", "Grinden ska"]
)
def test_a_broken_line_among_fingerprints_is_named(line: str) -> None:
    with pytest.raises(BadFingerprints, match="Line 2"):
        read_marks(f"# ok\n{line}")


@untimed
@given(st.text(alphabet='aÅ1. -•:\n\t()"ska\f', max_size=300))
def test_any_text_is_cut_without_losing_a_demand(text: str) -> None:
    found = cut(text + "\n\nGrinden ska stängas.")

    assert any(each.text.endswith("Grinden ska stängas.") for each in found)
    assert all(each.text == normal(each.text) != "" for each in found)


def test_the_shipped_list_holds_only_marks_from_every_section() -> None:
    found = read_marks(SHIPPED.read_text(encoding="utf-8"))
    sections = {mark.section for mark in found if mark.demanding}
    first = ["1", "2", "3.1", "3.2", "3.3", "4", "5.1", "6", "6.1", "6.2", "6.3", "6.4"]
    rest = ["6.5", "6.6", "6.7", "7.1", "7.2", "8.1", "8.2", "8.3", "8.4", "9"]

    assert len(found) == len(SHIPPED.read_text(encoding="utf-8").splitlines()) - 2
    assert sections == {*first, *rest}


def _given(variable: str) -> str:
    path = os.environ.get(variable)
    if not path:
        pytest.skip(f"{variable} does not say where the text is")
    return Path(path).read_text(encoding="utf-8")


def test_the_shipped_list_is_that_of_the_adopted_text() -> None:
    text = _given("UPPSIKT_ADOPTED_TEXT")

    assert read_marks(SHIPPED.read_text(encoding="utf-8")) == marks(text)


def test_every_requirement_that_binds_stands_in_a_sentence_that_demands() -> None:
    text, listed = _given("UPPSIKT_ADOPTED_TEXT"), _given("UPPSIKT_REQUIREMENTS")
    binding = {"SKA", "SKA EJ", "FÅR EJ", "BÖR", "BÖR EJ"}
    found = [each.casefold() for each in sentences(text) if demanding(each)]
    quotes = [
        quote
        for row in json.loads(listed)["requirements"]
        # The head of the document is a table: its fields are no sentences.
        if row["modality"] in binding and row["section"] != HEAD
        for quote in row["quotes"]
    ]

    assert [quote for quote in quotes if not _stands_in(quote, found)] == []
    assert len(quotes) > 80


def _stands_in(quote: str, found: list[str]) -> bool:
    """Tell whether any sentence of `quote` is in one of those `found`."""
    parts = [part.strip(" .").casefold() for part in normal(quote).split(". ")]
    return any(part in sentence for part in parts for sentence in found)
