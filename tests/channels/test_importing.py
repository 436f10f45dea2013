"""The municipality's list: looked through, taken in whole, undone, and given out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.conftest import MONDAY, Cast, SignedIn
from tests.records.sheets import csv_text, excel
from uppsikt.channels import actions, headings, import_acts, importing
from uppsikt.channels.import_acts import MOST_ROWS
from uppsikt.channels.importing import Judged, Known
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, Import
from uppsikt.governance import actors, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, Step, User
from uppsikt.governance.moves import NotYours
from uppsikt.policy.roles import Role
from uppsikt.records import ledger, tables
from uppsikt.records.models import Blob, Entry
from uppsikt.records.table_rows import Unreadable

HEADS = ("Namn", "Plattform", "Länk", "Förvaltning", "Enhet", "Ansvarig")
BIBBLAN = (
    "Bibblan",
    "Facebook",
    "https://www.facebook.com/bibblan",
    "Kultur- och fritidsförvaltningen",
    "Biblioteket",
    "anna@exempelby.example",
)
SKOLAN = ("Skolan", "", "https://www.instagram.com/skolan/", "Utbildning", "", "")
AFTER = MONDAY + timedelta(hours=1)


@pytest.fixture
def office_user(person: Cast, municipality: Node) -> User:
    """Olle, at the communications office."""
    return person("Olle", "kommunikatör", Role.COMMUNICATIONS_OFFICE, municipality)


@pytest.fixture
def office(office_user: User) -> Actor:
    return actors.of(office_user, at=MONDAY)


@pytest.fixture(autouse=True)
def places(anna_user: User, school: Node) -> None:
    """Stand the library and the school in the municipality, with Anna there."""


def judged(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> list[Judged]:
    table = tables.read(csv_text([heads, *rows]).encode(), most_rows=MOST_ROWS)
    known = Known(rules.in_force(MONDAY))
    return importing.judged(table, headings.recognised(table), known)


def told(row: Judged) -> str:
    return " ".join(map(str, (*row.faults, *row.warnings)))


def uploaded(data: bytes, office: Actor, name: str = "kanaler.xlsx") -> Import:
    file = ContentFile(data, name)
    return import_acts.upload(file, actor=office, at=MONDAY)


def taken_in(data: bytes, office: Actor) -> Import:
    source = uploaded(data, office)
    layout, _rows = import_acts.look_through(source, None, at=MONDAY)
    import_acts.carry_out(source, layout.columns, actor=office, at=MONDAY)
    source.refresh_from_db()
    return source


def test_a_row_is_understood_by_what_people_call_things(
    anna_user: User, library: Node
) -> None:
    (row,) = judged(BIBBLAN)

    assert row.outcome == "ok"
    assert row.place == library
    assert row.application is not None
    assert row.application.site == "facebook"
    assert row.application.handle == "bibblan"
    assert row.application.owner == anna_user


def with_(**changed: str) -> tuple[str, ...]:
    places = dict(zip(HEADS, BIBBLAN, strict=True)) | changed
    return tuple(places[head] for head in HEADS)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (with_(Namn=""), "name is missing"),
        (with_(Namn="x" * 201), "longer than 200 letters"),
        (with_(Förvaltning="", Enhet=""), "department is missing"),
        (
            with_(Förvaltning="Kulturen & fritid", Enhet=""),
            "Is it “Kultur och fritid”?",
        ),
        (with_(Förvaltning="Rymdstyrelsen", Enhet=""), "Add it under Organisation"),
        (with_(Länk=""), "address is missing"),
        (with_(Länk="hej på dig"), "no web address"),
        (with_(Länk="https://evil-facebook.com/b"), "does not lead to Facebook"),
        (with_(Länk="https://facebook.com.example.se/b"), "does not lead to Facebook"),
        (with_(Länk="https://facebооk.com/b"), "does not lead to Facebook"),
        (with_(Länk="https://xn--facebok-y0a.com/b"), "does not lead to Facebook"),
        (with_(Länk="https://facebook.com@evil.example/b"), "hides where it leads"),
        (with_(Länk="https://facebook.com/b%2Fc"), "hides where it leads"),
        (with_(Länk="https://instagram.com/b"), "does not lead to Facebook"),
        (
            with_(Plattform="", Länk="https://faceb00k.example/b"),
            "does not lead to Facebook",
        ),
        (
            with_(Plattform="Annan", Länk="https://evil-facebook.com/b"),
            "does not lead to Facebook",
        ),
        (with_(Plattform="Myspace"), "no platform we know"),
        (
            with_(Plattform="", Länk="https://exempelby.example/b"),
            "platform is missing",
        ),
        (with_(Ansvarig="=A1"), "holds a formula"),
    ],
)
def test_a_row_that_cannot_be_entered_says_what_to_do(
    row: tuple[str, ...], said: str
) -> None:
    (one,) = judged(row)

    assert one.outcome == "fault"
    assert said in told(one)
    assert not one.enters


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (with_(Ansvarig="ingen@exempelby.example"), "Nobody here is called"),
        (with_(Enhet="Bokbussen"), "entered at the department"),
    ],
)
def test_a_row_with_something_to_look_at_is_entered_all_the_same(
    row: tuple[str, ...], said: str
) -> None:
    (one,) = judged(row)

    assert one.outcome == "warning"
    assert said in told(one)
    assert one.enters


def test_a_contact_that_is_a_person_is_left_out(anna_user: User) -> None:
    heads = (*HEADS, "E-post")
    mine, wrong = judged(
        (*BIBBLAN, anna_user.email), (*SKOLAN, "ring oss"), heads=heads
    )

    assert mine.application is not None
    assert mine.application.card["contact"] == ""
    assert "a person's own address" in told(mine)
    assert "no e-mail address" in told(wrong)


def test_an_account_twice_in_the_file_names_the_earlier_row() -> None:
    again = with_(Namn="Igen", Länk="facebook.com/Bibblan/")

    first, second = judged(BIBBLAN, again)

    assert first.outcome == "ok"
    assert "stands on row 2" in told(second)


def test_an_account_in_the_register_is_passed_over(
    library: Node, office: Actor
) -> None:
    taken_in(excel([HEADS, BIBBLAN]), office)

    known, new = judged(BIBBLAN, SKOLAN)

    assert (known.outcome, new.outcome) == ("known", "ok")
    assert not known.enters


def test_merged_cells_are_a_fault_on_each_of_their_rows() -> None:
    data = excel([["Våra kanaler"], HEADS, BIBBLAN, SKOLAN], merged=["D3:D4", "A1:F1"])
    table = tables.read(data, most_rows=9)

    rows = importing.judged(
        table, headings.recognised(table), Known(rules.in_force(MONDAY))
    )

    assert [row.number for row in rows] == [3, 4]
    assert all("D3:D4 are merged" in told(row) for row in rows)


def test_five_hundred_rows_cost_as_many_queries_as_five(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [with_(Länk=f"https://www.facebook.com/b{n}") for n in range(500)]
    table = tables.read(csv_text([HEADS, *rows]).encode(), most_rows=MOST_ROWS)
    guideline = rules.in_force(MONDAY)

    with django_assert_num_queries(3):
        found = importing.judged(table, headings.recognised(table), Known(guideline))

    assert len(found) == 500
    assert all(row.enters for row in found)


def test_columns_that_are_not_recognised_are_asked_for() -> None:
    table = tables.read(b"Kolumn A;Kolumn B\nx;y", most_rows=9)

    layout = headings.recognised(table)

    assert not layout.enough
    assert layout.header.number == 1


def test_two_columns_for_one_thing_are_asked_about() -> None:
    table = tables.read("Namn;Kanal;Länk;Enhet\na;b;c;d".encode(), most_rows=9)

    layout = headings.recognised(table)

    assert layout.doubtful == {"name"}
    assert not layout.sure


def test_a_list_is_taken_in_as_unapproved_accounts_with_one_entry_each_and_one_for_all(
    office: Actor, library: Node
) -> None:
    source = taken_in(excel([HEADS, BIBBLAN, SKOLAN, with_(Namn="")]), office)

    entered = Channel.objects.order_by("pk")
    assert [(c.name, c.state) for c in entered] == [
        ("Bibblan", ChannelLife.found),
        ("Skolan", ChannelLife.found),
    ]
    assert entered[0].node.parent == library
    assert (source.entered, source.passed_over) == (2, 1)
    assert Entry.objects.filter(act="channel.enter").count() == 2
    entry = ledger.opened(Entry.objects.get(act="channel.import"))
    assert entry["channels"] == [c.pk for c in entered]


def test_nothing_is_in_the_register_before_it_is_carried_out(office: Actor) -> None:
    source = uploaded(excel([HEADS, BIBBLAN]), office)

    import_acts.look_through(source, None, at=MONDAY)

    assert not Channel.objects.exists()
    assert not Entry.objects.filter(act__startswith="channel").exists()


def test_the_file_is_kept_encrypted_while_it_waits_and_forgotten_after(
    office: Actor,
) -> None:
    waiting = uploaded(excel([HEADS, BIBBLAN]), office)
    assert waiting.blob.restricted

    done = taken_in(excel([HEADS, SKOLAN]), office)

    blob = Blob.objects.get(pk=done.blob_id)
    assert blob.disposed_at == MONDAY
    assert blob.data is None


def test_a_file_that_nobody_carries_out_is_forgotten_after_a_day(
    office: Actor,
) -> None:
    source = uploaded(excel([HEADS, BIBBLAN]), office)

    early = import_acts.forget(MONDAY + timedelta(hours=23))
    late = import_acts.forget(MONDAY + timedelta(hours=25))

    assert (early, late) == (0, 1)
    assert not Import.objects.exists()
    assert Blob.objects.get(pk=source.blob_id).disposed_at


def test_it_is_carried_out_once(office: Actor) -> None:
    source = taken_in(excel([HEADS, BIBBLAN]), office)

    with pytest.raises(import_acts.AlreadyTaken):
        import_acts.carry_out(source, {"name": 0}, actor=office, at=AFTER)


def test_all_or_nothing_is_entered(
    office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = uploaded(excel([HEADS, BIBBLAN, SKOLAN]), office)
    layout, _rows = import_acts.look_through(source, None, at=MONDAY)
    enter = actions.enter

    def second_is_taken(unit: Node, told: actions.Application, **kw: object) -> Channel:
        if told.name == "Skolan":
            raise actions.TakenHandle
        return enter(unit, told, **kw)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "enter", second_is_taken)
    with pytest.raises(actions.TakenHandle):
        import_acts.carry_out(source, layout.columns, actor=office, at=MONDAY)

    source.refresh_from_db()
    assert not Channel.objects.exists()
    assert source.carried_out_at is None
    assert not Blob.objects.get(pk=source.blob_id).disposed_at


def test_an_import_is_undone_by_striking_what_it_entered(office: Actor) -> None:
    source = taken_in(excel([HEADS, BIBBLAN, SKOLAN]), office)

    struck = import_acts.undo(source, why="Fel fil", actor=office, at=AFTER)

    assert struck == 2
    assert {c.state for c in Channel.objects.all()} == {ChannelLife.struck}
    assert Step.objects.filter(move="channel.strike", why="Fel fil").count() == 2
    assert not Node.objects.filter(kind=Node.Kind.CHANNEL, closed_at=None).exists()
    assert judged(BIBBLAN)[0].outcome == "ok"
    with pytest.raises(import_acts.AlreadyTaken):
        import_acts.undo(source, why="Igen", actor=office, at=AFTER)


def test_an_import_with_a_channel_that_has_gone_on_stands(office: Actor) -> None:
    source = taken_in(excel([HEADS, BIBBLAN, SKOLAN]), office)
    bibblan = Channel.objects.get(name="Bibblan")
    actions.strike(bibblan, why="Finns inte", actor=office, at=MONDAY)

    with pytest.raises(import_acts.Touched) as stop:
        import_acts.undo(source, why="Fel fil", actor=office, at=AFTER)

    source.refresh_from_db()
    assert stop.value.channels == [bibblan]
    assert source.undone_at is None
    assert Channel.objects.get(name="Skolan").state is ChannelLife.found


def test_only_the_office_takes_in_lists(cecilia: Actor, bengt: Actor) -> None:
    for actor in (cecilia, bengt):
        with pytest.raises(NotYours):
            uploaded(excel([HEADS, BIBBLAN]), actor)


def test_a_file_of_a_hundred_thousand_rows_stores_nothing(office: Actor) -> None:
    before = Blob.objects.count()

    with pytest.raises(Unreadable):
        uploaded(b"Namn;Syfte\r\n" * 100_000, office)

    assert not Import.objects.exists()
    assert Blob.objects.count() == before


@pytest.fixture
def olle(office_user: User, signed_in: SignedIn) -> Client:
    return signed_in(office_user)


def send(client: Client, data: bytes, name: str = "kanaler.csv") -> str:
    file = ContentFile(data, name)
    answer = client.post(reverse("channel-import"), {"file": file})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_a_list_is_taken_in_and_undone_in_the_browser(olle: Client) -> None:
    page = send(olle, csv_text([HEADS, BIBBLAN, with_(Namn="")]).encode("cp1252"))
    preview = olle.get(page).content.decode()
    columns = {"name": 0, "site": 1, "url": 2, "department": 3, "unit": 4, "owner": 5}

    done = olle.post(page, columns, follow=True).content.decode()
    undone = olle.post(f"{page}angra/", {"why": "Fel fil"}, follow=True)

    assert "Namnet saknas" in preview
    assert "Ta in 1 kanal" in preview
    assert "1 kanal togs in." in done
    assert "Importen är ångrad" in undone.content.decode()
    assert Channel.objects.get().state is ChannelLife.struck


def test_the_columns_are_chosen_where_they_are_not_recognised(olle: Client) -> None:
    heads = ("A", "B", "C", "D", "E", "F")
    page = send(olle, csv_text([heads, BIBBLAN]).encode())
    asked = olle.get(page).content.decode()
    columns = {"name": 0, "site": 1, "url": 2, "department": 3}

    preview = olle.get(page, columns).content.decode()
    twice = olle.get(page, {**columns, "handle": 0})
    olle.post(page, columns)

    assert "Välj vilken som är vilken" in asked
    assert "Ta in 1 kanal" in preview
    assert twice.status_code == 422
    assert "Samma kolumn är vald" in twice.content.decode()
    assert Channel.objects.get().name == "Bibblan"


@pytest.mark.parametrize("column", ["999", "-1", "x", "0; DROP"])
def test_a_column_that_is_not_in_the_file_is_refused(olle: Client, column: str) -> None:
    page = send(olle, csv_text([HEADS, BIBBLAN]).encode())

    answer = olle.post(page, {"name": column, "url": 2, "department": 3})

    assert answer.status_code == 422
    assert not Channel.objects.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00\x01", b"x" * 6_000_000])
def test_a_bad_file_is_refused_in_swedish_and_nothing_is_stored(
    olle: Client, data: bytes
) -> None:
    file = ContentFile(data, "kanaler.xlsx")

    answer = olle.post(reverse("channel-import"), {"file": file})

    assert answer.status_code == 422
    assert "<title>Fel:" in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_thrown_away_leaves_nothing(olle: Client) -> None:
    page = send(olle, csv_text([HEADS, BIBBLAN]).encode())

    olle.post(f"{page}slang/")

    assert not Import.objects.exists()
    assert olle.get(page).status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_given_out_can_be_read_in_again(
    olle: Client, office: Actor, kind: str
) -> None:
    source = taken_in(excel([HEADS, SKOLAN]), office)
    unit = Node.objects.get(name="Biblioteket")
    anna = User.objects.get(first_name="Anna")
    nasty = actions.Application(
        "facebook", "b", "https://www.facebook.com/b", "=1+1", owner=anna
    )
    actions.enter(unit, nasty, actor=office, at=MONDAY)

    data = olle.get(f"{reverse('channels')}kanaler.{kind}").content
    import_acts.undo(source, why="Om igen", actor=office, at=AFTER)
    channel = Channel.objects.get(name="=1+1")
    actions.strike(channel, why="Om igen", actor=office, at=AFTER)
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


def test_the_list_is_given_out_as_it_is_narrowed(olle: Client, office: Actor) -> None:
    taken_in(excel([HEADS, BIBBLAN, SKOLAN]), office)

    data = olle.get(
        f"{reverse('channels')}kanaler.csv", {"plattform": "facebook"}
    ).content

    assert "Bibblan" in data.decode()
    assert "Skolan" not in data.decode()


@pytest.mark.parametrize(("name", "rows"), [("mall", 0), ("exempel", 2)])
def test_the_template_and_the_example_have_headings_that_are_recognised(
    olle: Client, name: str, rows: int
) -> None:
    answer = olle.get(reverse("channel-import-sheet", args=[name]))
    table = tables.read(answer.content, most_rows=9)

    assert headings.recognised(table).sure
    assert len(table.rows) == 1 + rows
