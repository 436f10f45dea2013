"""Diary numbers: gap-free, of the guideline's form, never given twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from uppsikt.records import diary, ledger, vault
from uppsikt.records.models import Entry, Registration

pytestmark = pytest.mark.django_db

STYLE = diary.NumberFormat(
    "{year}/{series} {serial:04d}", r"\d{4}/[A-ZÅÄÖ]{2,6} \d{4}( \d{3})?"
)


def ask(at: datetime, series: str = "KS") -> Registration:
    return diary.ask(
        "case:7",
        path="/1/2/",
        series=series,
        title="Kommentar borttagen från bibliotekets sida",
        direction="received",
        party="",
        happened_at=at - timedelta(hours=2),
        secret=True,
        due_at=at + timedelta(days=1),
        at=at,
        files=[vault.keep(b"bild", "image/png", at=at)],
    )


def number(row: Registration, at: datetime, given: str | None = None) -> str:
    done = diary.number(row, given=given, by="user:9", at=at, style=STYLE)
    return str(done.diary_number)


def test_what_is_handed_over_waits_with_what_the_law_asks_for(noon: datetime) -> None:
    row = ask(noon)

    assert list(diary.waiting()) == [row]
    kept = Registration.objects.get()
    assert (kept.direction, kept.secret, kept.asked_at) == ("received", True, noon)
    assert kept.happened_at == noon - timedelta(hours=2)
    assert kept.files.count() == 1


def test_a_direction_is_received_or_drawn_up(noon: datetime) -> None:
    with pytest.raises(ValueError, match="sideways"):
        diary.ask(
            "case:7", path="/", series="KS", title="x", direction="sideways", party="",
            happened_at=noon, secret=False, due_at=noon, at=noon,
        )  # fmt: skip


def test_who_waited_longest_comes_first(noon: datetime) -> None:
    young, old = ask(noon), ask(noon - timedelta(days=3))

    assert list(diary.waiting()) == [old, young]


def test_numbers_follow_each_other_in_each_series_and_year(noon: datetime) -> None:
    assert number(ask(noon), noon) == "2026/KS 0001"
    assert number(ask(noon, "BUN"), noon) == "2026/BUN 0001"
    assert number(ask(noon), noon) == "2026/KS 0002"
    assert number(ask(noon), noon + timedelta(days=365)) == "2027/KS 0001"
    assert not diary.waiting().exists()


def test_the_year_is_the_one_in_sweden(noon: datetime) -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert number(ask(noon), new_year) == "2027/KS 0001"


def test_a_given_number_is_recorded_with_who_gave_it(noon: datetime) -> None:
    row = ask(noon)
    number(row, noon)

    assert (row.registered_by, row.registered_at) == ("user:9", noon)
    told = ledger.opened(Entry.objects.get(act="diary.number"))
    assert (told["diary_number"], told["given"]) == ("2026/KS 0001", False)
    assert (told["subject"], told["actor"]) == ("case:7", "user:9")


def test_a_number_from_another_system_is_taken_as_it_is(noon: datetime) -> None:
    assert number(ask(noon), noon, " 2017/KS  0318 003 ") == "2017/KS 0318 003"


@pytest.mark.parametrize("given", ["17/KS 1", "2017/KS 0318 0003", "x", "2017/ks 0001"])
def test_a_number_of_another_form_is_refused_in_words(
    noon: datetime, given: str
) -> None:
    row = ask(noon)

    with pytest.raises(diary.BadNumber) as refused:
        number(row, noon, given)
    assert given in str(refused.value.reason)
    assert list(diary.waiting()) == [row]
    assert not Entry.objects.exists()


def test_a_number_that_is_taken_is_refused(noon: datetime) -> None:
    number(ask(noon), noon, "2026/KS 0007")

    with pytest.raises(diary.BadNumber, match="taken"):
        number(ask(noon), noon, "2026/KS 0007")


def test_a_number_that_was_given_by_hand_is_passed_over(noon: datetime) -> None:
    number(ask(noon), noon, "2026/KS 0001")

    assert number(ask(noon), noon) == "2026/KS 0002"


def test_what_has_a_number_keeps_it(noon: datetime) -> None:
    row = ask(noon)
    number(row, noon)

    with pytest.raises(diary.AlreadyRegistered):
        number(row, noon)
    row.refresh_from_db()
    assert row.diary_number == "2026/KS 0001"


def test_a_number_that_is_rolled_back_leaves_no_gap(noon: datetime) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        number(ask(noon), noon)
        raise RuntimeError

    assert number(ask(noon), noon) == "2026/KS 0001"


@pytest.mark.parametrize(
    "text", ["{year}/{series}", "{serial.__class__}", "{year} {other}", "{serial}"]
)
def test_a_format_that_gives_no_valid_number_is_refused(text: str) -> None:
    with pytest.raises(diary.BadFormat):
        diary.NumberFormat(text, STYLE.pattern).write("KS", 2026, 1)
