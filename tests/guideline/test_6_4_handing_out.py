"""Section 6.4: what is written in our channels is found and handed out (R-6.4-12)."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from tests.conftest import SignedIn
from tests.inbox.tales import fetched, told
from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import handing_out
from uppsikt.inbox.handing_out import Asked
from uppsikt.inbox.models import Item
from uppsikt.platforms import ItemKind
from uppsikt.records import ledger
from uppsikt.records.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/lamna-ut/"


@pytest.fixture
def asked(library_channel: Channel, monday: datetime) -> Asked:
    """Ask for the Monday, on which much was written."""
    rows = [
        told("När öppnar ni?"),
        told('=HYPERLINK("http://example.org")'),
        told("Hemligt om någons hälsa"),
        told("Särskilt"),
        told("Privat", kind=ItemKind.MESSAGE, public=False),
        told("Förra året", published_at=datetime.fromisoformat("2025-03-02T08:00Z")),
    ]
    fetched(library_channel, *rows, at=monday)
    Item.objects.filter(text__startswith="Hemligt").update(restricted=True)
    Item.objects.filter(text="Särskilt").update(secluded=True)
    day = date(2026, 3, 2)
    return Asked(library_channel, day, day)


def cells(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet
    return [[c.value for c in row] for row in sheet.iter_rows()]


def test_what_was_written_in_the_period_is_found_and_nothing_secret_goes_out(
    asked: Asked, rut: Actor, monday: datetime
) -> None:
    content = handing_out.hand_out(asked, "xlsx", actor=rut, at=monday)

    rows = cells(content)
    texts = [row[4] for row in rows[1:] if row[4]]
    assert texts == ["När öppnar ni?", '=HYPERLINK("http://example.org")']
    assert "1 som kan vara hemliga, 1 direktmeddelanden" in str(rows[-1][0])


def test_no_cell_is_a_formula(asked: Asked, rut: Actor, monday: datetime) -> None:
    xlsx = handing_out.hand_out(asked, "xlsx", actor=rut, at=monday)
    csv = handing_out.hand_out(asked, "csv", actor=rut, at=monday)

    sheet = load_workbook(io.BytesIO(xlsx)).active
    assert sheet
    assert "f" not in {c.data_type for row in sheet.iter_rows() for c in row}
    assert "'=HYPERLINK" in csv.decode("utf-8-sig")


def test_the_ledger_says_what_was_handed_out_and_not_to_whom(
    asked: Asked, rut: Actor, monday: datetime
) -> None:
    handing_out.hand_out(asked, "csv", actor=rut, at=monday)

    noted = ledger.opened(Entry.objects.get(act="channel.hand_out"))
    assert (noted["items"], noted["restricted"], noted["private"]) == (2, 1, 1)
    assert (noted["from"], noted["to"]) == ("2026-03-02", "2026-03-02")


def test_a_package_holds_the_table(asked: Asked, rut: Actor, monday: datetime) -> None:
    content = handing_out.hand_out(asked, "zip", actor=rut, at=monday)

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist() == ["handlingar.xlsx"]
        assert len(cells(packed.read("handlingar.xlsx"))) > 2


def test_too_much_is_not_half_handed_out(
    asked: Asked, rut: Actor, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_out, "MOST", 1)

    with pytest.raises(handing_out.TooMuch):
        handing_out.hand_out(asked, "csv", actor=rut, at=monday)

    assert not Entry.objects.filter(act="channel.hand_out").exists()


def test_only_who_may_hands_out(
    asked: Asked,
    david: Actor,
    rut: Actor,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
    signed_in: SignedIn,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: monday)
    with pytest.raises(moves.NotYours):
        handing_out.hand_out(asked, "csv", actor=david, at=monday)
    data = {
        "channel": asked.channel.pk,
        "first": "2026-03-02",
        "last": "2026-03-02",
        "kind": "csv",
    }

    assert signed_in(david.person).post(PAGE, data).status_code in (403, 422)
    answer = signed_in(rut.person).post(PAGE, data)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert "När öppnar ni?" in answer.content.decode("utf-8-sig")
    backwards = data | {"last": "2026-03-01"}
    wrong = signed_in(rut.person).post(PAGE, backwards)
    assert "Perioden slutar innan den börjar." in wrong.content.decode()
