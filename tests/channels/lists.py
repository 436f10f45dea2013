"""Lists of channels to take in, as a municipality keeps them."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.base import ContentFile

from tests.conftest import MONDAY
from tests.records.sheets import csv_text
from uppsikt.channels import headings, import_acts, importing
from uppsikt.channels.import_acts import MOST_ROWS
from uppsikt.channels.importing import Judged, Known
from uppsikt.channels.models import Import
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.records import tables

HEADS = ("Namn", "Plattform", "Länk", "Förvaltning", "Enhet", "Ansvarig")
BIBBLAN = (
    "Bibblan",
    "Facebook",
    "https://www.facebook.com/bibblan",
    "Kultur- och fritidsförvaltningen",
    "Biblioteket",
    "anna@exempelby.example",
)
SKOLAN = ("Skolan", "", "https://www.instagram.com/skolan/", "Utbildning", "", "")
AFTER = MONDAY + timedelta(hours=1)


def judged(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> list[Judged]:
    table = tables.read(csv_text([heads, *rows]).encode(), most_rows=MOST_ROWS)
    known = Known(rules.in_force(MONDAY))
    return importing.judged(table, headings.recognised(table), known)


def told(row: Judged) -> str:
    return " ".join(map(str, (*row.faults, *row.warnings)))


def uploaded(data: bytes, office: Actor, name: str = "kanaler.xlsx") -> Import:
    file = ContentFile(data, name)
    return import_acts.upload(file, actor=office, at=MONDAY)


def taken_in(data: bytes, office: Actor) -> Import:
    source = uploaded(data, office)
    layout, _rows = import_acts.look_through(source, None, at=MONDAY)
    import_acts.carry_out(source, layout.columns, actor=office, at=MONDAY)
    source.refresh_from_db()
    return source


def with_(**changed: str) -> tuple[str, ...]:
    places = dict(zip(HEADS, BIBBLAN, strict=True)) | changed
    return tuple(places[head] for head in HEADS)
