"""Writes rows of text as a file for Excel or as CSV, in which nothing is worked out."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import _WorkbookChild

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
# What XML cannot hold (and no text of ours needs).
_UNSPEAKABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r")
# Figures that a spreadsheet takes for a number, and writes otherwise: it drops the
# zeros in front, and keeps no more than 15 digits.
_MANGLED: Final = re.compile(r"0[0-9]+|[0-9]{16,}")
_LONGEST_CELL: Final = 32_767
_WIDTH: Final = 28

Rows = Iterable[Sequence[str]]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: by an apostrophe."""
    return f"'{text}" if text.startswith(_RUNS) else text


def whole(text: str) -> str:
    """Return a text that is harmless, and of which a spreadsheet drops no figure."""
    return f"'{text}" if _MANGLED.fullmatch(text) else harmless(text)


def as_csv(rows: Rows) -> bytes:
    """Return rows as CSV that Excel in Swedish opens: semicolons, marked UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([whole(printable(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_excel(title: str, rows: Rows) -> bytes:
    """Return rows as an Excel file whose every cell is text; the first are headings."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        if not number:
            for column in range(len(row)):
                sheet.column_dimensions[get_column_letter(column + 1)].width = _WIDTH
        sheet.append([_cell(sheet, text, heading=not number) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: _WorkbookChild, text: str, *, heading: bool) -> Cell:
    cell = WriteOnlyCell(sheet, value=printable(text)[:_LONGEST_CELL])
    # A text that begins as a formula does is one to openpyxl, unless told otherwise.
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_RUNS)
    if heading:
        cell.font = Font(bold=True)
    return cell


def printable(text: str) -> str:
    """Return a text without what XML cannot hold (XML 1.0, 2.2)."""
    return _UNSPEAKABLE.sub("", text)
