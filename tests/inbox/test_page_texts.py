"""What one sees and does on the pages with a text that waits, failed or is not seen."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.inbox.tales import SIGNED, one, queries, shown
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, work
from uppsikt.inbox import watch as rounds
from uppsikt.inbox.entry_form import EntryForm
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item, Tick
from uppsikt.records import media
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def unseen(item: Item, anna: Actor, monday: datetime) -> Outgoing:
    """An answer that was sent and has not been seen on the platform."""
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    sent = monday - timedelta(minutes=30)
    Outgoing.objects.update(status="unconfirmed", sent_at=sent, attempts=9)
    work.note_answers(monday)
    outgoing.refresh_from_db()
    return outgoing


def test_an_answer_that_was_not_seen_is_vouched_for_with_its_link(
    browser: Client, item: Item, unseen: Outgoing
) -> None:
    page = reverse("item", args=[item.pk])
    html = shown(browser.get(page))
    assert reverse("item-answer", args=[item.pk]) not in html
    assert reverse("item-reopen", args=[item.pk]) not in html
    assert reverse("outgoing-declare-lost", args=[unseen.pk]) not in html
    assert "every 3s" not in html
    vouch = reverse("outgoing-vouch", args=[unseen.pk])
    assert vouch in html

    browser.post(vouch, {"url": "nej"})
    assert Outgoing.objects.get().state is OutgoingLife.unconfirmed
    browser.post(vouch, {"url": "https://bsky.app/profile/x/post/1"})

    assert Outgoing.objects.get().state is OutgoingLife.confirmed
    assert "https://bsky.app/profile/x/post/1" in shown(browser.get(page))


def test_what_the_platform_lacks_is_declared_lost_with_a_reason(
    browser: Client, item: Item, unseen: Outgoing, monday: datetime
) -> None:
    lost = reverse("outgoing-declare-lost", args=[unseen.pk])
    browser.post(lost, {"why": "Syns inte"})
    assert Outgoing.objects.get().state is OutgoingLife.unconfirmed
    Outgoing.objects.update(missed_at=monday)
    assert lost in shown(browser.get(reverse("item", args=[item.pk])))

    browser.post(lost, {"why": ""})
    assert Outgoing.objects.get().state is OutgoingLife.unconfirmed
    browser.post(lost, {"why": "Syns inte"})

    assert Outgoing.objects.get().state is OutgoingLife.failed


@pytest.mark.parametrize("status", ["awaiting", "by_hand", "failed"])
def test_no_text_is_a_dead_end(browser: Client, item: Item, status: str) -> None:
    browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})
    Outgoing.objects.update(status=status)
    stop = reverse("outgoing-stop", args=[Outgoing.objects.get().pk])
    assert stop in shown(browser.get(reverse("item", args=[item.pk])))

    response = browser.post(stop, follow=True)

    assert Outgoing.objects.get().state is OutgoingLife.stopped
    assert response.context["answer_form"].initial["text"] == SIGNED


def test_who_stops_what_was_tried_is_told_that_we_look_first(
    browser: Client, item: Item
) -> None:
    browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})
    Outgoing.objects.update(attempts=3, problem="429")
    stop = reverse("outgoing-stop", args=[Outgoing.objects.get().pk])

    html = shown(browser.post(stop, follow=True))

    assert Outgoing.objects.get().stop_asked_at
    assert stop not in html


def test_an_item_with_a_text_under_way_is_neither_let_pass_nor_opened_again(
    browser: Client, item: Item
) -> None:
    browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})

    passed = browser.post(reverse("item-pass-by", args=[item.pk]), {"why": "Nej"})
    opened = browser.post(reverse("item-reopen", args=[item.pk]), {"why": "Jo"})

    assert (passed.status_code, opened.status_code) == (422, 302)
    item.refresh_from_db()
    assert item.outgoing
    assert item.state is ItemLife.waiting


@pytest.mark.parametrize("name", ["item-reopen", "outgoing-send-back", "watch-undo"])
def test_a_reason_that_no_database_keeps_is_no_reason(
    item: Item,
    cecilia: Actor,
    anna: Actor,
    signed_in: SignedIn,
    now: datetime,
    name: str,
) -> None:
    monday = now
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    Outgoing.objects.update(status="awaiting")
    ticked = rounds.tick(item.channel, rounds.today(monday), actor=anna, at=monday)
    who = cecilia if name == "outgoing-send-back" else anna
    keys = {"item-reopen": item.pk, "outgoing-send-back": outgoing.pk}
    url = reverse(name, args=[keys.get(name, ticked.pk)])

    response = signed_in(who.person).post(url, {"why": "a\x00b"})

    assert response.status_code == 302
    assert Outgoing.objects.get().state is OutgoingLife.awaiting
    assert Tick.objects.get().undone_at is None


def test_a_picture_too_large_is_refused_before_it_is_read(
    browser: Client, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "LARGEST", dict.fromkeys(media.LARGEST, 10))
    told_ = {
        "channel": item.channel_id,
        "kind": "reply",
        "text": "Hej",
        "author": "Kim",
        "published_at": "2026-03-02T09:00",
        "picture": SimpleUploadedFile("a.png", b"x" * 11),
    }

    def read(*_: object) -> bytes:
        raise AssertionError("it was read")

    monkeypatch.setattr(EntryForm, "told", property(read))

    response = browser.post(reverse("item-new"), told_)

    assert response.status_code == 422
    assert "picture" in response.context["form"].errors


def test_approvals_cost_the_same_however_many_and_none_is_left_out(
    cecilia: Actor,
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    signed_in: SignedIn,
) -> None:
    browser = signed_in(cecilia.person)
    url = reverse("approvals")

    def ask(count: int) -> None:
        for _ in range(count):
            it = one(library_channel, at=monday)
            actions.answer(it, SIGNED, actor=anna, at=monday)
        Outgoing.objects.update(status="awaiting")

    ask(1)
    few = queries(browser, url)
    ask(25)

    assert queries(browser, url) == few
    first = browser.get(url).context["rows"]
    second = browser.get(url, {"page": 2}).context["rows"]
    assert len(first) + len(second) == 26
    assert all(row["item"] for row in first)


def test_who_wrote_a_text_takes_it_back_where_it_waits_for_approval(
    item: Item, anna: Actor, cecilia: Actor, monday: datetime, signed_in: SignedIn
) -> None:
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    Outgoing.objects.update(status="awaiting")
    stop = reverse("outgoing-stop", args=[outgoing.pk])
    url = reverse("approvals")

    assert stop in shown(signed_in(anna.person).get(url))
    assert stop not in shown(signed_in(cecilia.person).get(url))
