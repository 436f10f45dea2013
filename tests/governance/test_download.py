"""What the vault keeps is handed out as a file that no browser runs."""

from datetime import datetime

import pytest
from django.http import HttpResponse

from uppsikt.governance import download
from uppsikt.records import vault
from uppsikt.records.models import Blob

WORDS = "Kära läsare".encode()


@pytest.fixture
def page(db: None, monday: datetime) -> Blob:
    return vault.keep(WORDS, "text/html", at=monday)


def named(answer: HttpResponse) -> str:
    return answer.headers["Content-Disposition"]


def test_a_page_is_taken_away_as_bytes_in_a_box(page: Blob) -> None:
    answer = download.attached(page, "beslut-1")

    assert answer.content == WORDS
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert named(answer) == 'attachment; filename="beslut-1.html"'


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("riktlinje", 'filename="riktlinje.pdf"'),
        ("RIKTLINJE.PDF", 'filename="RIKTLINJE.PDF"'),
        ('ett "namn"', 'filename="ett \\"namn\\".pdf"'),
        ("Bygdegården", "filename*=utf-8''Bygdeg%C3%A5rden.pdf"),
    ],
)
def test_a_name_keeps_its_letters_and_gets_its_ending_once(
    name: str, told: str
) -> None:
    assert told in named(download.made(b"%PDF-1.7", "application/pdf", name))


def test_swedish_text_says_how_it_is_written() -> None:
    answer = download.made(WORDS, "text/plain", "avsnitt")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_picture_is_shown_and_not_taken_away(db: None, monday: datetime) -> None:
    kept = vault.keep(b"png", "image/png", at=monday)
    answer = download.shown(kept)

    assert (answer.headers["Content-Type"], named(answer)) == ("image/png", "inline")


def test_what_is_disposed_of_says_by_which_decision(
    page: Blob, monday: datetime
) -> None:
    vault.dispose(page, under="KS 2026/1", at=monday)

    answer = download.attached(page, "beslut-1")
    assert answer.status_code == 410
    assert "KS 2026/1" in answer.content.decode()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
