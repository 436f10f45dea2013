"""Section 6.4: the rota says who watches which channel on which days."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.inbox.conftest import browser, now  # noqa: F401 (fixtures)
from tests.inbox.tales import queries, shown
from uppsikt.channels.models import Channel
from uppsikt.duties import plan
from uppsikt.governance import absences, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import handing_over, rota, rota_feed, standing_in, watch
from uppsikt.inbox.models import RotaDay, RotaTurn, Swap
from uppsikt.inbox.schedule import Schedule
from uppsikt.records.models import Entry

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
MONDAYS, SUNDAYS = 0, 6


def duty(channel: Channel, at: datetime) -> User | None:
    return standing_in.on_duty([channel], at=at)[channel.pk].user


def test_the_watch_falls_to_whoever_has_the_day_by_the_rota(
    library_channel: Channel,
    anna: Actor,
    bengt: Actor,
    cecilia: Actor,
    monday: datetime,
) -> None:
    week = {MONDAYS: cecilia.person, SUNDAYS: bengt.person}
    rota.set_week(library_channel, week, actor=bengt, at=monday)

    assert duty(library_channel, monday) == cecilia.user
    assert duty(library_channel, monday + A_DAY) == anna.user
    assert duty(library_channel, monday + 6 * A_DAY) == bengt.user
    titles = [g.title for g in plan.of(cecilia, at=monday)]
    assert "Today's watch" in titles
    assert Entry.objects.filter(act="channel.rota_week").count() == 1


def test_a_changed_week_leaves_the_past_as_it_was(
    library_channel: Channel, bengt: Actor, cecilia: Actor, monday: datetime
) -> None:
    rota.set_week(library_channel, {0: cecilia.person}, actor=bengt, at=monday)
    later = monday + 7 * A_DAY
    rota.set_week(library_channel, {0: bengt.person}, actor=bengt, at=later)

    first, last = watch.today(monday), watch.today(later)
    schedule = Schedule.of([library_channel], first, last, at=later)

    assert schedule.line(library_channel, first).first == cecilia.user
    assert schedule.line(library_channel, last).first == bengt.user
    assert RotaTurn.objects.filter(until=None).count() == 1


def test_one_day_goes_before_the_week_and_holes_are_seen_ahead(
    library_channel: Channel,
    anna: Actor,
    bengt: Actor,
    cecilia: Actor,
    monday: datetime,
) -> None:
    day = watch.today(monday) + 3 * A_DAY
    rota.set_days(library_channel, day, day, cecilia.person, actor=anna, at=monday)
    absences.enter(bengt.person, day, day, actor=bengt, at=monday)
    absences.enter_uncovered(anna.person, day, day, actor=anna, at=monday)

    schedule = Schedule.of([library_channel], day, day, at=monday)
    assert schedule.line(library_channel, day).user == cecilia.user
    absences.enter(cecilia.person, day, day, actor=cecilia, at=monday)
    schedule = Schedule.of([library_channel], day, day, at=monday)
    assert schedule.line(library_channel, day).hole


def test_only_who_keeps_the_rota_changes_it_and_only_who_may_watch_gets_a_day(
    library_channel: Channel,
    anna: Actor,
    david: Actor,
    rut: Actor,
    monday: datetime,
) -> None:
    today = watch.today(monday)
    with pytest.raises(moves.NotYours):
        rota.set_week(library_channel, {}, actor=rut, at=monday)
    with pytest.raises(rota.CannotWatch):
        rota.set_days(
            library_channel, today, today, david.person, actor=anna, at=monday
        )
    with pytest.raises(rota.PastDay):
        day = today - A_DAY
        rota.set_days(library_channel, day, day, anna.person, actor=anna, at=monday)


def test_a_swap_takes_two_who_both_want_it(
    library_channel: Channel, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    mine, theirs = watch.today(monday) + A_DAY, watch.today(monday) + 2 * A_DAY
    rota.set_days(library_channel, theirs, theirs, bengt.person, actor=anna, at=monday)
    swap = rota.ask(library_channel, mine, bengt.person, theirs, actor=anna, at=monday)
    assert duty(library_channel, monday + A_DAY) == anna.user
    assert "Swaps to answer" in [g.title for g in plan.of(bengt, at=monday)]
    with pytest.raises(rota.AnsweredAlready):
        rota.answer(swap, accepted=True, actor=anna, at=monday)

    rota.answer(swap, accepted=True, actor=bengt, at=monday)

    assert duty(library_channel, monday + A_DAY) == bengt.user
    assert duty(library_channel, monday + 2 * A_DAY) == anna.user


def test_a_swap_that_is_refused_changes_nothing_and_nobody_gives_away_anothers_day(
    library_channel: Channel, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    day = watch.today(monday) + A_DAY
    with pytest.raises(rota.NotTheirs):
        rota.ask(library_channel, day, anna.person, None, actor=bengt, at=monday)
    swap = rota.ask(library_channel, day, bengt.person, None, actor=anna, at=monday)

    rota.answer(swap, accepted=False, actor=bengt, at=monday)

    assert not RotaDay.objects.exists()
    assert Swap.objects.get().accepted is False


def test_who_has_the_day_by_the_rota_and_falls_ill_hands_it_to_the_owner(
    library_channel: Channel,
    anna: Actor,
    bengt: Actor,
    cecilia: Actor,
    monday: datetime,
) -> None:
    rota.set_week(library_channel, {MONDAYS: cecilia.person}, actor=bengt, at=monday)

    [taken] = handing_over.away_today(cecilia.person, actor=cecilia, at=monday)

    assert taken.user == anna.user


@pytest.mark.usefixtures("now")
def test_the_rota_is_kept_swapped_and_taken_away_on_the_screen(
    library_channel: Channel,
    browser: Client,  # noqa: F811 (the fixture)
    bengt_user: User,
    signed_in: SignedIn,
) -> None:
    pk = library_channel.pk
    page = reverse("rota-channel", args=[pk])
    browser.post(reverse("rota-week", args=[pk]), {"day6": bengt_user.pk})
    browser.post(
        reverse("rota-days", args=[pk]), {"day": "2026-03-04", "person": bengt_user.pk}
    )
    told = {"day": "2026-03-03", "other": bengt_user.pk, "other_day": "2026-03-04"}
    browser.post(reverse("rota-ask", args=[pk]), told)
    assert "Biblioteket, 3 mars 2026: Anna" in shown(browser.get(page))
    wrong = {"day": "2026-03-01", "person": bengt_user.pk}
    assert browser.post(reverse("rota-days", args=[pk]), wrong).status_code == 422

    bengt = signed_in(bengt_user)
    answer = reverse("rota-answer", args=[Swap.objects.get().pk])
    bengt.post(answer, {"accepted": "yes"})

    bengt.post(reverse("rota-feed-begin"))
    address = reverse("rota-feed", args=[rota_feed.token(bengt_user)])
    file = Client().get(address)
    assert file.headers["Content-Type"].startswith("text/calendar")
    lines = file.content.decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20260303" in lines
    assert "DTSTART;VALUE=DATE:20260304" not in lines
    assert "DTSTART;VALUE=DATE:20260308" in lines
    assert all(len(line.encode()) <= 75 for line in lines)


@pytest.mark.usefixtures("now")
def test_the_rota_asks_as_often_however_many_have_turns(
    library_channel: Channel,
    browser: Client,  # noqa: F811 (the fixture)
    anna: Actor,
    bengt: Actor,
    monday: datetime,
) -> None:
    few = queries(browser, reverse("rota"))
    week = dict.fromkeys(range(7), bengt.person)
    rota.set_week(library_channel, week, actor=anna, at=monday)

    assert queries(browser, reverse("rota")) == few


def test_the_secret_address_tells_ones_own_days_until_it_is_stopped(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    monday: datetime,
    client: Client,
    now: datetime,  # noqa: F811 (the fixture)
) -> None:
    rota_feed.begin(actor=anna, at=monday)
    first = reverse("rota-feed", args=[rota_feed.token(anna_user)])
    told = client.get(first)
    rota_feed.begin(actor=anna, at=monday)
    second = reverse("rota-feed", args=[rota_feed.token(anna_user)])

    assert "Biblioteket" in told.content.decode()
    assert "Anna" not in told.content.decode()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert client.get(second.replace(".ics", "x.ics")).status_code == 404
    rota_feed.end(actor=anna, at=monday)
    assert client.get(second).status_code == 404
    assert Entry.objects.filter(act="rota.feed_end").count() == 1


def test_a_week_goes_to_a_colleague_and_comes_back(
    library_channel: Channel, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    first = watch.today(monday) + 7 * A_DAY
    last = first + 6 * A_DAY
    rota.set_days(library_channel, first, last, bengt.person, actor=anna, at=monday)
    schedule = Schedule.of([library_channel], first, last, at=monday)
    days = [first + n * A_DAY for n in range(7)]
    assert {schedule.line(library_channel, day).user for day in days} == {bengt.user}

    rota.set_days(library_channel, first, first, None, actor=anna, at=monday)

    assert RotaDay.objects.count() == 6
    assert duty(library_channel, monday + 7 * A_DAY) == anna.user
