"""A text is taken back from wherever it waits, and never called so when it has left."""

from datetime import datetime, timedelta

import pytest

from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import platform as platform  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import FakePlatform
from tests.sending.test_sending import DELAY, LETTER
from tests.sending.test_sending import ordered as ordered  # noqa: PLC0414 (a fixture)
from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.platforms import PlatformError
from uppsikt.records.models import Entry
from uppsikt.sending import actions, work
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["awaiting", "by_hand", "failed"])
def test_what_a_person_has_before_them_can_be_taken_back(
    library_channel: Channel, anna: Actor, monday: datetime, status: str
) -> None:
    outgoing = actions.order(library_channel, LETTER, actor=anna, at=monday)
    Outgoing.objects.update(status=status)
    outgoing.refresh_from_db()

    actions.stop(outgoing, actor=anna, at=monday)

    assert Outgoing.objects.get().state is OutgoingLife.stopped


def tried(outgoing: Outgoing, at: datetime, platform: FakePlatform) -> Outgoing:
    """Let the platform ask us to wait for hours."""
    wait = timedelta(hours=6)
    platform.refusal = PlatformError("slow down", permanent=False, retry_after=wait)
    work.send(at)
    return Outgoing.objects.get(pk=outgoing.pk)


def test_what_was_tried_is_stopped_when_the_platform_does_not_have_it(
    ordered: Outgoing, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    waiting = tried(ordered, monday + DELAY, platform)
    platform.refusal = None

    actions.stop(waiting, actor=anna, at=monday + 2 * DELAY)
    assert waiting.state is OutgoingLife.ordered
    work.send(monday + 2 * DELAY)

    assert Outgoing.objects.get().state is OutgoingLife.stopped
    assert not platform.posts
    assert Entry.objects.get(act="outgoing.ask_stop").subject == waiting.subject


def test_what_had_left_already_is_not_called_stopped(
    ordered: Outgoing, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    waiting = tried(ordered, monday + DELAY, platform)
    platform.refusal = None
    platform.reply(None, waiting.text, waiting.key)  # the receipt was lost

    actions.stop(waiting, actor=anna, at=monday + 2 * DELAY)
    work.send(monday + 2 * DELAY)

    assert Outgoing.objects.get().state is OutgoingLife.sent
    assert len(platform.posts) == 1


def test_what_is_to_be_stopped_is_never_sent_while_the_platform_keeps_silent(
    ordered: Outgoing, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    waiting = tried(ordered, monday + DELAY, platform)
    actions.stop(waiting, actor=anna, at=monday + 2 * DELAY)
    work.send(monday + 2 * DELAY)
    assert Outgoing.objects.get().state is OutgoingLife.ordered
    platform.refusal = None

    work.send(monday + timedelta(days=1))

    assert Outgoing.objects.get().state is OutgoingLife.stopped
    assert not platform.posts


def test_who_may_not_stop_may_not_ask_for_it(
    ordered: Outgoing, david: Actor, monday: datetime, platform: FakePlatform
) -> None:
    waiting = tried(ordered, monday + DELAY, platform)

    with pytest.raises(moves.NotYours):
        actions.stop(waiting, actor=david, at=monday + 2 * DELAY)

    assert Outgoing.objects.get().stop_asked_at is None
