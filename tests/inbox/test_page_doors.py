"""Who gets in at which address, and what is entered by hand."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.inbox.tales import SIGNED, listed
from tests.inbox.test_by_hand import picture
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, watch
from uppsikt.inbox.models import Item, Tick
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


ADDRESSES = [
    "item",
    "item-answer",
    "item-promise",
    "item-pass-by",
    "item-reopen",
    "item-claim",
    "item-release",
    "outgoing-stop",
    "outgoing-retry",
    "outgoing-post",
    "outgoing-vouch",
    "outgoing-declare-lost",
    "outgoing-approve",
    "outgoing-send-back",
    "item-picture",
    "watch-channel",
    "watch-tick",
    "watch-undo",
]


@pytest.fixture
def numbers(item: Item, library_channel: Channel, anna: Actor, monday: datetime) -> Any:
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    day = watch.today(monday)
    tick = watch.tick(library_channel, day, actor=anna, at=monday)
    return {
        "item": item.pk,
        "item-picture": item.versions.get().pk,
        "outgoing": outgoing.pk,
        "watch": library_channel.pk,
        "watch-undo": tick.pk,
    }


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_outsider_finds_nothing_at_any_address(
    numbers: dict[str, int], david: Actor, signed_in: SignedIn, name: str
) -> None:
    number = numbers.get(name) or numbers[name.partition("-")[0]]
    url = reverse(name, args=[number])
    browser = signed_in(david.person)

    assert browser.get(url).status_code in (404, 405)
    assert browser.post(url, {"text": SIGNED, "why": "x"}).status_code in (404, 405)
    assert Outgoing.objects.get().state is OutgoingLife.ordered
    assert Tick.objects.get().undone_at is None


def test_an_outsiders_lists_are_empty(
    numbers: dict[str, int], david: Actor, signed_in: SignedIn
) -> None:
    browser = signed_in(david.person)

    assert listed(browser.get(reverse("inbox"), {"flik": "forvaltning"})) == []
    assert browser.get(reverse("watch")).context["round"].rows == []
    assert browser.get(reverse("approvals")).context["rows"] == []


def test_something_seen_is_entered_with_its_picture(
    browser: Client, library_channel: Channel
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    told_ = {
        "channel": library_channel.pk,
        "kind": "reply",
        "text": "Hur lånar jag?",
        "author": "Lars",
        "published_at": "2026-03-02T08:00",
        "url": "https://facebook.com/1",
        "picture": SimpleUploadedFile("x.png", picture()),
    }

    response = browser.post(reverse("item-new"), told_)

    item = Item.objects.get()
    assert response["Location"] == reverse("item", args=[item.pk])
    image = browser.get(reverse("item-picture", args=[item.versions.get().pk]))
    assert image["Content-Type"] == "image/png"
    assert image["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"published_at": "2027-01-01T08:00"}, "published_at"),
        ({"text": ""}, "text"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"channel": "999999"}, "channel"),
    ],
)
def test_a_fault_in_what_is_entered_is_told_at_its_field(
    browser: Client, library_channel: Channel, fault: dict[str, str], field: str
) -> None:
    told_ = {
        "channel": str(library_channel.pk),
        "kind": "reply",
        "text": "Hur?",
        "author": "Lars",
        "published_at": "2026-03-02T08:00",
    }

    response = browser.post(reverse("item-new"), told_ | fault)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Item.objects.exists()
