"""How long people wait: with those counted who still do."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.policy.waiting import MINUTE, Waited, quantile
from uppsikt.policy.workdays import Hours, WorkingCalendar

DAY: Hours = ((time(8), time(12)), (time(13), time(16, 30)))
CALENDAR = WorkingCalendar(hours=dict.fromkeys(range(5), DAY))
NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
minutes = st.integers(0, 5000)
counts = st.dictionaries(minutes, st.integers(1, 5), max_size=12)
moments = st.datetimes(
    min_value=datetime.fromisoformat("2026-03-01"),
    max_value=datetime.fromisoformat("2026-04-03"),
    timezones=st.just(UTC),
)


def test_where_nobody_waits_the_middle_is_the_middle() -> None:
    assert quantile({10: 1, 20: 1, 30: 1}, {}, 0.5) == 20
    assert quantile({10: 1, 20: 1, 30: 1}, {}, 0.9) == 30


def test_who_still_waits_moves_the_middle_later() -> None:
    assert quantile({10: 1, 20: 1, 30: 1}, {25: 2}, 0.5) == 30


def test_it_is_not_known_before_so_many_are_answered() -> None:
    assert quantile({10: 1}, {20: 3}, 0.5) is None
    assert quantile({}, {}, 0.5) is None


def test_who_began_to_wait_a_moment_ago_changes_nothing() -> None:
    assert quantile({10: 1, 20: 1, 30: 1}, {0: 90}, 0.5) == 20


@given(counts.filter(bool), counts, st.floats(0.05, 0.95))
def test_those_who_wait_never_make_it_sooner(
    done: dict[int, int], waiting: dict[int, int], share: float
) -> None:
    alone, among = quantile(done, {}, share), quantile(done, waiting, share)

    assert alone is not None
    assert among is None or among >= alone


@given(counts.filter(bool), st.floats(0.05, 0.45))
def test_a_larger_share_takes_no_less_time(done: dict[int, int], share: float) -> None:
    few, many = quantile(done, {}, share), quantile(done, {}, share * 2)

    assert few is not None
    assert many is not None
    assert few <= many


@given(moments)
def test_many_are_counted_as_one_is(begin: datetime) -> None:
    each = CALENDAR.working_time_between(begin, NOW) // MINUTE

    assert Waited(CALENDAR, NOW).minutes(begin) == each


@pytest.mark.parametrize("later", [timedelta(minutes=1), timedelta(days=3)])
def test_what_comes_later_has_not_waited(later: timedelta) -> None:
    assert Waited(CALENDAR, NOW).minutes(NOW + later) == 0
