"""Rows that are due: claimed in turn, each at its own moment, let go by the holder."""

from datetime import datetime, timedelta

import pytest

from uppsikt.records import leasing
from uppsikt.records.models import Mail

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def letter(at: datetime) -> Mail:
    return Mail.objects.create(
        to="a@exempelby.example", subject="Hej", body="Hej", asked_at=at, next_try_at=at
    )


def test_a_row_after_a_slow_one_has_its_own_moment(
    monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        letter(monday)
    passed = iter([0.0, 0.2, 100.0, 400.0])
    monkeypatch.setattr(leasing, "monotonic", lambda: next(passed))
    moments: list[tuple[datetime, datetime | None]] = []

    def carry_out(mail: Mail, moment: datetime) -> None:
        moments.append((moment, mail.lease_until))

    done = leasing.each(Mail.objects.all(), carry_out, monday, at_most=10)

    assert done == 3
    expected = [monday, monday + 100 * SECOND, monday + 400 * SECOND]
    assert moments == [(m, m + leasing.LEASE) for m in expected]


def test_no_more_than_asked_for_are_carried_out(monday: datetime) -> None:
    for _ in range(3):
        letter(monday)
    seen: list[int] = []
    leasing.each(
        Mail.objects.all(), lambda mail, _: seen.append(mail.pk), monday, at_most=2
    )
    assert len(seen) == 2


def test_a_row_is_claimed_once(monday: datetime) -> None:
    mail = letter(monday)
    same = Mail.objects.get(pk=mail.pk)
    assert leasing.claim(mail, monday)
    assert not leasing.claim(same, monday)


def test_who_was_too_slow_lets_the_next_holder_decide(monday: datetime) -> None:
    mail = letter(monday)
    assert leasing.claim(mail, monday)
    later = monday + leasing.LEASE + SECOND
    other = Mail.objects.get(pk=mail.pk)
    assert leasing.claim(other, later)

    leasing.settle(mail)

    mail.refresh_from_db()
    assert mail.lease_until == later + leasing.LEASE
    assert mail.next_try_at == monday
    leasing.settle(other)
    other.refresh_from_db()
    assert other.next_try_at is None


def test_pauses_grow_to_an_hour_and_no_more(monday: datetime) -> None:
    mail = letter(monday)
    pauses = []
    at = monday
    for _ in range(14):
        assert leasing.claim(mail, at)
        leasing.put_off(mail, at, "Servern svarar inte")
        assert mail.next_try_at is not None
        pauses.append(mail.next_try_at - at)
        at = mail.next_try_at
    assert pauses == sorted(pauses)
    assert pauses[0] == 10 * SECOND
    assert pauses[-1] == leasing.LONGEST_WAIT
