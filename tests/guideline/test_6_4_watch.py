"""Section 6.4: each channel is watched every day, by a person who says so."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import LONG_AGO
from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import known, watch
from uppsikt.inbox.models import Tick
from uppsikt.policy import facts as f
from uppsikt.records import ledger
from uppsikt.records.models import Entry

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_a_tick_says_who_watched_which_day_and_stands_in_the_ledger(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    today = watch.today(monday)

    tick = watch.tick(
        library_channel, today, watch.Remark("Lugnt"), actor=anna, at=monday
    )

    assert (tick.by, tick.day, tick.late) == (anna.user, today, False)
    assert ledger.opened(tick.entry)["act"] == "channel.watch"
    assert ledger.opened(tick.entry)["day"] == "2026-03-02"


def test_the_day_is_the_day_here_and_not_in_greenwich(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    late_evening = monday.replace(hour=23, minute=30)

    assert watch.today(late_evening).isoformat() == "2026-03-03"


def test_a_day_entered_afterwards_is_marked_as_late(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    yesterday = watch.today(monday) - A_DAY

    tick = watch.tick(library_channel, yesterday, actor=anna, at=monday)

    assert tick.late
    assert ledger.opened(tick.entry)["late"] is True


@pytest.mark.parametrize(
    ("days", "stop"), [(1, watch.InTheFuture), (-32, watch.TooLongAgo)]
)
def test_no_day_is_entered_that_nobody_can_answer_for(
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    days: int,
    stop: type[Exception],
) -> None:
    with pytest.raises(stop):
        watch.tick(
            library_channel,
            watch.today(monday) + days * A_DAY,
            actor=anna,
            at=monday,
        )

    assert not Tick.objects.exists()


def test_a_month_back_is_the_most(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    day = watch.today(monday) - 31 * A_DAY

    assert watch.tick(library_channel, day, actor=anna, at=monday).late


def test_a_channel_was_not_watched_before_it_ran(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    library_channel.launched_at = monday

    with pytest.raises(watch.BeforeLaunch):
        watch.tick(library_channel, watch.today(monday) - A_DAY, actor=anna, at=monday)


def test_a_day_is_ticked_once(
    library_channel: Channel, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    today = watch.today(monday)
    watch.tick(library_channel, today, actor=anna, at=monday)

    with pytest.raises(watch.TickedAlready):
        watch.tick(library_channel, today, actor=anna, at=monday)

    assert Entry.objects.filter(act="channel.watch").count() == 1


@pytest.mark.parametrize("who", ["david", "rut"])
def test_nobody_else_ticks(
    library_channel: Channel,
    request: pytest.FixtureRequest,
    monday: datetime,
    who: str,
) -> None:
    actor = request.getfixturevalue(who)

    with pytest.raises(moves.NotYours):
        watch.tick(library_channel, watch.today(monday), actor=actor, at=monday)

    assert watch.tick_all([library_channel], actor=actor, at=monday) == []


def test_one_click_ticks_all_that_is_left_and_only_ones_own(
    library_channel: Channel, school_channel: Channel, anna: Actor, monday: datetime
) -> None:
    both = [library_channel, school_channel]

    assert watch.tick_all(both, actor=anna, at=monday) == [library_channel]
    assert watch.tick_all(both, actor=anna, at=monday) == []


def test_a_tick_is_undone_openly_and_stays(
    library_channel: Channel, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    today = watch.today(monday)
    tick = watch.tick(library_channel, today, actor=anna, at=monday)

    watch.undo(tick, why="Fel kanal", actor=cecilia, at=monday)

    tick.refresh_from_db()
    assert (tick.undone_by, tick.undone_why) == (cecilia.user, "Fel kanal")
    assert Entry.objects.filter(act="channel.watch_undo").exists()
    assert not Tick.objects.standing().exists()
    watch.tick(library_channel, today, actor=anna, at=monday)
    assert Tick.objects.count() == 2


def test_undoing_takes_a_reason_happens_once_and_only_at_ones_own_node(
    library_channel: Channel, anna: Actor, david: Actor, monday: datetime
) -> None:
    tick = watch.tick(library_channel, watch.today(monday), actor=anna, at=monday)

    with pytest.raises(moves.NoReason):
        watch.undo(tick, why=" ", actor=anna, at=monday)
    with pytest.raises(moves.NotYours):
        watch.undo(tick, why="x", actor=david, at=monday)
    watch.undo(tick, why="Fel", actor=anna, at=monday)
    with pytest.raises(watch.UndoneAlready):
        watch.undo(tick, why="Fel", actor=anna, at=monday)


def test_a_missed_day_is_seen_and_a_day_that_goes_on_is_not_missed_yet(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    for days in range(1, 32):
        if days != 5:
            day = watch.today(monday) - days * A_DAY
            watch.tick(library_channel, day, actor=anna, at=monday)

    missed = watch.missed_days([library_channel], at=monday)

    assert missed[library_channel.pk] == [watch.today(monday) - 5 * A_DAY]


def test_days_are_missed_only_since_the_launch(
    library_channel: Channel, monday: datetime
) -> None:
    library_channel.launched_at = monday - 3 * A_DAY

    assert len(watch.missed_days([library_channel], at=monday)[library_channel.pk]) == 3
    library_channel.launched_at = LONG_AGO
    assert (
        len(watch.missed_days([library_channel], at=monday)[library_channel.pk]) == 31
    )
    library_channel.closed_at = monday - 30 * A_DAY
    assert len(watch.missed_days([library_channel], at=monday)[library_channel.pk]) == 1


def test_the_matrix_gets_its_facts_by_as_many_queries_however_many_channels(
    library_channel: Channel,
    school_channel: Channel,
    anna: Actor,
    monday: datetime,
    django_assert_num_queries: object,
) -> None:
    yesterday = watch.today(monday) - A_DAY
    watch.tick(library_channel, yesterday, actor=anna, at=monday)

    with django_assert_num_queries(21):  # type: ignore[operator]
        told = known.of([library_channel, school_channel], at=monday)

    values = {s.fact: s.value for s in told[library_channel.pk]}
    assert values == {
        f.EVENTS_PER_WEEK: 0.0,
        f.OVERDUE_SHARE: 0.0,
        f.OWN_POSTS_PER_WEEK: 0.0,
        f.WATCHED_DAYS_MISSED: 30,
        f.NEEDS_WATCH: True,
        f.LAST_WATCHED: yesterday.isoformat(),
        f.WATCH_LEFT_OUT: (),
        f.ON_DUTY: "Anna",
        f.FIRST_OVERDUE: 0,
        f.FULL_OVERDUE: 0,
        f.LAPSES_OVERDUE: 0,
        f.MATTERS_TO_MOVE: 0,
        f.MESSAGES_UNDECIDED: 0,
    }
