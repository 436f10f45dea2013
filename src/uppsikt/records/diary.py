"""The built-in diary: what waits for registration, and the numbers that are given.

Registered as soon as received or drawn up (OSL 5:1), with exactly what OSL 5:2 asks for
(D-8, D-9). How a number looks is the guideline's to say (R-0-4).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from uppsikt.policy.words import N_, Message
from uppsikt.records import ledger
from uppsikt.records.models import Blob, Registration, Series

if TYPE_CHECKING:
    from django.db.models import QuerySet

_PARTS = frozenset({"year", "series", "serial"})


class BadFormat(ValueError):
    """The guideline's format names something else than year, series and serial."""


class BadNumber(ValueError):
    """The number cannot be a diary number here. `reason` is for people."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


class AlreadyRegistered(Exception):
    """It has its number already, and a diary number is not changed."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How the diary writes a number, and what every number must look like (R-0-4).

    `text` is such as "{year}/{series} {serial:04d}"; `pattern` a regular expression.
    """

    text: str
    pattern: str

    def write(self, series: str, year: int, serial: int) -> str:
        """Write a number.

        Raises:
            BadFormat: `text` cannot be filled in, or fits not its own `pattern`.
        """
        named = {name for _, name, _, _ in Formatter().parse(self.text) if name}
        if "serial" not in named or named - _PARTS:
            raise BadFormat(self.text)
        number = self.text.format(year=year, series=series, serial=serial)
        if not self.fits(number):
            raise BadFormat(f"{number} does not fit {self.pattern}")
        return number

    def fits(self, number: str) -> bool:
        """Tell whether `number` looks as it must."""
        return re.fullmatch(self.pattern, number) is not None


def ask(  # noqa: PLR0913 (what OSL 5:2 asks for, each by its name)
    subject: str,
    *,
    path: str,
    series: str,
    title: str,
    direction: str,
    party: str,
    happened_at: datetime,
    secret: bool,
    due_at: datetime,
    at: datetime,
    files: Iterable[Blob] = (),
) -> Registration:
    """Hand something over to be registered, in the caller's transaction (R-6.4-2)."""
    with transaction.atomic(savepoint=False):
        registration = Registration.objects.create(
            subject=subject,
            path=path,
            series=series,
            title=title,
            direction=Registration.Direction(direction),
            party=party,
            happened_at=happened_at,
            secret=secret,
            asked_at=at,
            due_at=due_at,
        )
        registration.files.set(files)
    return registration


@transaction.atomic
def number(
    registration: Registration,
    *,
    given: str | None = None,
    by: str,
    at: datetime,
    style: NumberFormat,
) -> Registration:
    """Give the series' next number, or the one `given` in another system (R-6.4-7).

    A series has no gap and no number twice: what is rolled back gives its number back.

    Raises:
        BadNumber: `given` does not look as it must, or is taken.
        AlreadyRegistered: it has a number, perhaps since a moment ago.
        BadFormat: the guideline's format cannot be used.
    """
    taken = _checked(given, style) if given else _next(registration, style, at)
    _write(registration, taken, by=by, at=at)
    facts: dict[str, ledger.JsonValue] = {
        "diary_number": taken,
        "series": registration.series,
        "registration": registration.pk,
        "given": bool(given),
    }
    ledger.append("diary.number", registration.subject, facts, actor=by, at=at)
    return registration


@transaction.atomic
def withdraw(registration: Registration, *, by: str, at: datetime) -> None:
    """Take back what was handed over by mistake, and has no number yet.

    Raises `AlreadyRegistered`: a diary number stands.
    """
    facts: dict[str, ledger.JsonValue] = {"registration": registration.pk}
    unregistered = Registration.objects.filter(pk=registration.pk, diary_number=None)
    gone, _each = unregistered.delete()
    if not gone:
        raise AlreadyRegistered(str(registration.pk))
    ledger.append("diary.withdraw", registration.subject, facts, actor=by, at=at)


def waiting() -> "QuerySet[Registration]":
    """Return what has no number yet, oldest first."""
    rows = Registration.objects.filter(diary_number=None)
    return rows.order_by("asked_at", "pk")


def _checked(given: str, style: NumberFormat) -> str:
    wanted = " ".join(given.split())
    if not style.fits(wanted):
        words = N_("%(number)s does not look like a diary number here.")
        raise BadNumber(Message(words, {"number": wanted}))
    return wanted


def _next(registration: Registration, style: NumberFormat, at: datetime) -> str:
    """Take the next number that nobody has been given by hand."""
    year = timezone.localtime(at, timezone.get_default_timezone()).year
    while True:
        serial = _count(registration.series, year)
        wanted = style.write(registration.series, year, serial)
        if not Registration.objects.filter(diary_number=wanted).exists():
            return wanted


def _count(series: str, year: int) -> int:
    """Move the series on by compare-and-swap; the row is ours until we are done."""
    while True:
        row, _ = Series.objects.get_or_create(name=series, year=year)
        here = Series.objects.filter(pk=row.pk, last=row.last)
        if here.update(last=row.last + 1):
            return row.last + 1


def _write(registration: Registration, taken: str, *, by: str, at: datetime) -> None:
    unregistered = Registration.objects.filter(pk=registration.pk, diary_number=None)
    changes = {"diary_number": taken, "registered_at": at, "registered_by": by}
    try:
        with transaction.atomic():
            written = unregistered.update(**changes)
    except IntegrityError as fault:
        words = N_("%(number)s is taken by another registration.")
        raise BadNumber(Message(words, {"number": taken})) from fault
    if not written:
        raise AlreadyRegistered(str(registration.pk))
    registration.refresh_from_db()
