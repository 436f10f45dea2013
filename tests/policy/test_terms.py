"""Calendars that change on a day, the crisis clock, and what is longer than what."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.policy.clocks import Span
from uppsikt.policy.dated_calendar import DatedCalendar
from uppsikt.policy.terms import Crisis, Terms, is_longer
from uppsikt.policy.workdays import Hours, WorkingCalendar

DAY: Hours = ((time(8), time(12)), (time(13), time(16, 30)))
LONG: Hours = ((time(10), time(20)),)
OFFICE = WorkingCalendar(hours=dict.fromkeys(range(5), DAY))
LIBRARY = WorkingCalendar(
    hours=dict.fromkeys((0, 1, 2, 3, 5), LONG),
    closed={date(2026, 3, 12): "Inventering"},
)
CHANGED = date(2026, 3, 11)
DATED = DatedCalendar.of(OFFICE, [(CHANGED, LIBRARY)])
TERMS = Terms(Span.parse("1 working day"), Span.parse("10 working days"), DATED)
moments = st.datetimes(
    min_value=datetime.fromisoformat("2026-02-01"),
    max_value=datetime.fromisoformat("2026-11-30"),
    timezones=st.just(UTC),
)
# Around the change of the calendar, and where the clock changes in spring and autumn.
tight = st.builds(
    lambda day, minutes: datetime.fromisoformat(day) + timedelta(minutes=minutes),
    st.sampled_from(["2026-03-09T00:00Z", "2026-03-27T00:00Z", "2026-10-23T00:00Z"]),
    st.integers(0, 60 * 96),
)
DAY_SPAN = Span.parse("1 working day")
anytime = st.one_of(moments, tight)
spans = st.sampled_from(
    ["1 working hour", "4 working hours", "1 working day", "10 working days", "2 hours"]
).map(Span.parse)


def terms(
    first: str, full: str = "10 working days", crisis: Crisis | None = None
) -> Terms:
    return Terms(Span.parse(first), Span.parse(full), DATED, crisis)


@pytest.mark.parametrize("day", ["2026-03-06", "2026-03-14"])
def test_a_working_day_is_one_by_the_calendar_that_holds_then(day: str) -> None:
    assert DATED.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-03-07", "2026-03-12", "2026-03-13"])
def test_a_free_day_is_one_by_the_calendar_that_holds_then(day: str) -> None:
    assert not DATED.is_working_day(date.fromisoformat(day))


def test_what_came_before_the_change_is_counted_over_both() -> None:
    asked = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)  # Tuesday 16.00 in Stockholm

    due = terms("1 working day").first_due(asked)

    assert due.at == datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
    assert DATED.working_time_between(asked, due.at) == timedelta(hours=6, minutes=30)


def test_a_closed_day_of_the_new_calendar_is_named_in_the_reasons() -> None:
    asked = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)

    because = [str(why) for why in terms("1 working day").first_due(asked).because]

    assert any("Inventering" in why for why in because)


@given(anytime, spans)
def test_no_working_time_ends_on_a_closed_day(begin: datetime, span: Span) -> None:
    end = Terms(span, span, DATED).first_end(begin)

    if span.kind.working:
        assert DATED.is_working_day(DATED.local(end).date())


@given(st.lists(anytime, min_size=2, max_size=8), spans)
def test_who_asks_first_is_due_first(begins: list[datetime], span: Span) -> None:
    ends = [Terms(span, span, DATED).full_end(begin) for begin in sorted(begins)]

    assert all(first <= then for first, then in pairwise(ends))


@given(anytime, anytime, st.integers(0, 72))
def test_a_crisis_makes_no_first_word_due_later(
    begin: datetime, since: datetime, hours: int
) -> None:
    crisis = Crisis(since, Span.parse(f"{hours + 1} hours"))
    usual, sooner = TERMS, terms("1 working day", crisis=crisis)

    assert sooner.first_end(begin) <= usual.first_end(begin)
    assert sooner.first_end(begin) == sooner.first_due(begin).at
    assert sooner.full_end(begin) == usual.full_end(begin)


@given(anytime, st.integers(1, 20), st.integers(0, 40))
def test_a_pause_adds_exactly_its_working_time(
    begin: datetime, wait: int, length: int
) -> None:
    stop = begin + timedelta(hours=wait)
    pause = (stop, stop + timedelta(hours=length))
    paused, usual = TERMS.full_end(begin, [pause]), TERMS.full_end(begin)

    added = DATED.working_time_between(*pause)

    assert DATED.working_time_between(usual, paused) == added


def test_a_question_that_waited_when_the_crisis_began_has_the_whole_crisis_time() -> (
    None
):
    asked = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
    since = datetime(2026, 3, 7, 20, 0, tzinfo=UTC)
    crisis = Crisis(since, Span.parse("2 hours"))

    due = terms("1 working day", crisis=crisis).first_due(asked)

    assert due.at == since + timedelta(hours=2)
    assert "crisis" in str(due.because[0])


@pytest.mark.parametrize("own", ["4 working hours", "1 working day", "1 hour"])
def test_a_time_that_never_ends_later_is_not_longer(own: str) -> None:
    since = datetime(2026, 3, 2, tzinfo=UTC)

    assert not is_longer(Span.parse(own), DAY_SPAN, OFFICE, since=since)


@pytest.mark.parametrize("own", ["2 working days", "48 hours", "9 working hours"])
def test_a_time_that_ever_ends_later_is_longer(own: str) -> None:
    since = datetime(2026, 3, 2, tzinfo=UTC)

    assert is_longer(Span.parse(own), DAY_SPAN, OFFICE, since=since)
