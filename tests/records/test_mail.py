"""E-mail: asked for in the act, sent by the worker, harmless whatever is in it."""

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail as post
from django.core.mail import EmailMessage
from django.db import transaction

from uppsikt.records import leasing, mail
from uppsikt.records.models import Mail

pytestmark = pytest.mark.django_db


def ask(at: datetime, subject: str = "Ny fråga") -> Mail:
    return mail.ask("anna@exempelby.example", subject, "Hej Anna", at=at)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def drop(*_: object, **__: object) -> int:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailMessage, "send", drop)
    return monkeypatch


def test_a_mail_is_sent_once(noon: datetime) -> None:
    row = ask(noon)

    assert [mail.send_due(noon), mail.send_due(noon + timedelta(days=1))] == [1, 0]
    assert [(m.to, m.subject, m.body) for m in post.outbox] == [
        (["anna@exempelby.example"], "Ny fråga", "Hej Anna")
    ]
    row.refresh_from_db()
    told = (row.sent_at, row.next_try_at, row.problem, row.body)
    assert told == (noon, None, "", "")


def test_a_mail_of_an_act_that_did_not_happen_is_not_sent(noon: datetime) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        ask(noon)
        raise RuntimeError

    assert mail.send_due(noon) == 0


@pytest.mark.parametrize(
    "subject",
    [
        "Hej\r\nBcc: alla@example.se",
        "Hej\nBcc: x",
        "Hej\u2028Bcc: x",
        "Hej\x00\x0bBcc: x",
    ],
)
def test_no_header_can_be_smuggled_into_a_subject(noon: datetime, subject: str) -> None:
    ask(noon, subject)
    mail.send_due(noon)

    raw = post.outbox[0].message()
    assert raw["Bcc"] is None
    assert len(str(raw["Subject"]).splitlines()) == 1
    assert post.outbox[0].recipients() == ["anna@exempelby.example"]


@pytest.mark.parametrize(
    "to",
    ["", "anna", "a@b.se, c@d.se", "a@b.se\nBcc: c@d.se", "Anna <a@b.se>", "a@b.se\n"],
)
def test_what_is_not_one_address_is_refused(noon: datetime, to: str) -> None:
    with pytest.raises(mail.BadAddress):
        mail.ask(to, "Hej", "Hej", at=noon)
    assert not Mail.objects.exists()


def test_a_long_subject_is_cut_and_not_an_error(noon: datetime) -> None:
    assert ask(noon, "å" * 500).subject == "å" * 200


def test_what_fails_is_tried_again_after_ever_longer_pauses(
    noon: datetime, broken: pytest.MonkeyPatch
) -> None:
    row = ask(noon)
    pauses, now = [], noon
    for _ in range(4):
        assert mail.send_due(now) == 0
        row.refresh_from_db()
        assert row.next_try_at is not None
        pauses.append(row.next_try_at - now)
        now = row.next_try_at

    assert pauses == sorted(set(pauses))
    assert "gone" in row.problem

    broken.undo()
    assert mail.send_due(now) == 1
    row.refresh_from_db()
    assert (row.sent_at, row.problem) == (now, "")


def test_what_never_works_is_given_up_and_stays_to_be_seen(
    noon: datetime, broken: pytest.MonkeyPatch
) -> None:
    row = ask(noon)
    for day in range(mail.MOST_TRIES + 3):
        mail.send_due(noon + timedelta(days=day))

    row.refresh_from_db()
    assert (row.attempts, row.next_try_at, row.sent_at) == (mail.MOST_TRIES, None, None)
    assert "gone" in row.problem


def test_a_mail_that_a_dead_worker_held_is_sent_by_the_next(noon: datetime) -> None:
    leasing.claim(ask(noon), noon)

    assert mail.send_due(noon + timedelta(seconds=1)) == 0
    assert mail.send_due(noon + leasing.LEASE + timedelta(seconds=1)) == 1


def test_a_second_try_is_known_as_the_same_mail(noon: datetime) -> None:
    row = ask(noon)
    mail.send_due(noon)
    Mail.objects.filter(pk=row.pk).update(sent_at=None, next_try_at=noon)
    mail.send_due(noon)
    ask(noon)
    mail.send_due(noon)

    first, second, other = (m.message()["Message-ID"] for m in post.outbox)
    assert first == second != other
    assert first.endswith("@test.example>")


def test_a_letter_that_never_went_out_is_emptied_when_it_means_nothing(
    noon: datetime, broken: pytest.MonkeyPatch
) -> None:
    old, new = ask(noon), ask(noon + timedelta(days=1))
    mail.send_due(noon)

    assert mail.forget(noon + mail.LASTS) == 0
    assert mail.forget(noon + mail.LASTS + timedelta(seconds=1)) == 1

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.body, old.next_try_at, new.body) == ("", None, "Hej Anna")
    assert "gone" in old.problem
