"""The post room: e-mails are asked for in an act's transaction and sent by a worker."""

import hashlib
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from uppsikt.records import keys, leasing
from uppsikt.records.models import Mail

LASTS: Final = timedelta(days=7)
"""How long a letter means anything: as long as the invitations in some of them."""
MOST_TRIES: Final = 12
"""Then it is given up, and its problem stays to be seen."""
_LONGEST_SUBJECT = 200
_AT_ONCE = 100


class BadAddress(ValueError):
    """Mail cannot be sent there."""


def ask(to: str, subject: str, body: str, *, at: datetime) -> Mail:
    """Ask for an e-mail to one address, in the caller's transaction.

    A subject is one line: breaks and control characters in it become spaces, so that no
    header can be smuggled in.

    Raises:
        BadAddress: `to` is not one e-mail address.
    """
    try:
        validate_email(to)
    except ValidationError as fault:
        raise BadAddress(to) from fault
    return Mail.objects.create(
        to=to, subject=_one_line(subject), body=body, asked_at=at, next_try_at=at
    )


def send_due(now: datetime) -> int:
    """Send what is due and try again later what fails; tell how many were sent.

    Any number of workers may do so at once. One that dies after the server has taken
    the mail leaves it to be sent again, with the same Message-ID, by which mail systems
    know it.
    """
    sent: list[int] = []

    def send(mail: Mail, moment: datetime) -> None:
        if _send(mail, moment):
            sent.append(mail.pk)

    leasing.each(Mail.objects.all(), send, now, at_most=_AT_ONCE)
    return len(sent)


def _send(mail: Mail, now: datetime) -> bool:
    try:
        _message(mail).send()
    except (SMTPException, OSError) as fault:
        _put_off(mail, now, f"{type(fault).__name__}: {fault}")
        return False
    # A letter may hold a way in, and a copy here is of no use to anybody.
    Mail.objects.filter(pk=mail.pk).update(sent_at=now, body="")
    leasing.settle(mail)
    return True


def forget(now: datetime) -> int:
    """Give up what could not be sent in time and empty it; tell how many letters."""
    old = Mail.objects.filter(sent_at=None, asked_at__lt=now - LASTS).exclude(body="")
    return old.update(body="", next_try_at=None, lease_until=None)


def _put_off(mail: Mail, now: datetime, problem: str) -> None:
    leasing.put_off(mail, now, problem)
    if mail.attempts >= MOST_TRIES:
        Mail.objects.filter(pk=mail.pk).update(next_try_at=None)


def _message(mail: Mail) -> EmailMessage:
    return EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.to],
        headers={"Message-ID": _known_as(mail)},
        connection=get_connection(timeout=20),
    )


def _known_as(mail: Mail) -> str:
    told = f"{keys.origin()}\n{mail.pk}\n{mail.asked_at.isoformat()}"
    local = hashlib.sha256(told.encode()).hexdigest()[:32]
    return f"<{local}@{keys.origin().partition('/')[0]}>"


def _one_line(text: str) -> str:
    visible = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(visible.split())[:_LONGEST_SUBJECT]
