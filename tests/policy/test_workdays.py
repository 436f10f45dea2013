"""Working time, held against real years, real holidays and both DST changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.policy.words import Message
from uppsikt.policy.workdays import (
    BadCalendar,
    Hours,
    NaiveMoment,
    WorkingCalendar,
)

untimed = settings(deadline=None)
ZONE = ZoneInfo("Europe/Stockholm")
LUNCH: Hours = ((time(8), time(12)), (time(13), time(16, 30)))
OFFICE = dict.fromkeys(range(5), LUNCH)
ALWAYS: dict[int, Hours] = dict.fromkeys(range(7), ((time(0), time(0)),))
CALENDAR = WorkingCalendar(
    hours=OFFICE,
    eves_free=frozenset({"midsommarafton", "julafton", "nyårsafton"}),
    half_days={"skärtorsdag": time(12), date(2026, 10, 30): time(15)},
    closed={date(2026, 8, 14): "Planeringsdag"},
)
MOVEABLE = {  # year: (Good Friday, Ascension Day, Midsummer Day, All Saints' Day)
    2024: ("03-29", "05-09", "06-22", "11-02"),
    2025: ("04-18", "05-29", "06-21", "11-01"),
    2026: ("04-03", "05-14", "06-20", "10-31"),
    2027: ("03-26", "05-06", "06-26", "11-06"),
    2028: ("04-14", "05-25", "06-24", "11-04"),
    2029: ("03-30", "05-10", "06-23", "11-03"),
    2030: ("04-19", "05-30", "06-22", "11-02"),
    2031: ("04-11", "05-22", "06-21", "11-01"),
    2032: ("03-26", "05-06", "06-26", "11-06"),
}
MOVEABLE_NAMES = (
    "Långfredagen",
    "Kristi himmelsfärdsdag",
    "Midsommardagen",
    "Alla helgons dag",
)
moments = st.datetimes(
    min_value=datetime.fromisoformat("2024-01-01"),
    max_value=datetime.fromisoformat("2032-12-31"),
    timezones=st.just(UTC),
)
lengths = st.integers(0, 60 * 200).map(lambda minutes: timedelta(minutes=minutes))
calendars = st.sampled_from([CALENDAR, WorkingCalendar(hours=ALWAYS)])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize("year", MOVEABLE)
def test_the_moveable_holidays_fall_where_the_almanac_has_them(year: int) -> None:
    days = [date.fromisoformat(f"{year}-{day}") for day in MOVEABLE[year]]

    assert [CALENDAR.name_of(day) for day in days] == list(MOVEABLE_NAMES)
    midsummer_eve = days[2] - timedelta(days=1)
    assert CALENDAR.name_of(midsummer_eve) == "Midsommarafton"
    assert CALENDAR.name_of(days[0] + timedelta(days=3)) == "Annandag påsk"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "Nyårsdagen"),
        ("2026-01-06", "Trettondedag jul"),
        ("2026-04-05", "Påskdagen"),
        ("2026-05-01", "Första maj"),
        ("2026-06-06", "Nationaldagen"),
        ("2026-12-24", "Julafton"),
        ("2026-12-31", "Nyårsafton"),
        ("2026-08-14", "Planeringsdag"),
        ("2026-08-15", Message("Saturday")),
        ("2026-08-16", Message("Sunday")),
        ("2026-04-02", None),  # skärtorsdag is short, not free
        ("2026-04-04", Message("Saturday")),  # påskafton is not free here
        ("2026-04-30", None),  # nor is valborgsmässoafton
        ("2026-05-15", None),  # a klämdag is an ordinary day unless the policy says so
        ("2026-12-23", None),
        ("2028-02-29", None),
        ("2026-08-13", None),
    ],
)
def test_a_free_day_says_why_and_a_working_day_has_no_name(
    day: str, name: str | Message | None
) -> None:
    assert CALENDAR.name_of(date.fromisoformat(day)) == name
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is (name is None)


@pytest.mark.parametrize(
    ("eve", "day", "free"),
    [
        ("trettondagsafton", "2026-01-05", True),
        ("skärtorsdag", "2026-04-02", True),
        ("valborgsmässoafton", "2026-04-30", True),
        ("dagen före Kristi himmelsfärdsdag", "2026-05-13", True),
        ("dagen före midsommarafton", "2026-06-18", True),
        ("allhelgonaafton", "2026-10-30", True),
        ("dagen före julafton", "2026-12-23", True),
        ("dagen före nyårsafton", "2026-12-30", True),
        ("klämdag", "2026-05-15", True),
        ("klämdag", "2026-01-05", True),
        ("klämdag", "2026-05-13", False),
        ("skärtorsdag", "2026-03-26", False),
        ("midsommarafton", "2026-06-26", False),
        ("nyårsafton", "2026-12-30", False),
        ("julafton", "2026-12-23", False),
        ("trettondagsafton", "2026-01-07", False),
    ],
)
def test_an_eve_is_free_on_its_own_day_only(eve: str, day: str, free: bool) -> None:  # noqa: FBT001
    calendar = WorkingCalendar(hours=OFFICE, eves_free=frozenset({eve}))

    assert calendar.is_working_day(date.fromisoformat(day)) is not free


def test_a_half_day_ends_at_its_closing_time() -> None:
    maundy, ordinary = date(2026, 4, 2), date(2026, 4, 1)

    assert CALENDAR.intervals(maundy) == [
        (at("2026-04-02T08:00"), at("2026-04-02T12:00"))
    ]
    assert CALENDAR.closes_early(maundy) == at("2026-04-02T12:00")
    assert CALENDAR.closes_early(date(2026, 10, 30)) == at("2026-10-30T15:00")
    assert CALENDAR.closes_early(ordinary) is None
    assert CALENDAR.closes_early(date(2026, 4, 4)) is None


def test_a_half_day_that_closes_before_it_opens_is_free_and_named() -> None:
    calendar = WorkingCalendar(hours=OFFICE, half_days={"skärtorsdag": time(8)})

    assert calendar.name_of(date(2026, 4, 2)) == "Skärtorsdag"


def test_a_short_bridge_day_is_shortened_and_its_neighbours_are_not() -> None:
    calendar = WorkingCalendar(hours=OFFICE, half_days={"klämdag": time(12)})

    assert calendar.closes_early(date(2026, 5, 15)) == at("2026-05-15T12:00")
    assert calendar.closes_early(date(2026, 5, 13)) is None


def test_a_saturday_after_a_holiday_is_no_bridge_day() -> None:
    calendar = WorkingCalendar(hours=OFFICE, eves_free=frozenset({"klämdag"}))

    assert calendar.name_of(date(2026, 5, 2)) == Message("Saturday")
    assert calendar.name_of(date(2026, 5, 15)) == "Klämdag"


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        ("2026-03-27", 7),  # the Friday before the clocks go forward: CET
        ("2026-03-30", 6),  # the Monday after: CEST
        ("2026-10-23", 6),
        ("2026-10-26", 7),
    ],
)
def test_the_office_opens_at_eight_on_the_wall_on_both_sides_of_a_change(
    day: str, opens: int
) -> None:
    first = CALENDAR.intervals(date.fromisoformat(day))[0][0]

    assert (first.hour, first.tzinfo) == (opens, UTC)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-03-28", 24)]
)
def test_a_round_the_clock_day_is_as_long_as_it_is(day: str, hours: int) -> None:
    [(begin, end)] = WorkingCalendar(hours=ALWAYS).intervals(date.fromisoformat(day))

    assert end - begin == timedelta(hours=hours)


def test_an_hour_that_the_clock_skips_is_never_counted_twice() -> None:
    night: Hours = ((time(1), time(2, 30)), (time(2, 45), time(3)), (time(3), time(4)))
    calendar = WorkingCalendar(hours={6: night})
    intervals = calendar.intervals(date(2026, 3, 29))

    assert intervals[0][0] == at("2026-03-29T01:00")
    assert intervals[-1][1] == at("2026-03-29T04:00")
    assert sum((b - a for a, b in intervals), timedelta()) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("begin", "days", "end"),
    [
        ("2026-06-17T10:00", 1, "2026-06-18T10:00"),
        ("2026-06-18T10:00", 1, "2026-06-22T10:00"),  # over midsummer
        ("2026-06-19T22:10", 1, "2026-06-23T08:00"),  # outside: from Monday 08.00
        ("2026-06-17T06:00", 0, "2026-06-17T08:00"),
        ("2026-06-17T12:30", 1, "2026-06-18T13:00"),  # lunch: from 13.00
        ("2026-06-17T16:30", 1, "2026-06-22T08:00"),
        ("2026-04-01T11:30", 1, "2026-04-02T11:30"),
        ("2026-04-01T14:00", 1, "2026-04-07T08:00"),  # the short day has closed
        ("2026-12-22T09:00", 10, "2027-01-12T09:00"),  # yule, new year, epiphany
        ("2028-02-28T09:00", 1, "2028-02-29T09:00"),
        ("2026-03-27T09:00", 1, "2026-03-30T09:00"),  # same clock over the change
        ("2026-10-23T09:00", 1, "2026-10-26T09:00"),
    ],
)
def test_working_days_keep_the_clock_time(begin: str, days: int, end: str) -> None:
    assert CALENDAR.add_working_days(at(begin), days) == at(end)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2026-09-03T07:30", "2026-09-04T09:00"),  # not open yet: the opening
        ("2026-09-03T11:00", "2026-09-04T11:00"),  # the closing itself will do
        ("2026-09-03T17:00", "2026-09-07T08:00"),  # closed: when Monday opens
    ],
)
def test_working_days_end_at_the_next_edge_and_no_later(begin: str, end: str) -> None:
    hours = dict(OFFICE) | {3: ((time(7), time(18)),), 4: ((time(9), time(11)),)}
    calendar = WorkingCalendar(hours=hours)

    assert calendar.add_working_days(at(begin), 1) == at(end)


@pytest.mark.parametrize(
    ("begin", "minutes", "end"),
    [
        ("2026-06-17T08:00", 0, "2026-06-17T08:00"),
        ("2026-06-17T06:00", 0, "2026-06-17T08:00"),
        ("2026-06-17T08:00", 240, "2026-06-17T12:00"),
        ("2026-06-17T08:00", 241, "2026-06-17T13:01"),
        ("2026-06-17T16:00", 60, "2026-06-18T08:30"),
        ("2026-06-18T16:00", 60, "2026-06-22T08:30"),
        ("2026-04-02T11:00", 120, "2026-04-07T09:00"),
        ("2026-03-27T16:00", 60, "2026-03-30T08:30"),
    ],
)
def test_working_time_is_counted_while_the_office_is_open(
    begin: str, minutes: int, end: str
) -> None:
    length = timedelta(minutes=minutes)

    assert CALENDAR.add_working_time(at(begin), length) == at(end)
    assert CALENDAR.working_time_between(at(begin), at(end)) == length


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2026-03-28T12:00", "2026-03-29T13:00"),
        ("2026-10-24T12:00", "2026-10-25T11:00"),
        ("2026-09-05T12:00", "2026-09-06T12:00"),
    ],
)
def test_round_the_clock_hours_are_true_hours(begin: str, end: str) -> None:
    calendar = WorkingCalendar(hours=ALWAYS)

    assert calendar.add_working_time(at(begin), timedelta(hours=24)) == at(end)


def test_a_moment_within_hours_is_open_and_the_closing_moment_is_not() -> None:
    assert CALENDAR.next_open(at("2026-06-17T11:59")) == at("2026-06-17T11:59")
    assert CALENDAR.next_open(at("2026-06-17T12:00")) == at("2026-06-17T13:00")
    assert CALENDAR.next_open(at("2026-06-18T16:30")) == at("2026-06-22T08:00")


@untimed
@given(moments, moments)
def test_a_clock_that_moved_back_gives_no_negative_time(
    first: datetime, second: datetime
) -> None:
    begin, end = max(first, second), min(first, second)

    assert CALENDAR.working_time_between(begin, end) == timedelta()


@untimed
@given(calendars, moments, lengths)
def test_adding_working_time_and_measuring_it_agree(
    calendar: WorkingCalendar, begin: datetime, length: timedelta
) -> None:
    end = calendar.add_working_time(begin, length)

    assert end >= begin
    assert calendar.working_time_between(begin, end) == length


@untimed
@given(moments, moments, st.integers(0, 30))
def test_what_starts_later_is_never_due_earlier(
    first: datetime, second: datetime, days: int
) -> None:
    begin, later = sorted((first, second))
    ends = [CALENDAR.add_working_days(moment, days) for moment in (begin, later)]

    assert begin <= ends[0] <= ends[1]


@untimed
@given(moments, st.integers(0, 30))
def test_working_days_pass_that_many_working_days(begin: datetime, days: int) -> None:
    start = CALENDAR.local(CALENDAR.next_open(begin)).date()
    last = CALENDAR.working_day_after(start, days)
    between = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]

    assert sum(map(CALENDAR.is_working_day, between)) == days
    assert CALENDAR.is_working_day(last)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"timezone": "Europe/Tyreso"}, "no time zone “Europe/Tyreso”"),
        ({"timezone": "../etc/passwd"}, "no time zone"),
        ({"eves_free": frozenset({"fredag"})}, "“fredag” is no eve"),
        ({"half_days": {"Skärtorsdag": time(12)}}, "Write one of: trettondagsafton"),
        ({"hours": {7: LUNCH}}, "no weekday 7"),
        ({"hours": {}}, "no working hours at all"),
        ({"hours": {0: ()}}, "no working hours at all"),
        ({"hours": {0: ((time(12), time(8)),)}}, "weekday 0 overlap or go backwards"),
        ({"hours": {0: ((time(8), time(8)),)}}, "weekday 0"),
        ({"hours": {1: ((time(8), time(12)), (time(11), time(16)))}}, "weekday 1"),
        ({"hours": {1: ((time(8), time(0)), (time(11), time(16)))}}, "weekday 1"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_by_name(
    fields: dict[str, object], fault: str
) -> None:
    with pytest.raises(BadCalendar, match=fault):
        WorkingCalendar(**({"hours": OFFICE} | fields))  # type: ignore[arg-type]


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 6, 17, 9)  # noqa: DTZ001 (the point of the test)

    with pytest.raises(NaiveMoment):
        CALENDAR.next_open(naive)


def test_a_count_that_goes_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_working_days(at("2026-06-17T09:00"), -1)
    with pytest.raises(ValueError, match="-1 day"):
        CALENDAR.add_working_time(at("2026-06-17T09:00"), timedelta(days=-1))
