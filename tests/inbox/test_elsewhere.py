"""What stands at the platform in our name: a colleague's answer, or our own text."""

from datetime import datetime

import pytest

from tests.inbox.tales import SIGNED, FakePlatform, fetched, told
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.sending import actions as sending
from uppsikt.sending.actions import Letter
from uppsikt.sending.models import Outgoing

NOTICE = "Vi har tagit bort din kommentar."


def noticed(item: Item, actor: Actor, at: datetime) -> Outgoing:
    """Order a notice below the item, as moderation does."""
    letter = Letter(
        NOTICE, Outgoing.Kind.NOTICE, "case:1", item.remote_id, item.root_id
    )
    return sending.order(item.channel, letter, actor=actor, at=at)


@pytest.mark.parametrize("status", ["ordered", "by_hand", "unconfirmed", "confirmed"])
def test_our_own_notice_without_its_id_is_no_answer_of_a_colleagues(
    item: Item, anna: Actor, platform: FakePlatform, status: str, monday: datetime
) -> None:
    notice = noticed(item, anna, monday)
    Outgoing.objects.filter(pk=notice.pk).update(status=status, confirmed_at=monday)
    ours = told(NOTICE, own=True, parent_id=item.remote_id, root_id=item.root_id)
    fetched(item.channel, ours, at=monday)
    item.refresh_from_db()
    assert item.status == "waiting"


def test_a_colleagues_answer_counts_although_a_notice_is_on_its_way(
    item: Item, anna: Actor, platform: FakePlatform, monday: datetime
) -> None:
    noticed(item, anna, monday)
    theirs = told(SIGNED, own=True, parent_id=item.remote_id, root_id=item.root_id)
    fetched(item.channel, theirs, at=monday)
    item.refresh_from_db()
    assert item.status == "answered"


def test_the_same_words_below_another_comment_are_an_answer_there(
    item: Item, anna: Actor, library_channel: Channel, monday: datetime
) -> None:
    noticed(item, anna, monday)
    other = told()
    fetched(
        library_channel,
        other,
        told(NOTICE, own=True, parent_id=other.remote_id, root_id=other.root_id),
        at=monday,
    )
    assert Item.objects.get(remote_id=other.remote_id).status == "answered"
