"""LibreOffice opens what we give out as it was written: no formula, no letter lost."""

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from uppsikt.records import table_files
from uppsikt.records.table_files import harmless, whole

pytestmark = pytest.mark.skipif(
    not shutil.which("soffice"),
    reason="LibreOffice is not here (Debian: libreoffice-calc-nogui)",
)

HEADS: Final = ["namn", "konto", "telefon"]
ROWS: Final = [
    ["Bibliotekets öppna ämnen på Åsö", "61550123456789012345", "0812345678"],
    ['=HYPERLINK("http://x.example";"Läs")', "00420", "+46812345678"],
    ["@biblioteket", "-1+1", '=cmd|" /C calc"!A0'],
]
# How LibreOffice is told to read a CSV: what parts the cells, what holds text, UTF-8,
# from the first row. It takes figures for numbers, as a double click lets it.
GUESSING: Final = "CSV:{parted},34,76,1"
# The same, with each of the three columns chosen as text.
AS_TEXT: Final = GUESSING + ",1/2/2/2/3/2"
SEMICOLON: Final = ord(";")
COMMA: Final = ord(",")


def opened(file: Path, *, how: str = "") -> str:
    """Return what LibreOffice makes of a file, as its own flat XML."""
    home = (file.parent / "libreoffice").as_uri()
    ask = ["soffice", "--headless", f"-env:UserInstallation={home}"]
    ask += [f"--infilter={how}"] if how else []
    ask += ["--convert-to", "fods", "--outdir", str(file.parent), str(file)]
    subprocess.run(ask, check=True, capture_output=True, timeout=240)
    return file.with_suffix(".fods").read_text("utf-8")


def cells(sheet: str) -> list[str]:
    """Return what a person sees in the cells, in order."""
    found = re.findall(
        r"<table:table-cell\b[^>]*>(.*?)</table:table-cell>", sheet, re.S
    )
    seen = [
        " ".join(re.findall(r"<text:p>(.*?)</text:p>", cell, re.S)) for cell in found
    ]
    plain = [re.sub(r"<[^>]+>", "", text) for text in seen]
    return [_unescaped(text) for text in plain if text]


def _unescaped(text: str) -> str:
    for sign, spelled in (('"', "&quot;"), ("'", "&apos;"), ("&", "&amp;")):
        text = text.replace(spelled, sign)
    return text


def test_an_excel_file_is_opened_as_text_with_every_figure_kept(tmp_path: Path) -> None:
    file = tmp_path / "kanaler.xlsx"
    file.write_bytes(table_files.as_excel("Kanaler", [HEADS, *ROWS]))

    sheet = opened(file)

    assert "table:formula" not in sheet
    assert cells(sheet) == [*HEADS, *(cell for row in ROWS for cell in row)]


@pytest.mark.parametrize("how", [GUESSING, AS_TEXT], ids=["guessing", "as-text"])
def test_the_csv_for_spreadsheets_loses_no_letter_and_no_figure(
    tmp_path: Path, how: str
) -> None:
    file = tmp_path / "kanaler.csv"
    file.write_bytes(table_files.as_csv([HEADS, *ROWS]))

    sheet = opened(file, how=how.format(parted=SEMICOLON))

    assert "table:formula" not in sheet
    assert cells(sheet) == [*HEADS, *(whole(cell) for row in ROWS for cell in row)]


def test_the_csv_for_machines_runs_nothing_and_is_whole_as_text(tmp_path: Path) -> None:
    out = io.StringIO(newline="")
    rows = [[harmless(cell) for cell in row] for row in [HEADS, *ROWS]]
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    file = tmp_path / "kanaler.csv"
    file.write_text(out.getvalue(), "utf-8")

    guessed = opened(file, how=GUESSING.format(parted=COMMA))
    chosen = opened(file, how=AS_TEXT.format(parted=COMMA))

    assert "table:formula" not in guessed + chosen
    assert "Bibliotekets öppna ämnen på Åsö" in cells(guessed)
    assert cells(chosen) == [cell for row in rows for cell in row]
