"""Pictures that people entered are looked at, and never one of the special path."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.drawing import opened, placed, plain
from uppsikt.channels.models import Channel
from uppsikt.checks.picture import Eye, eyes
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import by_hand, telling
from uppsikt.inbox.models import Item
from uppsikt.inbox.telling import InPerson
from uppsikt.moderation import actions, pictures
from uppsikt.records.models import PictureReading, Registration

pytestmark = pytest.mark.django_db
NOTE = "Sett kl. 09.10 av Anna. Polisen kontaktad."


@pytest.fixture(autouse=True)
def one_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the model for nakedness is here, and it sees it everywhere."""
    monkeypatch.setattr(eyes, "is_installed", lambda eye: eye is Eye.NAKED)
    monkeypatch.setattr(eyes, "naked", lambda _: True)


def entered(
    channel: Channel, anna: Actor, at: datetime, number: int, root: str = ""
) -> Item:
    url = f"https://forum.example/{number}"
    told = by_hand.Told("Se!", "Kim", at, url=url, root=root, picture=placed())
    return by_hand.enter(channel, told, actor=anna, at=at)


def in_person(channel: Channel, at: datetime) -> InPerson:
    received = Registration.Direction.RECEIVED
    return InPerson(channel, received, "Kim", at, "Hej", plain())


def seen() -> int:
    return PictureReading.objects.exclude(read_at=None).count()


def test_a_picture_of_an_item_and_one_told_in_person_are_looked_at_once(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    entered(library_channel, anna, monday, 1)
    letter = in_person(library_channel, monday)
    telling.tell(letter, actor=anna, at=monday)

    assert pictures.read(monday) == 2
    assert seen() == 2
    assert pictures.read(monday) == 0


def test_the_page_says_what_was_seen_and_covers_the_picture_until_asked(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    item = entered(library_channel, anna, monday, 1)
    browser = signed_in(anna_user)
    assert "Bilden läses" in page(browser, item)

    pictures.read(monday)

    shown = page(browser, item)
    assert "Filen talar om var bilden är tagen." in shown
    assert "suddig" in shown
    assert "Går någon att känna igen?" in shown  # no model looked for it
    address = reverse("item-picture", args=[item.versions.get().pk])
    assert opened(browser.get(address).content).format == "PNG"  # drawn anew
    assert browser.get(address, {"visa": "1"}).content == placed()


def test_nothing_on_the_special_path_is_looked_at(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    item = entered(library_channel, anna, monday, 1)
    actions.open_special(library_channel, NOTE, item, actor=anna, at=monday)

    assert pictures.read(monday) == 0
    assert not PictureReading.objects.exists()


def test_what_was_seen_goes_when_the_special_path_is_chosen(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    item = entered(library_channel, anna, monday, 1)
    pictures.read(monday)
    actions.open_special(library_channel, NOTE, item, actor=anna, at=monday)

    assert not PictureReading.objects.exists()


def test_a_picture_beside_the_special_path_is_passed_over(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    first = entered(library_channel, anna, monday, 1)
    entered(library_channel, anna, monday, 2, root=first.remote_id)
    actions.open_special(library_channel, NOTE, first, actor=anna, at=monday)

    assert pictures.read(monday) == 0
    assert seen() == 0
    assert pictures.read(monday) == 0


def test_while_a_special_case_names_no_item_its_channel_is_passed_over(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    entered(library_channel, anna, monday, 1)
    letter = in_person(library_channel, monday)
    telling.tell(letter, actor=anna, at=monday)
    actions.open_special(library_channel, NOTE, None, actor=anna, at=monday)

    assert pictures.read(monday) == 0
    assert seen() == 0


def test_a_sealed_conversation_is_not_looked_at(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    letter = in_person(library_channel, monday)
    told = telling.tell(letter, actor=anna, at=monday)
    telling.seal_off(told.conversation, actor=anna, at=monday)

    assert pictures.read(monday) == 0
    assert not PictureReading.objects.exists()


def page(browser: Client, item: Item) -> str:
    return browser.get(reverse("item", args=[item.pk])).content.decode()
