"""Section 6.4: how channels were watched, day by day, and where the gaps are."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.inbox.conftest import browser, now  # noqa: F401 (fixtures)
from tests.inbox.tales import queries, shown
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox import gaps, watch
from uppsikt.inbox.models import Tick
from uppsikt.inbox.period import Period
from uppsikt.inbox.watch_log import Log, State
from uppsikt.records import ledger

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def february(library_channel: Channel, anna: Actor, monday: datetime) -> Channel:
    """Watched in February but on the 10th–12th; the 20th was noted the day after."""
    for number in range(1, 29):
        day = date(2026, 2, number)
        at = monday.replace(month=2, day=number)
        if number not in (10, 11, 12):
            at += A_DAY if number == 20 else timedelta()
            watch.tick(library_channel, day, actor=anna, at=at)
    return library_channel


def test_the_report_tells_the_longest_gap_and_who_watched(
    february: Channel, monday: datetime
) -> None:
    log = Log.of([february], date(2026, 2, 1), date(2026, 2, 28), at=monday)

    [record] = gaps.of([february], log)

    assert (record.to_watch, record.watched) == (28, 24)
    assert (record.late, record.missed) == (1, 3)
    assert record.longest == gaps.Gap(date(2026, 2, 10), date(2026, 2, 12), 3)
    assert record.by == [("Anna", 25)]
    assert record.share == 85


def test_an_undone_tick_is_a_gap(
    february: Channel, anna: Actor, monday: datetime
) -> None:
    tick = Tick.objects.get(day=date(2026, 2, 5))
    watch.undo(tick, why="Fel kanal", actor=anna, at=monday)

    log = Log.of([february], date(2026, 2, 5), date(2026, 2, 5), at=monday)

    assert log.day(february, date(2026, 2, 5)).state is State.MISSED


def test_a_half_year_of_many_channels_takes_as_many_questions_as_a_day_of_one(
    february: Channel,
    school_channel: Channel,
    monday: datetime,
    django_assert_num_queries: object,
) -> None:
    for channels, days in (([february], 1), ([february, school_channel], 184)):
        with django_assert_num_queries(4):  # type: ignore[operator]
            last = watch.today(monday)
            Log.of(channels, last - days * A_DAY, last, at=monday)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2025-h2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30)),
        ("skräp", date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_a_time_is_read_from_the_address(text: str, first: date, last: date) -> None:
    period = Period.parse(text, date(2026, 3, 2))

    assert (period.first, period.last) == (first, last)
    assert Period.parse(str(period), date(2020, 1, 1)) == period
    assert period.before.after == period
    assert period.after.first == last + A_DAY


@pytest.mark.usefixtures("now")
def test_the_map_has_a_word_in_each_cell_and_a_page_for_each_day(
    february: Channel,
    browser: Client,  # noqa: F811 (the fixture)
) -> None:
    html = shown(browser.get(reverse("watch-map"), {"period": "2026-02"}))

    assert html.count('data-state="missed"') == 3 + 1  # and the legend
    url = reverse("watch-day", args=[february.pk, "2026-02-20"])
    assert url in html
    assert "Anna" in shown(browser.get(url))
    bad = reverse("watch-day", args=[february.pk, "igår"])
    assert browser.get(bad).status_code == 404


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("page", ["watch-map", "watch-gaps"])
def test_map_and_report_ask_as_often_for_a_half_year_as_for_a_month(
    february: Channel,
    browser: Client,  # noqa: F811 (the fixture)
    page: str,
) -> None:
    month = queries(browser, reverse(page) + "?period=2026-02")

    assert queries(browser, reverse(page) + "?period=2026-h1") == month


@pytest.mark.usefixtures("now")
def test_the_report_is_handed_out_as_files_with_the_ledgers_numbers(
    february: Channel,
    browser: Client,  # noqa: F811 (the fixture)
    monday: datetime,
) -> None:
    Channel.objects.update(name="=HYPERLINK(1)")
    while ledger.sequence(monday):
        pass

    def file(*what: str) -> bytes:
        url = reverse("watch-gaps-file", args=what)
        return bytes(browser.get(url, {"period": "2026-02"}).content)

    days = list(
        csv.reader(io.StringIO(file("dagar", "csv").decode("utf-8-sig")), delimiter=";")
    )
    assert len(days) == 1 + 28
    assert days[1][0] == "'=HYPERLINK(1)"
    number = str(Tick.objects.get(day=date(2026, 2, 1)).entry.number)
    assert days[1][-1] == number
    sheet = load_workbook(io.BytesIO(file("kanaler", "xlsx"))).worksheets[0]
    assert [c.value for c in sheet[2]][2:7] == ["28", "24", "1", "3", "3"]


@pytest.mark.usefixtures("now")
def test_each_tick_has_a_proof_that_a_stranger_can_check(
    february: Channel,
    browser: Client,  # noqa: F811 (the fixture)
    monday: datetime,
) -> None:
    tick = Tick.objects.get(day=date(2026, 2, 1))
    url = reverse("watch-proof", args=[tick.pk])
    assert browser.get(url).status_code == 404
    while ledger.sequence(monday):
        pass

    tick.entry.refresh_from_db()
    assert browser.get(url).content.decode() == ledger.proof(tick.entry)
