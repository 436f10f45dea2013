"""Reads the first sheet of an Excel file, of which nothing is trusted.

The file is looked through in pieces before openpyxl gets it: a million rows, entities
or a packed bomb are refused without being unpacked into memory. No formula is worked
out, and no link is followed.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Final, Protocol, cast

from openpyxl import load_workbook

from uppsikt.policy.words import N_, Message
from uppsikt.records.table_rows import (
    EMPTY_ROWS,
    MOST_COLUMNS,
    Merged,
    Row,
    Table,
    Unreadable,
    kept,
    too_long,
)

MEBIBYTE: Final = 1 << 20
LARGEST_UNPACKED: Final = 24 * MEBIBYTE
MOST_PARTS: Final = 500
_CHUNK: Final = 1 << 18
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s>/]")
_MERGED: Final = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']"""
)
_DECLARES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
# What zip, XML and openpyxl make of a damaged file; it promises no fault of its own.
_DAMAGED: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class _Cell(Protocol):
    """What a cell tells of itself."""

    @property
    def value(self) -> object: ...

    @property
    def data_type(self) -> str: ...


class _Sheet(Protocol):
    """What openpyxl's sheet is when it is only read, which its types do not say."""

    _worksheet_path: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, max_col: int) -> Iterable[tuple[_Cell, ...]]: ...


def read(data: bytes, *, most_rows: int) -> Table:
    """Return the rows of an Excel file's first sheet; raise `Unreadable`."""
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as packed:
            # What openpyxl leaves out, such as rules for a cell, is nothing to us.
            warnings.simplefilter("ignore")
            merged = _inspect(packed, most_rows)
            return _first_sheet(data, merged, most_rows)
    except _DAMAGED as fault:
        if isinstance(fault, Unreadable):
            raise
        words = N_(
            "The Excel file is damaged or has a password, and cannot be opened. Save "
            "it again as .xlsx, without a password, or as CSV."
        )
        raise Unreadable(Message(words)) from fault


def _inspect(packed: zipfile.ZipFile, most_rows: int) -> dict[str, tuple[Merged, ...]]:
    """Look through the parts, a piece at a time; return what is merged, by sheet."""
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or len(parts) > MOST_PARTS:
        raise _not_excel()
    sheets = [p for p in parts if p.filename.startswith("xl/worksheets/sheet")]
    merged = {p.filename: _look_at(packed, p, most_rows) for p in sheets}
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        words = N_(
            "The file unpacks to more than %(limit)d MB. Copy the list alone to a new "
            "file, without pictures, and save that."
        )
        raise Unreadable(Message(words, {"limit": LARGEST_UNPACKED // MEBIBYTE}))
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _undeclared(packed, part)
    return merged


def _look_at(
    packed: zipfile.ZipFile, part: zipfile.ZipInfo, most_rows: int
) -> tuple[Merged, ...]:
    """Return what is merged in a sheet; stop at once when it has too many rows."""
    rows, merged = 0, list[Merged]()
    for piece in _pieces(packed, part):
        rows += len(_ROW.findall(piece))
        if rows > EMPTY_ROWS * most_rows or len(merged) > most_rows:
            raise too_long(most_rows)
        merged += map(_merged, _MERGED.findall(piece))
    return tuple(merged)


def _merged(found: tuple[bytes, bytes, bytes, bytes]) -> Merged:
    left, first, right, last = (part.decode() for part in found)
    return Merged(f"{left}{first}:{right}{last}", int(first), int(last))


def _undeclared(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part that declares entities, or hides that it does in another coding."""
    with packed.open(part) as file:
        head = file.read(_CHUNK)
    if b"\x00" in head or _DECLARES.search(head):
        raise _not_excel()


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a part unpacks to, so that each tag stands whole in just one piece."""
    left = b""
    with packed.open(part) as file:
        while chunk := file.read(_CHUNK):
            read_so_far = left + chunk
            cut = max(read_so_far.rfind(b"<"), 0)
            yield read_so_far[:cut]
            left = read_so_far[cut:][-_CHUNK:]
    yield left


def _first_sheet(
    data: bytes, merged: Mapping[str, tuple[Merged, ...]], most_rows: int
) -> Table:
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        sheet = cast(_Sheet, book.worksheets[0])
        sheet.reset_dimensions()
        rows = kept(_rows(sheet), most_rows)
        return Table(tuple(rows), merged.get(sheet._worksheet_path, ()))
    finally:
        book.close()


def _rows(sheet: _Sheet) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), 1):
        formulas = {n for n, cell in enumerate(cells) if cell.data_type == "f"}
        yield Row(number, tuple(map(_text, cells)), frozenset(formulas))


def _text(cell: _Cell) -> str:
    value: object = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _not_excel() -> Unreadable:
    words = N_("The file is no Excel file (.xlsx). Save the list as .xlsx or CSV.")
    return Unreadable(Message(words))
