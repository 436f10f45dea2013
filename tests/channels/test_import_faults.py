"""Lists as they are: what is wrong with each is told in Swedish, on its row."""

from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.channels.lists import BIBBLAN, HEADS, SKOLAN, judged, with_
from tests.conftest import SignedIn
from tests.records.sheets import csv_text, excel, long_excel, replaced
from uppsikt.channels.models import Import
from uppsikt.governance.models import User
from uppsikt.records.excel import LARGEST_UNPACKED

pytestmark = pytest.mark.usefixtures("places")

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
BOMB = replaced(
    excel([HEADS, BIBBLAN]), "<sheetData", " " * (LARGEST_UNPACKED + 1) + "<sheetData"
)


@pytest.fixture
def browser(kim_user: User, signed_in: SignedIn) -> Client:
    return signed_in(kim_user)


def answered(client: Client, data: bytes, name: str) -> str:
    """Return what the office reads after it has uploaded a file."""
    file = ContentFile(data, name)
    told = client.post(reverse("channel-import"), {"file": file}, follow=True)
    return unescape(told.content.decode())


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (OLD_EXCEL, "kanaler.xls", "äldre sort (.xls)"),
        (OLD_EXCEL, "kanaler.xlsx", "lösenord"),
        (BOMB, "kanaler.xlsx", "mer än 24 MB"),
        (excel([]), "kanaler.xlsx", "Filen är tom"),
        (long_excel(100_000), "kanaler.xlsx", "fler än 2000 rader under rubrikerna"),
        (
            b"Namn;Syfte\r\n" * 100_000,
            "kanaler.csv",
            "fler än 2000 rader under rubrikerna",
        ),
        ("Namn;Enhet\nBiblan;Kök på ön".encode("cp850"), "k.csv", "rad 2"),
    ],
    ids=["xls", "locked", "bomb", "empty", "long", "long-csv", "old-coding"],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    browser: Client, data: bytes, name: str, said: str
) -> None:
    told = answered(browser, data, name)

    assert said in told
    assert "Inget sparades" in told
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (excel([HEADS, BIBBLAN]), "kanaler.csv"),
        (csv_text([HEADS, BIBBLAN]).encode("cp1252"), "kanaler.csv"),
        (csv_text([HEADS, BIBBLAN], delimiter="\t").encode("utf-16"), "kanaler.txt"),
        (csv_text([HEADS, BIBBLAN]).encode("utf-8-sig"), "kanaler.xlsx"),
        (excel([["Våra kanaler 2026"], [], HEADS, BIBBLAN]), "kanaler.xlsx"),
    ],
    ids=["xlsx-named-csv", "cp1252", "utf-16", "bom", "title-above"],
)
def test_a_list_is_read_by_what_it_holds_whatever_it_is_called(
    browser: Client, data: bytes, name: str
) -> None:
    told = answered(browser, data, name)

    assert "Ta in 1 kanal" in told
    assert "Biblioteket" in told


def test_a_formula_and_merged_cells_are_told_on_their_rows(browser: Client) -> None:
    formula = with_(Namn='=HYPERLINK("https://x.example";"Bibblan")')
    data = excel([HEADS, formula, BIBBLAN, SKOLAN], merged=["D3:D4"])

    told = answered(browser, data, "kanaler.xlsx")

    assert "formel" in told
    assert told.count("D3:D4") == 2
    assert "Ta in 1 kanal" not in told


def test_a_heading_that_stands_twice_is_asked_about_with_both_columns(
    browser: Client,
) -> None:
    data = csv_text([("Namn", *HEADS), ("Bibblan igen", *BIBBLAN)])

    told = answered(browser, data.encode(), "kanaler.csv")

    assert "Två kolumner passar" in told
    assert "<details" in told
    assert told.count(">Namn</option>") >= len(HEADS)


@pytest.mark.parametrize("name", ["'00420", "'=1+1", "'61550123456789012345"])
def test_what_our_own_csv_made_safe_is_read_as_it_was(name: str) -> None:
    (row,) = judged(with_(Namn=name))

    assert row.told["name"] == name[1:]


def test_an_apostrophe_of_ones_own_is_kept() -> None:
    (row,) = judged(with_(Namn="'n Sommer"))

    assert row.told["name"] == "'n Sommer"
