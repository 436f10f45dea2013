"""What comes back: on which date, over short months, leap years and DST."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.policy.recurrence import Every, Period, Unit, UnknownInterval
from uppsikt.policy.workdays import NaiveMoment

WRITTEN = ("1 day", "2 weeks", "1 month", "6 months", "1 year", "5 years")
untimed = settings(deadline=None)
intervals = st.sampled_from(WRITTEN).map(Every.parse)
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("6 months", Every(6, Unit.MONTH)),
        ("1 day", Every(1, Unit.DAY)),
        ("1 year", Every(1, Unit.YEAR)),
        ("2  Weeks ", Every(2, Unit.WEEK)),
    ],
)
def test_an_interval_is_read_as_people_write_it(text: str, every: Every) -> None:
    assert Every.parse(text) == every


@pytest.mark.parametrize(
    "text",
    ["", "6", "month", "0 days", "-1 day", "half a year", "6 månader", "1.5 day"],
)
def test_what_is_not_understood_is_refused_with_what_is(text: str) -> None:
    with pytest.raises(UnknownInterval, match="1 day, 2 weeks, 6 months, 1 year") as no:
        Every.parse(text)
    assert no.value.message.details == {"text": text}


@pytest.mark.parametrize("text", WRITTEN)
def test_an_interval_is_written_as_it_is_read(text: str) -> None:
    assert str(Every.parse(text)) == text


@pytest.mark.parametrize(
    ("every", "last", "following"),
    [
        ("6 months", "2026-08-31", "2027-02-28"),
        ("6 months", "2027-08-31", "2028-02-29"),
        ("6 months", "2026-08-28", "2027-02-28"),
        ("1 month", "2026-01-31", "2026-02-28"),
        ("1 year", "2028-02-29", "2029-02-28"),
        ("1 year", "2027-02-28", "2028-02-28"),
        ("1 day", "2028-02-28", "2028-02-29"),
        ("1 day", "2026-12-31", "2027-01-01"),
        ("2 weeks", "2026-10-19", "2026-11-02"),
    ],
)
def test_it_comes_back_on_the_same_day_or_the_last_of_a_short_month(
    every: str, last: str, following: str
) -> None:
    assert Every.parse(every).after(on(last)) == on(following)


@pytest.mark.parametrize(
    ("moment", "following"),
    [
        ("2026-03-28T22:59:59+00:00", "2026-03-29"),
        ("2026-03-28T23:00:00+00:00", "2026-03-30"),  # already the 29th here
        ("2026-03-29T21:59:59+00:00", "2026-03-30"),
        ("2026-03-29T22:00:00+00:00", "2026-03-31"),
        ("2026-10-25T22:59:59+00:00", "2026-10-26"),
        ("2026-10-25T23:00:00+00:00", "2026-10-27"),
    ],
)
def test_a_moment_counts_on_its_local_day(moment: str, following: str) -> None:
    assert Every.parse("1 day").after(datetime.fromisoformat(moment)) == on(following)


def test_the_local_day_is_that_of_the_zone_asked_for() -> None:
    moment = datetime(2026, 6, 15, 21, 30, tzinfo=UTC)

    assert Every.parse("1 day").after(moment) == on("2026-06-16")
    assert Every.parse("1 day").after(moment, "Europe/Helsinki") == on("2026-06-17")


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        Every.parse("1 day").after(datetime.fromisoformat("2026-06-15T09:00"))


@pytest.mark.parametrize(
    ("last", "started", "due"),
    [
        (None, "2026-01-15", "2026-07-15"),
        ("2026-03-01", "2026-01-15", "2026-09-01"),
        ("2025-03-01", "2026-01-15", "2026-07-15"),  # done before it was reopened
    ],
)
def test_it_is_due_an_interval_after_it_was_done_or_begun(
    last: str | None, started: str, due: str
) -> None:
    done = on(last) if last else None

    assert Every.parse("6 months").due(done, on(started)) == on(due)


def test_each_day_is_a_period_of_its_own() -> None:
    found = list(Every.parse("1 day").periods(on("2028-02-28"), on("2028-03-01")))

    assert [each.first for each in found] == [each.last for each in found]
    assert [each.first for each in found] == [
        on("2028-02-28"),
        on("2028-02-29"),
        on("2028-03-01"),
    ]


def test_a_short_month_does_not_move_the_periods_after_it() -> None:
    found = list(Every.parse("1 month").periods(on("2026-01-31"), on("2026-04-01")))

    assert found == [
        Period(on("2026-01-31"), on("2026-02-27")),
        Period(on("2026-02-28"), on("2026-03-30")),
        Period(on("2026-03-31"), on("2026-04-29")),
    ]
    assert on("2026-03-30") in found[1]
    assert on("2026-03-31") not in found[1]


def test_nothing_has_begun_before_the_first_day() -> None:
    assert list(Every.parse("1 day").periods(on("2026-01-02"), on("2026-01-01"))) == []


@untimed
@given(intervals, days, days)
def test_what_was_done_later_is_never_due_earlier(
    every: Every, one: date, other: date
) -> None:
    first, second = sorted((one, other))

    assert first < every.after(first) <= every.after(second)


@untimed
@given(intervals, days, st.integers(0, 800))
def test_periods_cover_every_day_once(every: Every, first: date, length: int) -> None:
    until = first + timedelta(days=length)
    found = list(every.periods(first, until))

    assert found[0].first == first
    assert until in found[-1]
    for one, following in pairwise(found):
        assert one.last + timedelta(days=1) == following.first
