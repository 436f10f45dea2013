"""Section 6.4: the watch goes over to a substitute, and a missed day is raised."""

from datetime import datetime, timedelta

import pytest
from django.core import mail as post
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.guideline.judged import whole
from tests.inbox.conftest import browser, now  # noqa: F401 (fixtures)
from tests.inbox.tales import one, shown
from uppsikt.channels.models import Channel
from uppsikt.duties import plan
from uppsikt.governance import absences, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, User
from uppsikt.inbox import actions, handing_over, missed, standing_in, watch
from uppsikt.inbox.models import MissedDay, Takeover
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records.models import Entry, Mail

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
HOURS = timedelta(hours=1)


def letters(since: datetime) -> QuerySet[Mail]:
    """Return the letters asked for since then: the start of a channel sends some."""
    return Mail.objects.filter(asked_at__gte=since)


def watch_of(actor: Actor, at: datetime) -> list[str]:
    """Return what My day says of the watch."""
    groups = [g for g in plan.of(actor, at=at) if g.title == "Today's watch"]
    return [str(duty.title) for group in groups for duty in group.duties]


def test_who_falls_ill_hands_over_the_day_and_what_was_in_hand(
    library_channel: Channel, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    item = one(library_channel, at=monday)
    actions.claim(item, actor=anna, at=monday)

    [taken] = handing_over.away_today(anna.person, actor=anna, at=monday)

    item.refresh_from_db()
    assert (taken.user, taken.instead_of) == (bengt.user, anna.user)
    assert item.claimed_by == bengt.user
    assert watch_of(bengt, monday) == ["Yours today: Anna is away"]
    assert watch_of(anna, monday) == []
    [letter] = letters(monday).filter(to=bengt.person.email)
    assert "Anna" not in letter.subject + letter.body
    assert Entry.objects.filter(act="channel.watch_take_over").count() == 1
    assert handing_over.away_today(anna.person, actor=anna, at=monday) == []


def test_the_manager_notes_it_too_and_nobody_else_does(
    library_channel: Channel, anna: Actor, bengt: Actor, david: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        handing_over.away_today(anna.person, actor=david, at=monday)

    assert handing_over.away_today(anna.person, actor=bengt, at=monday)


def test_when_nobody_can_stand_in_manager_and_officer_are_told(
    library_channel: Channel,
    anna: Actor,
    bengt: Actor,
    cecilia: Actor,
    monday: datetime,
) -> None:
    absences.away_today(actor=bengt, at=monday)

    assert handing_over.away_today(anna.person, actor=anna, at=monday) == []

    told = set(Mail.objects.values_list("to", flat=True))
    assert {bengt.person.email, cecilia.person.email} <= told
    verdict = whole(library_channel, "6.4-responsible", monday)
    assert verdict.outcome is Outcome.NOT_MET


def test_the_substitute_takes_over_by_the_hour_from_who_has_not_shown_up(
    library_channel: Channel, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    assert handing_over.by_the_hour(monday) == 0
    afternoon = monday + 5 * HOURS

    assert handing_over.by_the_hour(afternoon) == 1
    assert handing_over.by_the_hour(afternoon) == 0

    [row] = Takeover.objects.all()
    assert (row.user, row.why) == (bengt.user, Takeover.Why.HOUR)
    assert watch_of(bengt, afternoon) == ["Yours now: it was not done in time"]
    assert watch_of(anna, afternoon) == ["Bengt took it over: it was not done in time"]
    assert letters(monday).get().to == bengt.person.email


def test_nothing_is_taken_from_who_is_at_work_or_has_watched(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    one_hour = monday + HOURS
    item = one(library_channel, at=monday)
    actions.pass_by(item, why="Hälsning", actor=anna, at=one_hour)
    assert handing_over.by_the_hour(monday + 5 * HOURS) == 0

    tomorrow = monday + A_DAY
    watch.tick(library_channel, watch.today(tomorrow), actor=anna, at=tomorrow)
    assert handing_over.by_the_hour(tomorrow + 5 * HOURS) == 0


def test_a_missed_day_is_raised_once_and_answered_for(
    library_channel: Channel,
    anna: Actor,
    bengt: Actor,
    cecilia: Actor,
    monday: datetime,
) -> None:
    for days in range(2, 9):
        day = watch.today(monday) - days * A_DAY
        watch.tick(library_channel, day, actor=anna, at=monday)
    assert missed.raise_all(monday) == 0, "yesterday may still be entered late"

    tuesday = monday + A_DAY
    assert missed.raise_all(tuesday) == 1
    assert missed.raise_all(tuesday) == 0

    told = set(letters(monday).values_list("to", flat=True))
    assert told == {bengt.person.email, cecilia.person.email}
    [row] = MissedDay.objects.all()
    assert row.day == watch.today(monday) - A_DAY
    titles = [g.title for g in plan.of(bengt, at=tuesday)]
    assert "Days without a watch" in titles
    with pytest.raises(moves.NotYours):
        missed.answer(row, "x", actor=anna, at=tuesday)
    with pytest.raises(moves.NoReason):
        missed.answer(row, " ", actor=bengt, at=tuesday)
    missed.answer(row, "Sjukdom, ersättare utsedd", actor=bengt, at=tuesday)
    with pytest.raises(missed.AnsweredAlready):
        missed.answer(row, "Igen", actor=cecilia, at=tuesday)
    titles = [g.title for g in plan.of(bengt, at=tuesday)]
    assert "Days without a watch" not in titles
    missing = watch.missed_days([library_channel], at=tuesday)[library_channel.pk]
    assert row.day in missing, "an answer fills no gap"


def test_a_planned_absence_without_a_substitute_is_stopped_and_can_stand_all_the_same(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    bengt: Actor,
    monday: datetime,
) -> None:
    first, last = watch.today(monday) + A_DAY, watch.today(monday) + 3 * A_DAY
    absences.enter(bengt.person, last, last, actor=bengt, at=monday)

    with pytest.raises(absences.Uncovered) as stopped:
        absences.enter(anna_user, first, last, actor=anna, at=monday)

    assert stopped.value.places == [(library_channel.node, last)]
    absences.enter(anna_user, first, first, actor=anna, at=monday)
    absences.enter_uncovered(anna_user, first, last, actor=anna, at=monday)


def test_a_channel_with_no_substitute_stops_a_planned_absence(
    library_channel: Channel, anna: Actor, anna_user: User, monday: datetime
) -> None:
    Assignment.objects.filter(role=Role.DEPUTY).delete()
    first = watch.today(monday) + A_DAY

    with pytest.raises(absences.Uncovered):
        absences.enter(anna_user, first, first, actor=anna, at=monday)


@pytest.mark.usefixtures("now")
def test_the_form_asks_and_takes_yes_for_an_answer(
    library_channel: Channel,
    browser: Client,  # noqa: F811 (the fixture)
    anna_user: User,
) -> None:
    Assignment.objects.filter(role=Role.DEPUTY).delete()
    told = {"person": anna_user.pk, "first_day": "2026-03-09", "last_day": "2026-03-09"}
    url = reverse("absence-enter")

    page = browser.post(url, told)
    assert page.status_code == 422
    assert 'name="anyway"' in page.content.decode()
    assert browser.post(url, {**told, "anyway": "on"}).status_code == 302


@pytest.mark.usefixtures("now")
def test_one_click_hands_over_and_the_days_page_tells_of_it(
    library_channel: Channel,
    browser: Client,  # noqa: F811 (the fixture)
    bengt_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    browser.post(reverse("absence-today"))

    url = reverse("watch-day", args=[library_channel.pk, "2026-03-02"])
    assert "tog över från Anna" in shown(signed_in(bengt_user).get(url))
    duty = standing_in.on_duty([library_channel], at=monday)[library_channel.pk]
    assert duty.user == bengt_user
    assert post.outbox == []


@pytest.mark.usefixtures("now")
def test_a_missed_day_is_answered_for_on_its_page(
    library_channel: Channel, bengt_user: User, signed_in: SignedIn, monday: datetime
) -> None:
    missed.raise_all(monday)
    row = MissedDay.objects.latest("day")
    manager = signed_in(bengt_user)

    manager.post(reverse("watch-answer", args=[row.pk]), {"why": "Semester"})

    url = reverse("watch-day", args=[row.channel_id, row.day.isoformat()])
    assert "Semester" in shown(manager.get(url))
