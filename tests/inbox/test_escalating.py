"""Who is told when an answer is about to be late, one after the other."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import SignedIn
from tests.inbox.tales import one
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import actions, escalating, handing_over
from uppsikt.inbox.models import Escalation, Item
from uppsikt.records.models import Entry, Mail

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def asked(library_channel: Channel, anna: Actor, monday: datetime) -> Item:
    """A question from Monday at ten: a first word is due on Tuesday at ten."""
    return one(library_channel, at=monday, published_at=monday)


def told(at: datetime) -> list[str]:
    """Return who was told by `at`, step by step."""
    escalating.escalate(at)
    rows = Escalation.objects.filter(at=at).select_related("user")
    return [row.user.first_name if row.user else "" for row in rows.order_by("pk")]


def test_first_the_owner_then_the_substitute_then_the_manager_then_the_officer(
    asked: Item, monday: datetime
) -> None:
    assert told(monday + HOUR) == []
    assert told(monday + 5 * HOUR) == ["Anna"]
    assert told(monday + 23 * HOUR) == ["Bengt"]
    assert told(monday + DAY) == ["Bengt"]
    assert told(monday + 2 * DAY) == ["Cecilia"]


def test_telling_twice_tells_once(asked: Item, monday: datetime) -> None:
    told(monday + 5 * HOUR)
    letters = Mail.objects.count()

    assert told(monday + 5 * HOUR + timedelta(seconds=1)) == []
    assert Mail.objects.count() == letters


def test_each_step_is_recorded_with_who_and_which_clock(
    asked: Item, anna_user: User, monday: datetime
) -> None:
    told(monday + 5 * HOUR)

    row = Escalation.objects.get()
    assert (row.clock, row.share, row.user) == ("first", 50, anna_user)
    assert Entry.objects.filter(act="item.escalate").count() == 1


def test_nobody_is_told_of_what_is_dealt_with(
    asked: Item, anna: Actor, monday: datetime
) -> None:
    actions.pass_by(asked, why="Tack", actor=anna, at=monday)

    assert told(monday + 3 * DAY) == []
    asked.refresh_from_db()
    assert asked.escalates_at is None


def test_a_worker_that_slept_tells_everybody_whose_turn_has_come(
    asked: Item, monday: datetime
) -> None:
    assert told(monday + 2 * DAY) == ["Anna", "Bengt", "Bengt", "Cecilia"]


def test_while_the_owner_is_away_the_substitute_is_told_first(
    asked: Item, anna: Actor, monday: datetime
) -> None:
    handing_over.away_today(anna.person, actor=anna, at=monday)

    assert told(monday + 5 * HOUR) == ["Bengt"]


def test_one_letter_for_all_that_came_at_once_and_nothing_of_what_was_written(
    library_channel: Channel, anna: Actor, anna_user: User, monday: datetime
) -> None:
    for _ in range(3):
        one(library_channel, at=monday, published_at=monday, text="Min adress är X 1")

    told(monday + 5 * HOUR)

    letter = Mail.objects.get(to=anna_user.email, subject__contains="3")
    assert "Min adress" not in letter.body
    assert "Biblioteket" in letter.body


def test_who_is_told_finds_it_on_my_day_until_it_is_answered(
    asked: Item,
    anna: Actor,
    bengt_user: User,
    monday: datetime,
    signed_in: SignedIn,
    now: datetime,
) -> None:
    told(monday + DAY)
    bengt = signed_in(bengt_user)
    before = bengt.get("/").content.decode()
    actions.pass_by(asked, why="Tack", actor=anna, at=monday + DAY)
    after = bengt.get("/").content.decode()

    assert "Svar som dröjer" in before
    assert "Svar som dröjer" not in after
