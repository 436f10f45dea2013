"""Reads a table that somebody uploads, Excel or CSV, within bounds, as rows of text.

Nothing in it is trusted: what it is follows from its contents and never from its name,
and each size is looked at before anything is unpacked. (R-3.2-1, the list as it is)
"""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, Protocol

from uppsikt.policy.words import N_, Message
from uppsikt.records import excel
from uppsikt.records.excel import MEBIBYTE
from uppsikt.records.table_rows import Row, Table, Unreadable, kept

LARGEST: Final = 5 * MEBIBYTE
_SAMPLE: Final = 1 << 16
_HINT: Final = 2
"""How many cells Excel's own hint comes to, at most: "sep=;" parted by itself."""
_HEAD: Final = 10
_DELIMITERS: Final = (";", "\t", ",", "|")
# How a file of Excel before 2007 begins, and one of today's that has a password.
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Signs that no text has: the file is something else.
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f]")
# Letters that å, ä and ö turn into when a file is read as what it is not.
_GARBLED: Final = re.compile(
    "Ã[¥¤¶\x85\x84\x96…„–]|\ufffd|(?<=[A-Za-z])[†„”ŒŠš‰‚](?=[a-z])"
)


def read(data: bytes, *, most_rows: int) -> Table:
    """Return the rows of an Excel file's first sheet, or of a CSV file.

    `most_rows` counts rows with anything in them, the headings too.

    Raises:
        Unreadable: too large or long, of another kind, damaged, or wrongly encoded.
    """
    if len(data) > LARGEST:
        words = N_("The file is larger than %(limit)d MB, which is the most.")
        raise Unreadable(Message(words, {"limit": LARGEST // MEBIBYTE}))
    if data.startswith(_OLD_EXCEL):
        raise _old_excel()
    packed = data.startswith(b"PK")
    table = excel.read(data, most_rows=most_rows) if packed else _csv(data, most_rows)
    if not table.rows:
        raise Unreadable(Message(N_("The file is empty.")))
    return table


def _csv(data: bytes, most_rows: int) -> Table:
    text = _decoded(data)
    if _CONTROLS.search(text):
        raise _not_csv()
    # Every kind of line ending is told to the reader, and none of them here.
    whole = io.StringIO(text, newline="")
    lines = csv.reader(whole, delimiter=_delimiter(text), strict=True)
    try:
        rows = kept(_lines(lines), most_rows)
        return Table(tuple(rows))
    except csv.Error as fault:
        words = N_(
            "Row %(row)d of the file cannot be read: a quotation mark is missing or "
            "stands alone there. Save the list again from Excel as CSV UTF-8."
        )
        raise Unreadable(Message(words, {"row": lines.line_num})) from fault


class _Lines(Protocol):
    """What `csv.reader` gives."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


def _lines(lines: _Lines) -> Iterator[Row]:
    """Yield each line with the number of its first row in the file."""
    first = 1
    for cells in lines:
        number, first = first, lines.line_num + 1
        if number == 1 and len(cells) <= _HINT and cells[:1] and _is_hint(cells[0]):
            continue
        formulas = {n for n, cell in enumerate(cells) if cell.startswith("=")}
        if garbled := next((c for c in cells if _GARBLED.search(c)), ""):
            raise _wrongly_coded(number, garbled)
        yield Row(number, tuple(cells), frozenset(formulas))


def _is_hint(cell: str) -> bool:
    """Tell whether the first row is Excel's own hint of what separates the cells."""
    return cell.lower().startswith("sep=")


def _decoded(data: bytes) -> str:
    """Return the text of a CSV file in UTF-8, UTF-16 or Windows-1252."""
    for coding in _codings(data):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise _not_csv()


def _codings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    head = data[:_SAMPLE]
    if head[1::2].count(0) * 3 > len(head):
        return ("utf-16-le",)
    if head[::2].count(0) * 3 > len(head):
        return ("utf-16-be",)
    return ("utf-8-sig", "windows-1252")


def _delimiter(text: str) -> str:
    """Return what parts the cells: as Excel says it, or as gives most headings."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    if _is_hint(head) and head[4:5] in _DELIMITERS:
        return head[4]
    sample = "\n".join(islice(text.splitlines(), _HEAD))
    return max(_DELIMITERS, key=sample.count)


def _old_excel() -> Unreadable:
    words = N_(
        "The file is of the older Excel kind (.xls), or has a password. Open it in "
        "Excel and save the list as .xlsx, without a password."
    )
    return Unreadable(Message(words))


def _not_csv() -> Unreadable:
    words = N_(
        "The file is neither Excel (.xlsx) nor CSV. Save the list as one of them."
    )
    return Unreadable(Message(words))


def _wrongly_coded(row: int, cell: str) -> Unreadable:
    words = N_(
        "The letters å, ä and ö are broken in row %(row)d (“%(text)s”). Save the list "
        "again from Excel as “CSV UTF-8”, or as .xlsx."
    )
    return Unreadable(Message(words, {"row": row, "text": cell[:40]}))
