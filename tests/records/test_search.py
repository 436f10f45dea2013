"""Found by its words, alike on every database, and only by who may see it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from uppsikt.records import search
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


def test_only_the_last_word_may_be_unfinished() -> None:
    assert found("badförbud sj") == ["item:2"]
    assert found("badförb sjön") == []


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
