"""A channel under the names that Swedish open data use: one record, many formats.

Names are lower case without å, ä and ö (lankadedata.se); the same in JSON and CSV.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from django.conf import settings

from uppsikt.channels.register_rows import Shown
from uppsikt.records import table_files

Link = Callable[[str], str]
Value = str | list[str] | None
COLUMNS: Final = (
    "kanal_id",
    "kommun_id",
    "organisationsnummer",
    "plattform",
    "plattform_namn",
    "konto",
    "plattformskonto_id",
    "visningsnamn",
    "url",
    "beskrivning",
    "syfte",
    "syften",
    "malgrupp",
    "enhet",
    "forvaltning",
    "kontakt_epost",
    "sprak",
    "status",
    "startdatum",
    "slutdatum",
    "avslutsorsak",
    "ersatts_av",
    "ersatts_av_url",
    "senast_kontrollerad",
    "andrad",
    "sida",
)


def record(s: Shown, link: Link) -> dict[str, Value]:
    """Return the channel's record; `link` gives the address of its page."""
    return {
        "kanal_id": s.slug,
        "kommun_id": settings.MUNICIPALITY_CODE or None,
        "organisationsnummer": settings.ORGANISATION_NUMBER or None,
        "plattform": s.platform,
        "plattform_namn": s.platform_name,
        "konto": s.handle,
        "plattformskonto_id": s.remote_id or None,
        "visningsnamn": s.name,
        "url": s.url,
        "beskrivning": s.description,
        "syfte": s.purpose,
        "syften": list(s.purposes.values()),
        "malgrupp": s.audience,
        "enhet": s.unit,
        "forvaltning": s.department or None,
        "kontakt_epost": s.contact or None,
        "sprak": "sv",
        "status": s.status,
        "startdatum": s.launched_on.isoformat(),
        "slutdatum": s.closed_on.isoformat() if s.closed_on else None,
        "avslutsorsak": s.onward.reason or None,
        "ersatts_av": s.onward.slug or s.onward.name or None,
        "ersatts_av_url": s.onward.url or None,
        "senast_kontrollerad": s.checked_on.isoformat(),
        "andrad": utc(s.changed_at),
        "sida": link(s.slug),
    }


def utc(moment: datetime) -> str:
    """Return a moment as RFC 3339 in UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def as_csv(shown: Iterable[Shown], link: Link) -> bytes:
    """Write the register as RFC 4180: commas, CRLF, UTF-8, lists parted by `|`."""
    to = io.StringIO(newline="")
    writer = csv.writer(to, lineterminator="\r\n")
    for row in _rows(shown, link):
        writer.writerow([table_files.harmless(cell) for cell in row])
    return to.getvalue().encode()


def as_excel_csv(shown: Iterable[Shown], link: Link) -> bytes:
    """Write the register for a spreadsheet that speaks Swedish.

    There a comma parts decimals, so `;` parts the columns; without the mark first in
    the file Excel takes UTF-8 for an older code and breaks å, ä and ö.
    """
    return table_files.as_csv(_rows(shown, link))


def _rows(shown: Iterable[Shown], link: Link) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for one in shown:
        told = record(one, link)
        yield [_text(told[name]) for name in COLUMNS]


def _text(value: Value) -> str:
    """Return a cell; a list's parts are told apart by `|`, which no part holds."""
    if isinstance(value, list):
        return "|".join(part.replace("|", "/") for part in value)
    return table_files.printable(value or "")
