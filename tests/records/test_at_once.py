"""What many workers do at the same time happens once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from django.core import mail as post
from django.db import connection, transaction

from tests.records.conftest import Act
from uppsikt.records import audit, diary, ledger, mail, search
from uppsikt.records.models import Entry, Log, Registration, Series

AtOnce = Callable[[Sequence[Act]], list[object]]
STYLE = diary.NumberFormat("{year}/{series} {serial:04d}", r"\d{4}/[A-Z]+ \d{4}")

pytestmark = pytest.mark.usefixtures("shared_database")


def append_many(at: datetime) -> None:
    for n in range(10):
        ledger.append("a.b", f"case:{n}", {"n": n}, actor="user:1", at=at)


def test_two_sequencers_never_number_the_same_entry(
    noon: datetime, at_once: AtOnce
) -> None:
    append_many(noon)

    answers = at_once([lambda: ledger.sequence(noon)] * 4)

    assert sorted(str(answer) for answer in answers) == ["0", "0", "0", "10"]
    assert list(audit.verify_own()) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way")
def test_what_is_sealed_is_on_disk_and_other_commits_need_not_be(
    noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign, seen = ledger._sign, []

    def synchronous() -> int:
        with connection.cursor() as cursor:
            return int(cursor.execute("PRAGMA synchronous").fetchone()[0])

    def watched(log: Log, now: datetime) -> None:
        seen.append(synchronous())
        sign(log, now)

    append_many(noon)
    usual = synchronous()
    monkeypatch.setattr(ledger, "_sign", watched)
    ledger.sequence(noon)

    assert (seen, synchronous()) == ([2], usual)


def test_acts_go_on_while_they_are_numbered(noon: datetime, at_once: AtOnce) -> None:
    def sequence_often() -> None:
        for _ in range(20):
            ledger.sequence(noon)

    acts: list[Act] = [lambda: append_many(noon)] * 3
    answers = at_once([*acts, *[sequence_often] * 2])
    ledger.sequence(noon)

    assert answers == [None] * 5
    numbers = Entry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(30))
    assert list(audit.verify_own()) == []


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one write at a time"
)
def test_an_act_that_is_committed_late_gets_the_next_number(
    noon: datetime, at_once: AtOnce
) -> None:
    with transaction.atomic():
        late = ledger.append("a.b", "case:late", {}, actor="user:1", at=noon)
        numbered = at_once(
            [
                lambda: (
                    ledger.append("a.b", "case:2", {}, actor="user:1", at=noon),
                    ledger.sequence(noon),
                )[1]
            ]
        )
    assert numbered == [1]
    assert ledger.sequence(noon) == 1

    first, second = Entry.objects.order_by("number")
    assert second == late
    assert first.pk > second.pk
    assert list(audit.verify_own()) == []


def asked(at: datetime, number: int) -> Registration:
    return diary.ask(
        f"case:{number}",
        path="/1/",
        series="KS",
        title="Borttagen kommentar",
        direction="received",
        party="",
        happened_at=at,
        secret=False,
        due_at=at + timedelta(days=1),
        at=at,
    )


def test_many_registrars_at_once_leave_no_gap_and_no_number_twice(
    noon: datetime, at_once: AtOnce
) -> None:
    rows = [asked(noon, n) for n in range(8)]

    def give(row: Registration) -> Act:
        return lambda: diary.number(row, by="user:1", at=noon, style=STYLE)

    at_once([give(row) for row in rows])

    numbers = Registration.objects.values_list("diary_number", flat=True)
    assert sorted(map(str, numbers)) == [f"2026/KS {n:04d}" for n in range(1, 9)]
    assert Series.objects.get().last == 8


def test_one_registration_gets_one_number_from_two_registrars(
    noon: datetime, at_once: AtOnce
) -> None:
    row = asked(noon, 1)

    def give() -> object:
        mine = Registration.objects.get(pk=row.pk)
        return diary.number(mine, by="user:1", at=noon, style=STYLE)

    answers = at_once([give] * 4)

    refused = [a for a in answers if isinstance(a, diary.AlreadyRegistered)]
    assert len(refused) == 3
    assert Series.objects.get().last == 1


def test_two_workers_send_a_mail_once(noon: datetime, at_once: AtOnce) -> None:
    for n in range(5):
        mail.ask(f"anna{n}@example.se", "Ny fråga", "Hej", at=noon)

    answers = at_once([lambda: mail.send_due(noon)] * 3)

    assert sum(a for a in answers if isinstance(a, int)) == 5
    assert len({tuple(m.to) for m in post.outbox}) == len(post.outbox) == 5


def test_two_that_index_the_same_leave_one(noon: datetime, at_once: AtOnce) -> None:
    texts = [(f"item:{n}", "/1/", "badförbud") for n in range(20)]

    answers = at_once([lambda: search.index_many(texts, at=noon)] * 3)

    assert answers == [None] * 3

    assert search.find("badförbud", ["/1/"]).count() == 20
