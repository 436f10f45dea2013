"""Found by its words, alike on every database, and only by who may see it."""

import unicodedata
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from uppsikt.records import asking, search
from uppsikt.records.models import SearchDocument
from uppsikt.records.stems import STEMMER_VERSION

pytestmark = pytest.mark.django_db

TEXTS = {
    "item:1": "Varför är lekplatsen stängd?",
    "item:2": "Vi har frågor om badförbudet i sjön",
    "item:3": "Åsa på biblioteket var så hjälpsam",
    "item:4": "Asa heter min katt",
    "item:5": "Ögonblicksbilder från 2017/KS 0318",
    "item:6": "När öppnar badet? Jag bor på Ängsvägen 7 B",
}


@pytest.fixture(autouse=True)
def indexed(noon: datetime) -> None:
    for minute, (subject, text) in enumerate(TEXTS.items()):
        at = noon + timedelta(minutes=minute)
        search.index(subject, f"/1/{minute % 2 + 2}/", text, at=at)


def found(query: str, *paths: str) -> list[str]:
    rows = search.find(query, paths or [search.EVERYWHERE])
    return [row.subject for row in rows]


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("lekplats", ["item:1"]),
        ("lekplatserna stängda", ["item:1"]),
        ("badförbud", ["item:2"]),
        ("fråga", ["item:2"]),
        ("bad", ["item:6", "item:2"]),
        ("badförbud sjö", ["item:2"]),
        ("åsa", ["item:3"]),
        ("asa", ["item:4"]),
        ("ögonblicksbild", ["item:5"]),
        ("0318", ["item:5"]),
        ("2017/KS", ["item:5"]),
        ("ängs", ["item:6"]),
        ("angs", []),
        ("stängd badförbud", []),
        ("LEKPLATS!", ["item:1"]),
    ],
)
def test_words_are_found_in_their_forms_last_told_first(
    query: str, subjects: list[str]
) -> None:
    assert found(query) == subjects


def test_the_last_word_and_a_longer_one_may_be_unfinished() -> None:
    assert found("badförbud sj") == ["item:2"]
    assert found("badförb sjön") == ["item:2"]
    assert found("sj badförbud") == []


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("snöröjning", "Vintersnöröjningen är dålig"),
        ("snöröjning trasig", "Snöröjningen: maskinen är trasig"),
        ("lekplats trasig gunga", "Gungan på lekplatsen är trasig"),
        ("lekplatsen", "Vi saknar en lekplats"),
        ("omsorg", "Hur fungerar äldreomsorgen?"),
        ("avgift", "Vad är parkeringsavgiften?"),
        ("skolan", "Ring simskolans reception"),
        ("hall", "Simhallen är stängd"),
    ],
)
def test_a_word_is_found_in_any_place_and_at_the_end_of_a_longer_one(
    query: str, text: str, noon: datetime
) -> None:
    search.index("item:9", "/1/2/", text, at=noon)

    assert "item:9" in found(query)


def test_words_in_quotes_stand_together(noon: datetime) -> None:
    search.index("item:8", "/1/2/", "Det är inte öppet i dag", at=noon)
    search.index("item:9", "/1/2/", "Det är öppet, inte stängt", at=noon)

    assert found('"inte öppet"') == ["item:8"]
    assert found("inte öppet") == ["item:9", "item:8"]
    assert found("”inte öppet” dag") == ["item:8"]


def test_a_phrase_never_reaches_into_the_parts_of_long_words(noon: datetime) -> None:
    search.index("item:9", "/1/2/", "Bra snöröjning", at=noon)

    assert found('"snöröjning röjning"') == []


def test_what_is_found_is_marked_where_it_stands() -> None:
    text = "Snö! Vintersnöröjningen, och röjningen."

    assert [text[slice(*h.span)] for h in asking.hits(text, "snöröjning")] == [
        "Vintersnöröjningen"
    ]
    assert asking.hits(text, "") == []
    decomposed = unicodedata.normalize("NFD", text)
    assert len(asking.hits(decomposed, "snöröjning")) == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "!!!",
        '"',
        "*",
        "'",
        "' OR 1=1 --",
        "bad\\",
        "NEAR(",
        "stems:",
        ":*",
        "&",
    ],
)
def test_signs_of_a_search_language_are_only_signs(query: str) -> None:
    assert isinstance(found(query), list)


def test_an_operator_is_a_word_like_others() -> None:
    assert found("lekplats OR katt") == []


def test_nobody_finds_what_lies_outside_their_paths() -> None:
    assert found("bad", "/1/2/") == []
    assert found("bad", "/1/3/") == ["item:6", "item:2"]
    assert found("bad", "/1/2/", "/1/3/") == ["item:6", "item:2"]
    assert list(search.find("bad", [])) == []


def test_a_text_that_changes_is_found_by_its_new_words_alone(noon: datetime) -> None:
    search.index("item:1", "/1/2/", "Gungan är trasig", at=noon)

    assert found("gunga") == ["item:1"]
    assert found("lekplats") == []
    assert SearchDocument.objects.count() == len(TEXTS)


def test_what_is_forgotten_is_found_no_more() -> None:
    search.forget("item:1")

    assert found("lekplats") == []
    search.forget("item:1")


def test_what_is_rolled_back_was_never_findable(noon: datetime) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        search.index("item:9", "/1/", "Gungan", at=noon)
        search.forget("item:1")
        raise RuntimeError

    assert found("gunga") == []
    assert found("lekplats") == ["item:1"]


def test_many_texts_cost_few_questions(noon: datetime) -> None:
    texts = [(f"post:{n}", "/1/", f"inlägg nummer {n}") for n in range(100)]

    with CaptureQueriesContext(connection) as asked:
        search.index_many([*texts, ("post:1", "/1/", "sista ordet")], at=noon)
    assert len([q for q in asked if "INSERT INTO" in q["sql"]]) == 1
    assert len(found("inlägg")) == 99
    assert found("sista ordet") == ["post:1"]


def test_a_very_long_word_is_no_trouble(noon: datetime) -> None:
    search.index("item:7", "/1/", "å" * 5000 + " tyst \x00 text", at=noon)

    assert found("tyst") == ["item:7"]
    assert found("å" * 5000) == ["item:7"]


def test_what_another_stemmer_made_is_known_to_be_old() -> None:
    assert list(search.outdated("item:")) == []
    SearchDocument.objects.filter(subject="item:1").update(version="older")

    assert list(search.outdated("item:")) == ["item:1"]
    assert list(search.outdated("post:")) == []
    assert SearchDocument.objects.get(subject="item:2").version == STEMMER_VERSION


def test_the_index_is_asked_and_not_every_row() -> None:
    plan = search.find("lekplats", ["/1/"]).explain()

    if connection.vendor == "sqlite":
        assert "VIRTUAL TABLE INDEX" in plan
    else:
        assert "records_search" in plan or "Seq Scan" in plan


def test_an_excerpt_shows_the_first_hit() -> None:
    text = f"Hej. {'Mycket annat. ' * 40}Och så snöröjningen!"

    shown = asking.excerpt(text, "snöröjning", 100)

    assert shown.startswith("…")
    assert "snöröjningen" in shown
    assert len(shown) <= 101
    assert asking.excerpt("Kort snöröjning", "snöröjning", 100) == "Kort snöröjning"
    assert asking.excerpt("Utan träff", "snöröjning", 4) == "Utan"
