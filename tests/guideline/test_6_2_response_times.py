"""Section 6.2: two clocks, by the channel's own promise, hours and crisis."""

from datetime import date, datetime, timedelta

import pytest

from tests.conftest import Cast
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import one
from uppsikt.channels.models import Channel
from uppsikt.governance import actors, crisis, exempting, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import CrisisSwitch, Node
from uppsikt.inbox import calendars, own_terms, terms
from uppsikt.inbox.calendars import Wanted as Hours
from uppsikt.inbox.models import Calendar, ChannelTerms
from uppsikt.inbox.own_terms import Wanted
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.policy.roles import Role
from uppsikt.records.models import Entry

pytestmark = pytest.mark.django_db

SATURDAYS = OfficeHours(
    hours=dict.fromkeys(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
        ("10:00-15:00",),
    )
)
WHY = "Biblioteket lovar mer"


@pytest.fixture
def director(person: Cast, municipality: Node, monday: datetime) -> Actor:
    user = person("Karin", "chef", Role.COMMUNICATIONS_DIRECTOR, municipality)
    return actors.of(user, at=monday)


@pytest.fixture
def saturdays(culture: Node, cecilia: Actor, monday: datetime) -> Calendar:
    wanted = Hours(SATURDAYS, monday.date(), "Lördagsöppet")
    return calendars.begin(culture, "Biblioteket", wanted, actor=cecilia, at=monday)


def test_a_channel_may_promise_a_first_word_sooner_than_the_guideline(
    library_channel: Channel, cecilia: Actor, monday: datetime
) -> None:
    wanted = Wanted(first="4 working hours")
    own_terms.decide(library_channel, wanted, why=WHY, actor=cecilia, at=monday)

    item = one(library_channel, at=monday, published_at=monday)

    # 10.00 until 12.00 and 13.00 until 15.00 in Stockholm.
    assert item.first_due_at == monday + timedelta(hours=5)
    assert Entry.objects.filter(act="channel.terms").count() == 1


def test_no_channel_takes_longer_than_the_guideline_without_an_exemption(
    library_channel: Channel, cecilia: Actor, monday: datetime
) -> None:
    with pytest.raises(own_terms.TooLong):
        own_terms.decide(
            library_channel,
            Wanted(full="20 working days"),
            why=WHY,
            actor=cecilia,
            at=monday,
        )

    assert not ChannelTerms.objects.exists()


def test_a_longer_time_rests_on_its_exemption_and_ends_with_it(
    library_channel: Channel,
    cecilia: Actor,
    director: Actor,
    bengt: Actor,
    monday: datetime,
) -> None:
    last = date(2026, 3, 31)
    asked = exempting.ask(
        library_channel.node,
        "6.2-full-answer",
        reason="Sommarstängt",
        until=last,
        actor=bengt,
        at=monday,
    )
    granted = exempting.Terms(monday.date(), last)
    exempting.grant(asked, granted, actor=director, at=monday)
    wanted = Wanted(full="20 working days")

    row = own_terms.decide(
        library_channel, wanted, why="Sommar", actor=cecilia, at=monday
    )
    after = row.ends_at

    assert after is not None
    assert str(terms.of_one(library_channel, at=monday).full) == "20 working days"
    assert str(terms.of_one(library_channel, at=after).full) == "10 working days"


def test_a_publisher_decides_no_response_times(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        own_terms.decide(
            library_channel, Wanted(first="1 hour"), why=WHY, actor=anna, at=monday
        )


def test_a_library_open_on_saturdays_counts_them(
    library_channel: Channel, saturdays: Calendar, cecilia: Actor, monday: datetime
) -> None:
    wanted = Wanted(first="4 working hours", calendar=saturdays)
    own_terms.decide(library_channel, wanted, why=WHY, actor=cecilia, at=monday)
    friday = monday + timedelta(days=4, hours=4)  # 14.00 in Stockholm

    item = one(library_channel, at=friday, published_at=friday)

    assert item.first_due_at == monday + timedelta(days=5, hours=3)


def test_a_calendar_is_changed_from_a_day_on_and_never_before(
    saturdays: Calendar, cecilia: Actor, monday: datetime
) -> None:
    past = Hours(SATURDAYS, monday.date() - timedelta(days=1), "Bakåt")

    with pytest.raises(calendars.InThePast):
        calendars.change(saturdays, past, actor=cecilia, at=monday)

    assert saturdays.versions.count() == 1


def test_the_municipality_closes_a_day_for_all(
    library_channel: Channel, municipality: Node, director: Actor, monday: datetime
) -> None:
    usual = one(library_channel, at=monday, published_at=monday).first_due_at
    office = dict.fromkeys(("monday", "tuesday", "wednesday"), ("08:00-16:30",))
    closed = OfficeHours(hours=office, closed={date(2026, 3, 3): "Utbildning"})
    wanted = Hours(closed, monday.date(), "Alla på utbildning")
    calendars.change_main(municipality, "Kommunen", wanted, actor=director, at=monday)

    item = one(library_channel, at=monday, published_at=monday)

    assert usual is not None
    assert item.first_due_at == usual + timedelta(days=1)


def test_in_a_crisis_a_first_word_is_due_within_hours_day_and_night(
    library_channel: Channel, culture: Node, director: Actor, monday: datetime
) -> None:
    night = monday + timedelta(hours=12)
    crisis.switch_on(
        culture,
        "Vattenläcka",
        "Många frågor",
        night + timedelta(hours=24),
        actor=director,
        at=night,
    )

    item = one(library_channel, at=night, published_at=night)
    later = night + timedelta(hours=25)

    assert item.first_due_at == night + timedelta(hours=2)
    assert terms.of_one(library_channel, at=later).crisis is None
    assert Entry.objects.filter(act="crisis.on").count() == 1


def test_a_crisis_is_switched_on_once_with_a_reason_by_those_who_may(
    library_channel: Channel,
    culture: Node,
    director: Actor,
    bengt: Actor,
    monday: datetime,
) -> None:
    until = monday + timedelta(hours=8)
    with pytest.raises(moves.NotYours):
        crisis.switch_on(culture, "Rykte", "Oro", until, actor=bengt, at=monday)
    with pytest.raises(moves.NoReason):
        crisis.switch_on(culture, "Rykte", " ", until, actor=director, at=monday)
    on = crisis.switch_on(culture, "Rykte", "Oro", until, actor=director, at=monday)
    with pytest.raises(crisis.OnAlready):
        crisis.switch_on(
            library_channel.node, "Igen", "Oro", until, actor=director, at=monday
        )

    crisis.switch_off(on, actor=director, at=monday + timedelta(hours=1))

    with pytest.raises(crisis.Over):
        crisis.switch_off(on, actor=director, at=monday + timedelta(hours=2))
    assert not CrisisSwitch.objects.holding(monday + timedelta(hours=3)).exists()
    assert terms.of_one(library_channel, at=monday).crisis is not None
