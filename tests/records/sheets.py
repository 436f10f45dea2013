"""Files as people upload them, made when a test needs one."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook


def excel(rows: Iterable[Sequence[object]], *, merged: Sequence[str] = ()) -> bytes:
    """Return an Excel file with these rows, its cells merged as told."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for ref in merged:
        sheet.merge_cells(ref)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def long_excel(rows: int) -> bytes:
    """Return an Excel file with so many rows, written as quickly as it can be."""
    row = '<row><c t="inlineStr"><is><t>Biblioteket</t></is></c></row>'
    return replaced(excel([["Namn"]]), "<sheetData>", f"<sheetData>{row * rows}")


def replaced(data: bytes, old: str, new: str, *, part: str = "sheet1.xml") -> bytes:
    """Return an Excel file with something in one of its parts put in place of other."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        assert any(name.endswith(part) for name in before.namelist())
        for name in before.namelist():
            content = before.read(name)
            if name.endswith(part):
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            after.writestr(name, content)
    return out.getvalue()


def csv_text(rows: Iterable[Sequence[str]], *, delimiter: str = ";") -> str:
    """Return rows as CSV, without quotation marks."""
    return "\r\n".join(delimiter.join(row) for row in rows)
