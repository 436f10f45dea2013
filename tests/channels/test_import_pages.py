"""The pages by which a list is taken in, undone and given out again."""

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.channels.lists import AFTER, BIBBLAN, HEADS, SKOLAN, taken_in, with_
from tests.conftest import MONDAY, SignedIn
from tests.records.sheets import csv_text, excel
from uppsikt.channels import actions, headings, import_acts, importing
from uppsikt.channels.importing import Known
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, Import
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.records import tables

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def browser(kim_user: User, signed_in: SignedIn) -> Client:
    return signed_in(kim_user)


def send(client: Client, data: bytes, name: str = "kanaler.csv") -> str:
    file = ContentFile(data, name)
    answer = client.post(reverse("channel-import"), {"file": file})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_a_list_is_taken_in_and_undone_in_the_browser(browser: Client) -> None:
    page = send(browser, csv_text([HEADS, BIBBLAN, with_(Namn="")]).encode("cp1252"))
    preview = browser.get(page).content.decode()
    columns = {"name": 0, "site": 1, "url": 2, "department": 3, "unit": 4, "owner": 5}

    done = browser.post(page, columns, follow=True).content.decode()
    undone = browser.post(f"{page}angra/", {"why": "Fel fil"}, follow=True)

    assert "Namnet saknas" in preview
    assert "Ta in 1 kanal" in preview
    assert "1 kanal togs in." in done
    assert "Importen är ångrad" in undone.content.decode()
    assert Channel.objects.get().state is ChannelLife.struck


def test_the_columns_are_chosen_where_they_are_not_recognised(browser: Client) -> None:
    heads = ("A", "B", "C", "D", "E", "F")
    page = send(browser, csv_text([heads, BIBBLAN]).encode())
    asked = browser.get(page).content.decode()
    columns = {"name": 0, "site": 1, "url": 2, "department": 3}

    preview = browser.get(page, columns).content.decode()
    twice = browser.get(page, {**columns, "handle": 0})
    browser.post(page, columns)

    assert "Välj vilken som är vilken" in asked
    assert "Ta in 1 kanal" in preview
    assert twice.status_code == 422
    assert "Samma kolumn är vald" in twice.content.decode()
    assert Channel.objects.get().name == "Bibblan"


@pytest.mark.parametrize("column", ["999", "-1", "x", "0; DROP"])
def test_a_column_that_is_not_in_the_file_is_refused(
    browser: Client, column: str
) -> None:
    page = send(browser, csv_text([HEADS, BIBBLAN]).encode())

    answer = browser.post(page, {"name": column, "url": 2, "department": 3})

    assert answer.status_code == 422
    assert not Channel.objects.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00\x01", b"x" * 6_000_000])
def test_a_bad_file_is_refused_in_swedish_and_nothing_is_stored(
    browser: Client, data: bytes
) -> None:
    file = ContentFile(data, "kanaler.xlsx")

    answer = browser.post(reverse("channel-import"), {"file": file})

    assert answer.status_code == 422
    assert "<title>Fel:" in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_thrown_away_leaves_nothing(browser: Client) -> None:
    page = send(browser, csv_text([HEADS, BIBBLAN]).encode())

    browser.post(f"{page}slang/")

    assert not Import.objects.exists()
    assert browser.get(page).status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_given_out_can_be_read_in_again(
    browser: Client, kim: Actor, kind: str
) -> None:
    source = taken_in(excel([HEADS, SKOLAN]), kim)
    unit = Node.objects.get(name="Biblioteket")
    anna = User.objects.get(first_name="Anna")
    nasty = actions.Application(
        "facebook", "b", "https://www.facebook.com/b", "=1+1", owner=anna
    )
    actions.enter(unit, nasty, actor=kim, at=MONDAY)

    data = browser.get(f"{reverse('channels')}kanaler.{kind}").content
    import_acts.undo(source, why="Om igen", actor=kim, at=AFTER)
    channel = Channel.objects.get(name="=1+1")
    actions.strike(channel, why="Om igen", actor=kim, at=AFTER)
    table = tables.read(data, most_rows=9)
    layout = headings.recognised(table)
    back = importing.judged(table, layout, Known(rules.in_force(AFTER)))

    assert layout.sure
    assert [row.outcome for row in back] == ["ok", "ok"]
    first = next(row for row in back if row.told["handle"] == "b")
    assert first.place == unit
    assert first.application is not None
    assert replace(first.application, card={}) == nasty
    if kind == "csv":
        assert b"'=1+1" in data


def test_the_list_is_given_out_as_it_is_narrowed(browser: Client, kim: Actor) -> None:
    taken_in(excel([HEADS, BIBBLAN, SKOLAN]), kim)

    data = browser.get(
        f"{reverse('channels')}kanaler.csv", {"plattform": "facebook"}
    ).content

    assert "Bibblan" in data.decode()
    assert "Skolan" not in data.decode()


@pytest.mark.parametrize(("name", "rows"), [("mall", 0), ("exempel", 2)])
def test_the_template_and_the_example_have_headings_that_are_recognised(
    browser: Client, name: str, rows: int
) -> None:
    answer = browser.get(reverse("channel-import-sheet", args=[name]))
    table = tables.read(answer.content, most_rows=9)

    assert headings.recognised(table).sure
    assert len(table.rows) == 1 + rows
