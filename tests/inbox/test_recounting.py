"""Open items are counted anew when what their clocks run by changes."""

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.inbox.tales import one
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox import actions, calendars, own_terms, recounting
from uppsikt.inbox.calendars import Wanted as Hours
from uppsikt.inbox.models import Item
from uppsikt.inbox.own_terms import Wanted
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.records.models import Entry

pytestmark = pytest.mark.django_db

SOON = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _nothing_is_counted() -> None:
    """Forget what this process has counted: the town is the same in each test."""
    recounting._counted.clear()


def settled(at: datetime) -> None:
    while recounting.recount(at):
        pass


def test_a_shorter_promise_moves_the_questions_that_are_open(
    library_channel: Channel, cecilia: Actor, monday: datetime
) -> None:
    item = one(library_channel, at=monday, published_at=monday)
    settled(monday)
    wanted = Wanted(first="4 working hours")
    own_terms.decide(library_channel, wanted, why="Mer", actor=cecilia, at=monday)

    settled(monday + SOON)

    item.refresh_from_db()
    assert item.first_due_at == monday + timedelta(hours=5)
    assert item.due_at == item.first_due_at
    assert Entry.objects.filter(act="clock.recount").exists()


def test_what_is_dealt_with_stays_as_it_was_judged(
    library_channel: Channel, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    item = one(library_channel, at=monday, published_at=monday)
    actions.pass_by(item, why="Tack", actor=anna, at=monday)
    before = Item.objects.values_list("first_due_at", "full_due_at").get(pk=item.pk)
    wanted = Wanted(first="1 hour")
    own_terms.decide(library_channel, wanted, why="Mer", actor=cecilia, at=monday)

    settled(monday + SOON)

    after = Item.objects.values_list("first_due_at", "full_due_at").get(pk=item.pk)
    assert after == before


def test_counting_twice_changes_nothing_and_asks_little(
    library_channel: Channel,
    cecilia: Actor,
    monday: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    one(library_channel, at=monday, published_at=monday)
    settled(monday)
    before = list(Item.objects.values())

    with django_assert_max_num_queries(8):
        assert recounting.recount(monday + SOON) == 0

    assert list(Item.objects.values()) == before


def test_a_closed_day_entered_later_moves_what_waits_over_it(
    library_channel: Channel,
    culture: Node,
    cecilia: Actor,
    monday: datetime,
) -> None:
    item = one(library_channel, at=monday, published_at=monday)
    settled(monday)
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    hours = OfficeHours(
        hours=dict.fromkeys(days, ("08:00-16:30",)),
        closed={date(2026, 3, 3): "Utbildning"},
    )
    calendar = calendars.begin(
        culture, "Kultur", Hours(hours, monday.date(), "Dag"), actor=cecilia, at=monday
    )
    wanted = Wanted(calendar=calendar)
    own_terms.decide(library_channel, wanted, why="Egna", actor=cecilia, at=monday)

    settled(monday + SOON)

    item.refresh_from_db()
    assert item.first_due_at == monday + timedelta(days=2)
