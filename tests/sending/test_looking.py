"""What was sent is looked for; when it does not show, nobody calls it unsent."""

from datetime import datetime, timedelta

import pytest

from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import platform as platform  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import FakePlatform
from tests.sending.test_sending import DELAY
from tests.sending.test_sending import ordered as ordered  # noqa: PLC0414 (a fixture)
from uppsikt.channels import connecting
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.platforms import PlatformError
from uppsikt.sending import actions, work
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db


def looked_for(since: datetime) -> Outgoing:
    """Let the worker send and look for some minutes; return what became of the text."""
    for second in range(0, 300, 3):
        work.send(since + timedelta(seconds=second))
        work.read_back(since + timedelta(seconds=second))
    return Outgoing.objects.get()


def test_what_was_sent_and_never_shows_is_not_called_unsent(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    platform.hides = True

    outgoing = looked_for(monday + DELAY)

    assert outgoing.state is OutgoingLife.unconfirmed
    assert outgoing.sent_at == monday + DELAY
    assert "Not seen" in outgoing.problem
    assert len(platform.posts) == 1


FAULTS = {
    "refused": PlatformError("log in again", permanent=True),
    "silent": PlatformError(
        "nothing", permanent=False, retry_after=timedelta(seconds=9)
    ),
    "disconnected": connecting.NotConnected(),
    "key lost": connecting.KeyLost(),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_no_fault_while_looking_makes_what_was_sent_unsent(
    ordered: Outgoing, monday: datetime, platform: FakePlatform, fault: Exception
) -> None:
    work.send(monday + DELAY)
    platform.blind = fault

    outgoing = looked_for(monday + DELAY)

    assert outgoing.state is OutgoingLife.unconfirmed
    assert outgoing.problem
    assert len(platform.posts) == 1
    assert not outgoing.may_be_lost


def test_what_shows_late_is_confirmed_by_the_clock(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    platform.hides = True
    assert looked_for(monday + DELAY).state is OutgoingLife.unconfirmed
    platform.hides = False

    outgoing = looked_for(monday + timedelta(hours=2))

    assert outgoing.state is OutgoingLife.confirmed
    assert outgoing.problem == ""


@pytest.fixture
def unseen(ordered: Outgoing, monday: datetime, platform: FakePlatform) -> Outgoing:
    """An answer that was sent and does not show."""
    platform.hides = True
    return looked_for(monday + DELAY)


def test_who_has_seen_it_says_where(
    unseen: Outgoing, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    url = "https://bsky.app/profile/library.test/post/9"

    actions.vouch(unseen, url=url, actor=anna, at=monday + timedelta(minutes=3))

    unseen.refresh_from_db()
    assert unseen.state is OutgoingLife.confirmed
    assert unseen.remote_url == url
    assert work.read_back(monday + timedelta(days=1)) == 0


def test_only_what_the_platform_lacked_after_its_time_is_declared_lost(
    unseen: Outgoing, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    later = monday + timedelta(minutes=30)
    with pytest.raises(actions.MayBeThere):
        actions.declare_lost(unseen, why="Syns inte", actor=anna, at=later)
    outgoing = looked_for(later)

    with pytest.raises(moves.NoReason):
        actions.declare_lost(outgoing, why=" ", actor=anna, at=later)
    actions.declare_lost(outgoing, why="Syns inte", actor=anna, at=later)

    outgoing.refresh_from_db()
    assert outgoing.state is OutgoingLife.failed
    actions.retry(outgoing, actor=anna, at=later)
    assert not Outgoing.objects.get().may_be_lost
