"""Due times: when, and in which words."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.policy.clocks import Phase, Span, SpanKind, UnknownSpan, due, phase
from uppsikt.policy.workdays import Hours, NaiveMoment, WorkingCalendar

untimed = settings(deadline=None)
ZONE = ZoneInfo("Europe/Stockholm")
DAY: Hours = ((time(8), time(12)), (time(13), time(16, 30)))
CALENDAR = WorkingCalendar(
    hours=dict.fromkeys(range(5), DAY),
    eves_free=frozenset({"midsommarafton", "julafton", "nyårsafton"}),
    half_days={"skärtorsdag": time(12)},
)
SPANS = (
    "at once",
    "same day",
    "next working day",
    "1 hour",
    "24 hours",
    "1 working hour",
    "4 working hours",
    "1 working day",
    "10 working days",
)
spans = st.sampled_from(SPANS).map(Span.parse)
moments = st.datetimes(
    min_value=datetime.fromisoformat("2024-01-01"),
    max_value=datetime.fromisoformat("2032-12-31"),
    timezones=st.just(UTC),
)
around_changes = st.builds(
    lambda day, minutes: at(day) + timedelta(minutes=minutes),
    st.sampled_from(["2026-03-28T00:00", "2026-10-24T00:00", "2028-02-28T00:00"]),
    st.integers(0, 60 * 72),
)
OVERLAPPING = [("15T10:00", "15T11:00"), ("15T10:30", "15T11:30")]
BACKWARDS = [("16T09:15", "16T09:45"), ("15T10:00", "15T10:30")]
pauses = st.lists(st.tuples(moments, moments), max_size=4)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def words(start: str, span: str) -> list[str]:
    return [str(each) for each in due(at(start), Span.parse(span), CALENDAR).because]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("at once", Span(SpanKind.AT_ONCE)),
        ("same day", Span(SpanKind.SAME_DAY)),
        ("next working day", Span(SpanKind.NEXT_WORKING_DAY)),
        ("1 hour", Span(SpanKind.HOURS, 1)),
        ("24 hours", Span(SpanKind.HOURS, 24)),
        ("4 working hours", Span(SpanKind.WORKING_HOURS, 4)),
        ("1 working day", Span(SpanKind.WORKING_DAYS, 1)),
        ("  10  Working\tdays ", Span(SpanKind.WORKING_DAYS, 10)),
    ],
)
def test_a_span_is_read_as_people_write_it(text: str, span: Span) -> None:
    assert Span.parse(text) == span


@pytest.mark.parametrize(
    "text",
    ["", "10", "working day", "0 hours", "-1 hours", "1.5 hours", "3 days", "soon",
     "2 hours after", "99999 hours", "10 arbetsdagar", "hours"],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_what_is(text: str) -> None:
    with pytest.raises(UnknownSpan, match="at once, same day, next working day") as no:
        Span.parse(text)
    assert no.value.message.details["text"] == text


@pytest.mark.parametrize("text", SPANS)
def test_a_span_is_written_as_it_is_read(text: str) -> None:
    assert str(Span.parse(text)) == text


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-06-19T22:10", "at once", "2026-06-19T22:10"),
        ("2026-06-19T22:10", "2 hours", "2026-06-20T00:10"),
        ("2026-06-19T22:10", "1 working day", "2026-06-23T08:00"),
        ("2026-06-19T22:10", "4 working hours", "2026-06-22T12:00"),
        ("2026-06-19T22:10", "next working day", "2026-06-22T16:30"),
        ("2026-06-18T09:00", "next working day", "2026-06-22T16:30"),
        ("2026-04-01T09:00", "next working day", "2026-04-02T12:00"),
        ("2026-06-17T09:00", "10 working days", "2026-07-02T09:00"),
        ("2026-03-28T12:00", "24 hours", "2026-03-29T13:00"),
        ("2026-10-24T12:00", "24 hours", "2026-10-25T11:00"),
        ("2026-03-27T12:00", "1 working day", "2026-03-30T13:00"),
        ("2028-02-28T09:00", "1 working day", "2028-02-29T09:00"),
        ("2028-02-28T22:00", "24 hours", "2028-02-29T22:00"),
    ],
)
def test_a_span_ends_when_it_should(start: str, span: str, end: str) -> None:
    assert due(at(start), Span.parse(span), CALENDAR).at == at(end)


@pytest.mark.parametrize("start", ["2026-06-17T00:00", "2026-06-17T23:59:59.999999"])
def test_the_same_day_ends_with_that_day(start: str) -> None:
    found = due(at(start), Span.parse("same day"), CALENDAR)

    assert CALENDAR.local(found.at).date() == date(2026, 6, 17)
    assert found.at + timedelta(microseconds=1) == at("2026-06-18T00:00")


def test_a_due_time_explains_itself_from_facts() -> None:
    assert words("2026-06-19T22:10", "1 working day") == [
        "Began 2026-06-19 22:10:00+02:00, outside working hours: "
        "runs from 2026-06-22 08:00:00+02:00.",
        "2026-06-19 is no working day: Midsommarafton.",
        "2026-06-20 is no working day: Midsommardagen.",
        "Weekends do not count.",
        "1 working day: due 2026-06-23 08:00:00+02:00.",
    ]


def test_an_ordinary_day_needs_no_excuse() -> None:
    assert words("2026-06-15T09:00", "10 working days")[1:-1] == [
        "2026-06-19 is no working day: Midsommarafton.",
        "2026-06-20 is no working day: Midsommardagen.",
        "Weekends do not count.",
    ]
    assert words("2026-06-16T09:00", "1 working day") == [
        "The time runs from 2026-06-16 09:00:00+02:00.",
        "1 working day: due 2026-06-17 09:00:00+02:00.",
    ]


def test_hours_that_always_count_do_not_speak_of_weekends() -> None:
    assert words("2026-06-19T22:10", "24 hours") == [
        "The time runs from 2026-06-19 22:10:00+02:00.",
        "24 hours: due 2026-06-20 22:10:00+02:00.",
    ]


def test_a_short_day_is_told() -> None:
    told = "Working hours end early 2026-04-02 12:00:00+02:00."

    assert told in words("2026-04-02T11:00", "4 working hours")
    assert told not in words("2026-03-31T08:00", "4 working hours")


def test_one_is_told_as_one_and_many_as_many() -> None:
    assert words("2026-06-16T08:00", "1 hour")[-1].startswith("1 hour: due")
    assert words("2026-06-16T08:00", "2 working hours")[-1].startswith("2 working h")


def test_a_weekday_without_hours_is_named_alone_where_weekends_are_worked() -> None:
    calendar = WorkingCalendar(hours=dict.fromkeys((0, 1, 2, 3, 4, 5), DAY))
    found = due(at("2026-09-05T09:00"), Span.parse("1 working day"), calendar)

    assert "2026-09-06 has no working hours." in map(str, found.because)
    assert found.at == at("2026-09-07T09:00")


@pytest.mark.parametrize(
    ("span", "stops", "end"),
    [
        # Monday 15 June 09.00; 1 working day is Tuesday 09.00, 2 hours is 11.00.
        ("1 working day", [("15T10:00", "15T11:00")], "16T10:00"),
        ("1 working day", [("15T16:00", "16T08:30")], "16T10:00"),
        ("1 working day", [("15T17:00", "16T07:00")], "16T09:00"),  # a night
        ("1 working day", [("14T08:00", "15T09:00")], "16T09:00"),  # before
        ("1 working day", [("16T09:00", "16T12:00")], "16T09:00"),  # after
        ("1 working day", [("15T11:00", "15T10:00")], "16T09:00"),  # clock moved back
        ("1 working day", OVERLAPPING, "16T10:30"),
        ("1 working day", BACKWARDS, "16T10:00"),
        ("2 hours", [("15T10:00", "15T11:00")], "15T12:00"),
        ("2 hours", [("15T10:00", "16T10:00")], "16T11:00"),  # nights count
        ("next working day", [("15T10:00", "15T11:00")], "17T09:00"),
        ("4 working hours", [("15T10:00", "15T11:00")], "15T15:00"),
    ],
)  # fmt: skip
def test_a_pause_moves_the_end_by_the_time_it_took(
    span: str, stops: list[tuple[str, str]], end: str
) -> None:
    paused = [(at(f"2026-06-{a}"), at(f"2026-06-{b}")) for a, b in stops]
    found = due(at("2026-06-15T09:00"), Span.parse(span), CALENDAR, pauses=paused)

    assert found.at == at(f"2026-06-{end}")


def test_a_pause_that_counts_is_told_and_another_is_not() -> None:
    night = (at("2026-06-15T17:00"), at("2026-06-15T23:00"))
    noon = (at("2026-06-15T11:00"), at("2026-06-15T12:00"))
    span = Span.parse("1 working day")
    found = due(at("2026-06-15T09:00"), span, CALENDAR, pauses=[night, noon])

    assert [str(each) for each in found.because if "Paused" in str(each)] == [
        "Paused 2026-06-15 11:00:00+02:00 to 2026-06-15 12:00:00+02:00: "
        "the working time between is added."
    ]


@untimed
@given(moments, spans, pauses)
def test_nothing_is_due_before_it_began_and_a_pause_never_hurries(
    start: datetime, span: Span, stops: list[tuple[datetime, datetime]]
) -> None:
    plain = due(start, span, CALENDAR).at

    assert start <= plain <= due(start, span, CALENDAR, pauses=stops).at


@untimed
@given(st.lists(moments | around_changes, min_size=2, max_size=5), spans)
def test_what_began_later_is_never_due_earlier(
    starts: list[datetime], span: Span
) -> None:
    ends = [due(start, span, CALENDAR).at for start in sorted(starts)]

    assert all(first <= second for first, second in pairwise(ends))


@untimed
@given(moments | around_changes, spans)
def test_every_due_time_ends_its_explanation_with_itself(
    start: datetime, span: Span
) -> None:
    found = due(start, span, CALENDAR)

    # Moments in the repeated hour are equal only within one zone (PEP 495).
    said = found.because[-1].details["due"]
    assert isinstance(said, datetime)
    assert said.astimezone(UTC) == found.at
    assert len(found.because) >= 2


@untimed
@given(moments | around_changes)
def test_twenty_four_hours_are_twenty_four_hours(start: datetime) -> None:
    assert due(start, Span.parse("24 hours"), CALENDAR).at - start == timedelta(
        hours=24
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-06-15T08:00", Phase.CALM),  # a clock moved back
        ("2026-06-15T09:00", Phase.CALM),
        ("2026-06-17T08:59", Phase.CALM),
        ("2026-06-17T09:00", Phase.SOON),
        ("2026-06-18T23:59", Phase.SOON),
        ("2026-06-19T00:00", Phase.DUE_TODAY),
        ("2026-06-19T09:00", Phase.DUE_TODAY),
        ("2026-06-19T09:01", Phase.LATE),
        ("2026-06-20T09:00", Phase.LATE),
    ],
)
def test_urgency_follows_the_clock(now: str, expected: Phase) -> None:
    start, end = at("2026-06-15T09:00"), at("2026-06-19T09:00")

    assert phase(at(now), start, end, warn=0.5, calendar=CALENDAR) is expected


def test_today_is_the_local_day_and_not_that_of_utc() -> None:
    start, end = at("2026-06-15T09:00"), at("2026-06-20T00:30")
    late_friday = at("2026-06-19T23:30")  # the same day in UTC

    assert phase(late_friday, start, end, warn=0.5, calendar=CALENDAR) is Phase.SOON


def test_what_is_due_at_once_is_never_calm_afterwards() -> None:
    start = at("2026-06-15T09:00")
    yesterday, later = at("2026-06-14T09:00"), at("2026-06-15T09:01")

    assert phase(yesterday, start, start, warn=0.5, calendar=CALENDAR) is Phase.CALM
    assert phase(start, start, start, warn=0.5, calendar=CALENDAR) is Phase.DUE_TODAY
    assert phase(later, start, start, warn=0.5, calendar=CALENDAR) is Phase.LATE


def test_a_start_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        due(datetime.fromisoformat("2026-06-15T09:00"), Span.parse("1 hour"), CALENDAR)
