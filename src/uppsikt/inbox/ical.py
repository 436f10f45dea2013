"""A person's days of watch as a calendar file (RFC 5545)."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

LONGEST_LINE: Final = 75
"""Octets on a line, by section 3.1; what is longer goes on after a space."""


def calendar(days: Iterable[tuple[date, str]], *, host: str, at: datetime) -> bytes:
    """Return whole-day events, each a day and what it says, as text/calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Uppsikt//{host}//SV"]
    for day, says in days:
        lines += _event(day, says, host, at)
    whole = [*lines, "END:VCALENDAR"]
    return "".join(f"{part}\r\n" for line in whole for part in _folded(line)).encode()


def _event(day: date, says: str, host: str, at: datetime) -> list[str]:
    name = hashlib.sha256(f"{day}\n{says}".encode()).hexdigest()[:24]
    return [
        "BEGIN:VEVENT",
        f"UID:{name}@{host}",
        f"DTSTAMP:{at:%Y%m%dT%H%M%S}Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(says)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of no more than 75 octets, never within a letter."""
    part, size = "", 0
    for letter in line:
        length = len(letter.encode())
        if size + length > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + length
    yield part
