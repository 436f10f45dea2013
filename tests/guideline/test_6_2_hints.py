"""Section 6.2: what helps a person to answer well, and stops nothing by itself."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.inbox.conftest import browser as browser  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import item as item  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import one, shown
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox import hints
from uppsikt.inbox.hints import Hint
from uppsikt.inbox.models import Item
from uppsikt.platforms.base import ItemKind
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db
LINE = "\n\nAnna, bibliotekarie, Biblioteket"


def told_of(text: str, item: Item, anna: Actor, at: datetime) -> dict[str, Hint]:
    """Return the hints on `text`, by their rules."""
    reading = hints.read(text + LINE, item, anna.person, at=at)
    return {h.signal.rule: h for h in reading.hints}


def test_an_answer_begins_with_a_greeting_by_the_name_that_was_given(
    item: Item, anna: Actor
) -> None:
    assert hints.beginning(item, anna.person) == f"Hej Kim!\n\n{LINE}"

    item.author_name = "arga_tanten99"
    assert hints.beginning(item, anna.person) == f"Hej!\n\n{LINE}"


@pytest.mark.parametrize(
    ("text", "rule", "rests_on"),
    [
        ("Hej Kim! Har Ni sett boken?", "text.not_du", "6.2"),
        ("Hej Kim! NU ÄR DET NOG.", "tone.shouting", "6.2"),
        ("Hej Kim! Som sagt öppnar vi tio.", "tone.irritated", "6.2"),
        ("Hej Kim! Du har missförstått.", "tone.blaming", "6.2"),
        ("Vi öppnar tio.", "text.no_greeting", "6.2"),
        ("Hej! Vi öppnar tio.", "text.no_name", "6.2"),
        ("Hej Kim! Se vår hemsida.", "text.house_word", "6.2"),
        ("Hej Kim! Se https://bit.ly/3x", "link.shortened", "förvaltningslagen 6 §"),
        ("Hej Kim! http://tyreso.se/a", "link.insecure", "förvaltningslagen 6 §"),
        ("Hej Kim! https://okand.example/a", "link.unknown", "förvaltningslagen 6 §"),
        ("Hej Kim! Klicka här.", "link.words", "förvaltningslagen 6 §"),
        (
            "Hej Kim! Ring Eva på 070-174 06 05.",
            "personal_data.phone",
            "dataskyddsförordningen artikel 5",
        ),
    ],
)
def test_each_hint_says_its_section_and_what_to_do(
    item: Item, anna: Actor, monday: datetime, text: str, rule: str, rests_on: str
) -> None:
    found = told_of(text, item, anna, monday)

    assert found[rule].rests_on == rests_on
    assert found[rule].fix
    assert not found[rule].binds


def test_a_friendly_signed_answer_has_no_remarks(
    item: Item, anna: Actor, monday: datetime
) -> None:
    text = "Hej Kim! Vi öppnar kl. 10. Mer finns på https://www.tyreso.se/bibliotek"

    assert told_of(text, item, anna, monday) == {}


def test_the_municipalitys_own_words_and_writing_rules_are_beside_the_box(
    browser: Client, item: Item
) -> None:
    html = shown(browser.get(reverse("item", args=[item.pk])))
    assert "https://www.isof.se/klarsprak" in html

    url = reverse("item-draft", args=[item.pk, "answer"])
    html = shown(browser.post(url, {"text": f"Hej Kim! Se vår hemsida.{LINE}"}))

    assert "webbplats" in html
    assert not Outgoing.objects.exists()


def test_the_text_is_read_as_one_types_and_the_answer_is_a_piece_of_the_page(
    browser: Client, item: Item
) -> None:
    url = reverse("item-draft", args=[item.pk, "promise"])
    told = {"text": "Vi återkommer", "promised_for": "2026-03-09"}

    piece = shown(browser.post(url, told, headers={"HX-Request": "true"}))

    assert piece.startswith('<div id="promise-hints"')
    assert "Anna, bibliotekarie, Biblioteket" in piece
    whole = shown(browser.post(url, told))
    assert "<html" in whole
    assert "2026-03-09" in whole


def test_nobody_checks_who_may_not_answer(
    browser: Client, item: Item, rut: Actor
) -> None:
    url = reverse("item-draft", args=[item.pk, "letter"])
    assert browser.post(url, {"text": "Hej"}).status_code == 404
    browser.force_login(rut.person)
    assert browser.post(url, {"text": "Hej"}).status_code in (302, 403)


def test_the_length_is_counted_as_the_platform_counts(
    browser: Client, item: Item, anna: Actor, monday: datetime
) -> None:
    family = "\U0001f469‍\U0001f467"
    room = 300 - len(LINE) - len("Hej Kim! ")
    text = "Hej Kim! " + "å" * (room - 1) + family + LINE

    reading = hints.read(text, item, anna.person, at=monday)
    assert (reading.length, reading.most, reading.left) == (300, 300, 0)
    url = reverse("item-answer", args=[item.pk])
    assert browser.post(url, {"text": text, "anyway": "1"}).status_code == 302
    assert Outgoing.objects.get().text == text

    longer = hints.read("Hej Kim! " + text, item, anna.person, at=monday)
    assert longer.too_long


def test_a_faint_hint_is_shown_and_not_asked_about(browser: Client, item: Item) -> None:
    told = {"text": "Vi öppnar kl. 10." + LINE}
    piece = shown(
        browser.post(
            reverse("item-draft", args=[item.pk, "answer"]),
            told,
            headers={"HX-Request": "true"},
        )
    )
    assert "Kim" in piece

    response = browser.post(reverse("item-answer", args=[item.pk]), told)
    assert response.status_code == 302


def test_the_platforms_own_window_stands_beside_our_deadline(
    library_channel: Channel, browser: Client, monday: datetime
) -> None:
    Channel.objects.update(site="facebook")
    library_channel.refresh_from_db()
    asked = monday - timedelta(hours=2)
    letter = one(
        library_channel,
        at=monday,
        kind=ItemKind.MESSAGE,
        public=False,
        published_at=asked,
    )
    comment = one(library_channel, at=monday)

    assert hints.window(letter) == (
        asked + timedelta(hours=24),
        asked + timedelta(days=7),
    )
    assert hints.window(comment) is None
    words = "Plattformen låter oss"
    assert words in shown(browser.get(reverse("item", args=[letter.pk])))
    assert words not in shown(browser.get(reverse("item", args=[comment.pk])))


def test_a_check_costs_the_same_however_much_is_written(
    browser: Client, item: Item, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("item-draft", args=[item.pk, "answer"])
    asked = {"HX-Request": "true"}
    for text in ("Hej", "Har Ni sett vår hemsida? NU ÄR DET NOG!! " * 50):
        with django_assert_max_num_queries(16):
            shown(browser.post(url, {"text": text}, headers=asked))
