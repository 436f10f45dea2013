"""An uploaded table is read as it is meant, or refused in words before it can hurt."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest

from tests.records.sheets import csv_text, excel, long_excel, replaced
from uppsikt.records import table_files, tables
from uppsikt.records.excel import LARGEST_UNPACKED, MEBIBYTE
from uppsikt.records.table_rows import Merged, Unreadable

ROWS = [("Namn", "Förvaltning"), ("Bibblan på ön", "Kultur"), ("Skolan", "Utbildning")]
TEXT = csv_text(ROWS)


def read(data: bytes, most_rows: int = 100) -> list[tuple[str, ...]]:
    return [row.cells for row in tables.read(data, most_rows=most_rows).rows]


def refusal(data: bytes, most_rows: int = 100) -> str:
    with pytest.raises(Unreadable) as stop:
        tables.read(data, most_rows=most_rows)
    return str(stop.value.reason)


@pytest.mark.parametrize(
    "coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_file_is_read_whatever_excel_made_of_it(
    coding: str, delimiter: str
) -> None:
    assert read(csv_text(ROWS, delimiter=delimiter).encode(coding)) == ROWS


def test_excels_own_hint_of_the_separator_is_followed_and_is_no_row() -> None:
    table = tables.read(
        f"sep=|\r\n{csv_text(ROWS, delimiter='|')}".encode(), most_rows=9
    )

    assert [row.cells for row in table.rows] == ROWS
    assert table.rows[0].number == 2


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_cell_with_lines_in_it_is_one_cell_and_rows_keep_their_numbers(
    ending: str,
) -> None:
    table = tables.read(
        ending.join(["Namn;Syfte", '"Ett', 'namn";a', "", "Två;b"]).encode(),
        most_rows=9,
    )

    assert [row.number for row in table.rows] == [1, 2, 5]
    assert table.rows[1].cells[0].split() == ["Ett", "namn"]


def test_an_excel_file_is_read_as_text_with_empty_rows_left_out() -> None:
    moment = datetime(2026, 3, 2, 10, 30)  # noqa: DTZ001 (as in Excel)
    data = excel(
        [["Namn", "När"], [], ["Åsa", date(2026, 3, 2)], [4.0, moment], [None, " x "]]
    )

    assert read(data) == [
        ("Namn", "När"),
        ("Åsa", "2026-03-02"),
        ("4", "2026-03-02T10:30:00"),
        ("", "x"),
    ]


def test_formulas_are_told_and_never_worked_out() -> None:
    table = tables.read(
        excel([["Namn", "Länk"], ["a", '=WEBSERVICE("x")']]), most_rows=9
    )
    text = tables.read(b"Namn;L\xc3\xa4nk\na;=1+1", most_rows=9)

    assert table.rows[1].formulas == {1}
    assert text.rows[1].formulas == {1}


def test_merged_cells_are_told_with_their_rows() -> None:
    table = tables.read(excel([["a"], ["b"], ["c"]], merged=["A2:A3"]), most_rows=9)

    assert table.merged == (Merged("A2:A3", 2, 3),)


@pytest.mark.parametrize("coding", ["mac-roman", "cp850"])
def test_letters_in_an_old_coding_are_refused_with_the_row(coding: str) -> None:
    told = refusal(TEXT.encode(coding))

    assert "å, ä and ö are broken in row" in told


def test_letters_that_were_coded_twice_are_refused_with_the_row() -> None:
    twice = TEXT.encode().decode("cp1252", "ignore").encode()

    assert "broken in row 1" in refusal(twice)


def test_a_lone_quotation_mark_is_refused_with_the_row() -> None:
    assert "Row 2" in refusal(b'Namn;Syfte\n"Biblioteket;x')


@pytest.mark.parametrize(
    "data", [b"", b"\r\n ; ;\r\n", "\ufeff".encode(), excel([]), excel([[None]])]
)
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data) == "The file is empty."


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\x00\x01\x02",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    assert "neither Excel (.xlsx) nor CSV" in refusal(data)


def test_an_excel_file_of_the_older_kind_is_refused_with_what_to_do() -> None:
    told = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512)

    assert "older Excel kind" in told


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "."), content)
    return out.getvalue()


def test_a_zip_that_is_no_excel_file_is_refused() -> None:
    assert "no Excel file" in refusal(zipped(brev__txt=b"hej"))


def test_a_cut_off_excel_file_is_refused() -> None:
    data = excel(ROWS)

    assert "damaged" in refusal(data[: len(data) // 2])
    assert "damaged" in refusal(replaced(data, "<sheetData>", "<sheetData><row"))


@pytest.mark.parametrize("part", ["workbook.xml", "sheet1.xml", "styles.xml"])
def test_entities_are_refused(part: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><'

    assert "no Excel file" in refusal(replaced(excel(ROWS), "<", bomb, part=part))


def test_one_row_too_many_is_refused_and_the_last_that_fits_is_not() -> None:
    rows = [["Namn"], *(["x"] for _ in range(10))]

    assert len(read(excel(rows), most_rows=11)) == 11
    assert "more than 9 rows" in refusal(excel(rows), most_rows=10)
    assert "more than 9 rows" in refusal(csv_text(rows).encode(), most_rows=10)


@pytest.mark.parametrize("rows", [100_000, 30_000])
def test_a_hundred_thousand_rows_are_refused_without_being_held_in_memory(
    rows: int,
) -> None:
    data = long_excel(rows)
    text = b"Namn;Syfte\r\n" * rows
    tracemalloc.start()

    told = refusal(data, most_rows=2000), refusal(text, most_rows=2000)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert all("more than 1999 rows" in one for one in told)
    assert peak < 24 * MEBIBYTE


def test_a_packed_bomb_is_refused_without_being_unpacked() -> None:
    bomb = replaced(
        excel(ROWS),
        "<cellXfs",
        " " * (LARGEST_UNPACKED + 1) + "<cellXfs",
        part="styles.xml",
    )
    tracemalloc.start()

    told = refusal(bomb)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "unpacks to more than 24 MB" in told
    assert peak < 8 * MEBIBYTE


def test_a_file_larger_than_the_limit_is_not_looked_into() -> None:
    assert "larger than 5 MB" in refusal(b"a" * (tables.LARGEST + 1))


def test_cells_and_rows_that_are_far_too_long_are_refused() -> None:
    assert "Row 1 has more than 100 columns" in refusal(excel([["x"] * 101]))
    assert "cell in row 2" in refusal(excel([["Namn"], ["x" * 4001]]))


def test_a_row_far_down_in_an_empty_sheet_is_refused_at_once() -> None:
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'

    assert "more than" in refusal(replaced(excel(ROWS), "</sheetData>", far))


NASTY = ['=HYPERLINK("http://x")', "+46 8", "-1", "@handle", "\tcmd", "bra; då", 'a"b']


def test_what_is_written_to_csv_runs_in_no_spreadsheet() -> None:
    text = table_files.as_csv([["Namn"], NASTY]).decode("utf-8-sig")
    cells = read(text.encode())[1]

    assert cells[0] == '\'=HYPERLINK("http://x")'
    assert [c[0] for c in cells[:4]] == ["'"] * 4
    assert cells[5:] == ("bra; då", 'a"b')


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("00420", "'00420"),
        ("61550123456789012345", "'61550123456789012345"),
        ("0", "0"),
        ("420", "420"),
        ("123456789012345", "123456789012345"),
        ("0708-12 34", "0708-12 34"),
        ("=1+1", "'=1+1"),
    ],
)
def test_figures_that_a_spreadsheet_would_change_are_written_as_text(
    told: str, written: str
) -> None:
    text = table_files.as_csv([["Namn"], [told]]).decode("utf-8-sig")

    assert text == f"Namn\r\n{written}\r\n"


def test_what_is_written_to_excel_is_text_and_comes_back_as_it_was() -> None:
    data = table_files.as_excel("Kanaler", [["Namn"], [*NASTY, "ljud\x07"]])
    table = tables.read(data, most_rows=9)

    assert not table.rows[1].formulas
    assert table.rows[1].cells == (*(c.strip() for c in NASTY), "ljud")
