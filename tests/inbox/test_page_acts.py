"""What a librarian does on the page of an item, without JavaScript."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.inbox.tales import SIGNED, shown
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
UNSIGNED = "Vi öppnar kl. 10."


def test_the_box_begins_with_the_writers_signature_and_an_answer_is_ordered(
    browser: Client, item: Item
) -> None:
    html = shown(browser.get(reverse("item", args=[item.pk])))
    assert "Anna, bibliotekarie, Biblioteket" in html

    response = browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})

    assert response.status_code == 302
    outgoing = Outgoing.objects.get()
    assert outgoing.state is OutgoingLife.ordered
    html = shown(browser.get(response["Location"]))
    assert reverse("outgoing-stop", args=[outgoing.pk]) in html
    assert reverse("item-answer", args=[item.pk]) not in html


@pytest.mark.parametrize("anyway", [{}, {"anyway": "1"}])
def test_a_missing_signature_stops_the_answer_whatever_one_presses(
    browser: Client, item: Item, anyway: dict[str, str]
) -> None:
    told_ = {"text": UNSIGNED, **anyway}

    response = browser.post(reverse("item-answer", args=[item.pk]), told_)

    assert response.status_code == 422
    assert UNSIGNED in response.content.decode()
    assert "Anna, bibliotekarie" in str(response.context["form"].errors)
    assert not Outgoing.objects.exists()


def test_advice_is_shown_once_and_then_one_may_send_it_anyway(
    browser: Client, item: Item
) -> None:
    text = "Har Ni sett boken?\n\nAnna, bibliotekarie, Biblioteket"
    url = reverse("item-answer", args=[item.pk])

    first = browser.post(url, {"text": text})
    assert first.status_code == 422
    assert first.context["advice"]
    assert 'name="anyway"' in first.content.decode()
    assert not Outgoing.objects.exists()

    assert browser.post(url, {"text": text, "anyway": "1"}).status_code == 302
    assert Outgoing.objects.get().text == text


def test_an_undone_answer_keeps_its_text_in_the_box(
    browser: Client, item: Item
) -> None:
    browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})

    response = browser.post(
        reverse("outgoing-stop", args=[Outgoing.objects.get().pk]), follow=True
    )

    assert Outgoing.objects.get().state is OutgoingLife.stopped
    assert response.context["answer_form"].initial["text"] == SIGNED


def test_word_that_we_get_back_takes_a_day(browser: Client, item: Item) -> None:
    url = reverse("item-promise", args=[item.pk])

    assert browser.post(url, {"text": SIGNED}).status_code == 422
    far = browser.post(url, {"text": SIGNED, "promised_for": "2026-12-24"})
    assert far.status_code == 422
    told_ = {"text": SIGNED, "promised_for": "2026-03-10"}
    assert browser.post(url, told_).status_code == 302

    assert Outgoing.objects.get().kind == Outgoing.Kind.PROMISE


def test_no_answer_needed_takes_a_reason(browser: Client, item: Item) -> None:
    url = reverse("item-pass-by", args=[item.pk])

    assert browser.post(url, {}).status_code == 422
    assert browser.post(url, {"why": "Bara ett hjärta"}).status_code == 302

    item.refresh_from_db()
    assert item.state is ItemLife.passed_by
    again = {"why": "Det var en fråga"}
    assert (
        browser.post(reverse("item-reopen", args=[item.pk]), again).status_code == 302
    )
    item.refresh_from_db()
    assert item.state is ItemLife.waiting


def test_a_colleague_who_has_it_is_named(
    browser: Client, item: Item, bengt: Actor, cecilia: Actor, monday: datetime
) -> None:
    actions.claim(item, actor=cecilia, at=monday)

    html = shown(browser.get(reverse("item", args=[item.pk])))
    assert "Cecilia" in html
    response = browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})
    assert response.status_code == 422
    assert "Cecilia" in str(response.context["form"].errors)


def test_what_is_claimed_is_let_go_of(browser: Client, item: Item, anna: Actor) -> None:
    browser.post(reverse("item-claim", args=[item.pk]))
    item.refresh_from_db()
    assert item.claimed_by == anna.user

    browser.post(reverse("item-release", args=[item.pk]))
    item.refresh_from_db()
    assert item.claimed_by is None


def test_who_reads_only_sees_no_box(
    item: Item, rut: Actor, signed_in: SignedIn
) -> None:
    html = shown(signed_in(rut.person).get(reverse("item", args=[item.pk])))

    assert item.text in html
    assert reverse("item-answer", args=[item.pk]) not in html
