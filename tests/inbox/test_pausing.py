"""The full answer's clock stands still while somebody else must act."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from tests.inbox.tales import SIGNED, FakePlatform, one
from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, pausing, work
from uppsikt.inbox.models import Item, Pause
from uppsikt.policy.workdays import A_DAY
from uppsikt.records.models import Entry
from uppsikt.sending import work as post_room

pytestmark = pytest.mark.django_db

SOON = timedelta(minutes=1)
NEXT_WEEK = date(2026, 3, 9)


@pytest.fixture
def promised(item: Item, anna: Actor, monday: datetime, platform: FakePlatform) -> Item:
    """A question to which we have said that we get back."""
    actions.promise(item, SIGNED, date(2026, 3, 12), actor=anna, at=monday)
    post_room.send(monday + SOON)
    work.note_answers(monday + SOON)
    item.refresh_from_db()
    return item


def paused(item: Item, actor: Actor, at: datetime) -> Pause:
    return pausing.pause(item, "reply", NEXT_WEEK, note="", actor=actor, at=at)


def test_the_full_answer_waits_as_long_as_the_clock_stands_still(
    promised: Item, anna: Actor, monday: datetime
) -> None:
    before = promised.full_due_at

    row = paused(promised, anna, monday + A_DAY)

    worked = rules.in_force(monday).working_calendar.working_time_between
    assert before is not None
    assert promised.full_due_at is not None
    assert worked(before, promised.full_due_at) == worked(*row.interval)
    assert promised.due_at == promised.full_due_at
    assert Entry.objects.filter(act="item.pause").count() == 1


def test_the_first_clock_never_stands_still(
    item: Item, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(pausing.NoFirstWord):
        paused(item, anna, monday)

    assert not Pause.objects.exists()


def test_one_ends_it_by_hand_and_only_what_it_stood_still_is_added(
    promised: Item, anna: Actor, monday: datetime
) -> None:
    before = promised.full_due_at
    paused(promised, anna, monday + A_DAY)

    pausing.resume(promised, actor=anna, at=monday + 2 * A_DAY)

    assert before is not None
    assert promised.full_due_at == before + A_DAY
    with pytest.raises(moves.TooLate):
        pausing.resume(promised, actor=anna, at=monday + 3 * A_DAY)


def test_the_clock_runs_again_when_the_author_writes_in_the_thread(
    library_channel: Channel, promised: Item, anna: Actor, monday: datetime
) -> None:
    paused(promised, anna, monday + A_DAY)
    later = monday + 2 * A_DAY

    one(
        library_channel,
        at=later,
        published_at=later,
        root_id=promised.root_id,
        parent_id=promised.remote_id,
    )

    row = Pause.objects.get()
    assert row.ended_at == later
    assert row.ended_by is None


@pytest.mark.parametrize("until", [date(2026, 3, 2), date(2026, 4, 20)])
def test_it_stands_still_neither_backwards_nor_for_ever(
    promised: Item, anna: Actor, monday: datetime, until: date
) -> None:
    with pytest.raises(pausing.BadDay):
        pausing.pause(promised, "reply", until, note="", actor=anna, at=monday)


def test_twice_at_once_it_does_not_stand_still(
    promised: Item, anna: Actor, monday: datetime
) -> None:
    paused(promised, anna, monday + A_DAY)

    with pytest.raises(pausing.PausedAlready):
        paused(promised, anna, monday + 2 * A_DAY)


def test_a_reason_that_the_guideline_has_not_is_refused(
    promised: Item, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(pausing.UnknownReason):
        pausing.pause(promised, "lust", NEXT_WEEK, note="", actor=anna, at=monday)


def test_on_the_page_one_sees_why_it_stands_still_and_lets_it_run_again(
    promised: Item, browser: Client
) -> None:
    told = {"reason": "authority", "until": "2026-03-09", "note": "Region"}
    browser.post(f"/inkorg/{promised.pk}/pausa/", told)
    page = browser.get(f"/inkorg/{promised.pk}/").content.decode()
    browser.post(f"/inkorg/{promised.pk}/fortsatt/")

    assert "Frågan ligger hos en annan myndighet" in page
    assert Pause.objects.get().ended_at is not None
