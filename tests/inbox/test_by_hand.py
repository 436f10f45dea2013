"""What a person saw at a platform that no program reaches is taken in by hand."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from tests.inbox.tales import ASKED, SIGNED, connected
from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions
from uppsikt.inbox.by_hand import AlreadyHere, NotYet, Told
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.records import vault
from uppsikt.records.media import NotWhatItSays

pytestmark = pytest.mark.django_db
SEEN = Told("Hur anmäler jag mig?", "Lars L.", ASKED, "https://facebook.com/b/posts/1")


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


def test_it_waits_with_its_clock_as_everything_else(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    item = actions.enter(library_channel, SEEN, actor=anna, at=monday)

    assert item.state is ItemLife.waiting
    assert item.how == Item.How.MANUAL
    assert item.clock_from == ASKED
    assert item.question
    assert item.versions.get().entry.act == "inbox.take_in"


@pytest.mark.parametrize(
    "url",
    [
        "https://facebook.com/b/posts/1/",
        "https://FACEBOOK.com/b/posts/1#kommentar",
        " https://facebook.com/b/posts/1 ",
    ],
)
def test_the_same_link_is_the_same_item(
    library_channel: Channel, anna: Actor, monday: datetime, url: str
) -> None:
    item = actions.enter(library_channel, SEEN, actor=anna, at=monday)

    with pytest.raises(AlreadyHere) as stop:
        actions.enter(library_channel, replace(SEEN, url=url), actor=anna, at=monday)

    assert stop.value.item == item
    assert Item.objects.count() == 1


def test_another_text_under_the_same_link_is_a_version(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    actions.enter(library_channel, SEEN, actor=anna, at=monday)

    item = actions.enter(
        library_channel, replace(SEEN, text="Ändrat"), actor=anna, at=monday
    )

    assert item.versions.count() == 2


def test_a_message_without_a_link_is_an_item_of_its_own_each_time(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    message = replace(SEEN, url="", public=False)
    actions.enter(library_channel, message, actor=anna, at=monday)
    item = actions.enter(library_channel, message, actor=anna, at=monday)

    assert Item.objects.count() == 2
    assert not item.public


def test_a_screenshot_is_kept_as_it_is(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    shot = picture()

    item = actions.enter(
        library_channel, replace(SEEN, picture=shot), actor=anna, at=monday
    )

    kept = item.versions.get().picture
    assert kept and kept.media_type == "image/png"
    assert vault.open_(kept) == shot


@pytest.mark.parametrize("data", [b"MZ\x90\x00 no picture", b"%PDF-1.7 %%EOF", b"hej"])
def test_a_file_that_lies_about_what_it_is_is_refused_and_nothing_kept(
    library_channel: Channel, anna: Actor, monday: datetime, data: bytes
) -> None:
    with pytest.raises(NotWhatItSays):
        actions.enter(
            library_channel, replace(SEEN, picture=data), actor=anna, at=monday
        )

    assert not Item.objects.exists()


def test_nothing_is_entered_from_the_future(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    later = replace(SEEN, published_at=monday + timedelta(minutes=1))

    with pytest.raises(NotYet):
        actions.enter(library_channel, later, actor=anna, at=monday)


def test_nobody_enters_at_another_node(
    library_channel: Channel, david: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        actions.enter(library_channel, SEEN, actor=david, at=monday)

    assert not Item.objects.exists()


def test_an_answer_to_what_was_entered_is_posted_by_hand_also_where_we_are_connected(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    connected(library_channel, anna.person, monday)
    item = actions.enter(library_channel, SEEN, actor=anna, at=monday)

    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)

    assert outgoing.status == "by_hand"
