"""The municipality's list: looked through, taken in whole, undone, and given out."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.channels.lists import (
    AFTER,
    BIBBLAN,
    HEADS,
    SKOLAN,
    judged,
    taken_in,
    told,
    uploaded,
    with_,
)
from tests.conftest import MONDAY
from tests.records.sheets import csv_text, excel
from uppsikt.channels import (
    actions,
    changing,
    headings,
    import_acts,
    importing,
)
from uppsikt.channels.import_acts import MOST_ROWS
from uppsikt.channels.importing import Known
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import CardVersion, Channel, Import
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, Step, User
from uppsikt.governance.moves import NotYours
from uppsikt.records import ledger, tables
from uppsikt.records.models import Blob, Entry
from uppsikt.records.table_rows import Unreadable

pytestmark = pytest.mark.usefixtures("places")


def many(number: int) -> tuple[str, ...]:
    return with_(Länk=f"https://www.facebook.com/konto{number}")


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


def test_an_account_in_the_register_is_passed_over(library: Node, kim: Actor) -> None:
    taken_in(excel([HEADS, BIBBLAN]), kim)

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
    kim: Actor, library: Node
) -> None:
    source = taken_in(excel([HEADS, BIBBLAN, SKOLAN, with_(Namn="")]), kim)

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


def test_nothing_is_in_the_register_before_it_is_carried_out(kim: Actor) -> None:
    source = uploaded(excel([HEADS, BIBBLAN]), kim)

    import_acts.look_through(source, None, at=MONDAY)

    assert not Channel.objects.exists()
    assert not Entry.objects.filter(act__startswith="channel").exists()


def test_the_file_is_kept_encrypted_while_it_waits_and_forgotten_after(
    kim: Actor,
) -> None:
    waiting = uploaded(excel([HEADS, BIBBLAN]), kim)
    assert waiting.blob.restricted

    done = taken_in(excel([HEADS, SKOLAN]), kim)

    blob = Blob.objects.get(pk=done.blob_id)
    assert blob.disposed_at == MONDAY
    assert blob.data is None


def test_a_file_that_nobody_carries_out_is_forgotten_after_a_day(
    kim: Actor,
) -> None:
    source = uploaded(excel([HEADS, BIBBLAN]), kim)

    early = import_acts.forget(MONDAY + timedelta(hours=23))
    late = import_acts.forget(MONDAY + timedelta(hours=25))

    assert (early, late) == (0, 1)
    assert not Import.objects.exists()
    assert Blob.objects.get(pk=source.blob_id).disposed_at


def test_it_is_carried_out_once(kim: Actor) -> None:
    source = taken_in(excel([HEADS, BIBBLAN]), kim)

    with pytest.raises(import_acts.AlreadyTaken):
        import_acts.carry_out(source, {"name": 0}, actor=kim, at=AFTER)


def test_all_or_nothing_is_entered(kim: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    source = uploaded(excel([HEADS, BIBBLAN, SKOLAN]), kim)
    layout, _rows = import_acts.look_through(source, None, at=MONDAY)
    keep = changing.keep_each

    def somebody_was_first(channels: Sequence[Channel], **told: Any) -> None:
        keep(channels, **told)
        raise actions.TakenHandle

    monkeypatch.setattr(changing, "keep_each", somebody_was_first)
    with pytest.raises(actions.TakenHandle):
        import_acts.carry_out(source, layout.columns, actor=kim, at=MONDAY)

    source.refresh_from_db()
    assert not Channel.objects.exists()
    assert source.carried_out_at is None
    assert not Blob.objects.get(pk=source.blob_id).disposed_at


def test_an_import_is_undone_by_striking_what_it_entered(kim: Actor) -> None:
    source = taken_in(excel([HEADS, BIBBLAN, SKOLAN]), kim)

    struck = import_acts.undo(source, why="Fel fil", actor=kim, at=AFTER)

    assert struck == 2
    assert {c.state for c in Channel.objects.all()} == {ChannelLife.struck}
    assert Step.objects.filter(move="channel.strike", why="Fel fil").count() == 2
    assert not Node.objects.filter(kind=Node.Kind.CHANNEL, closed_at=None).exists()
    assert judged(BIBBLAN)[0].outcome == "ok"
    with pytest.raises(import_acts.AlreadyTaken):
        import_acts.undo(source, why="Igen", actor=kim, at=AFTER)


def test_an_import_with_a_channel_that_has_gone_on_stands(kim: Actor) -> None:
    source = taken_in(excel([HEADS, BIBBLAN, SKOLAN]), kim)
    bibblan = Channel.objects.get(name="Bibblan")
    actions.strike(bibblan, why="Finns inte", actor=kim, at=MONDAY)

    with pytest.raises(import_acts.Touched) as stop:
        import_acts.undo(source, why="Fel fil", actor=kim, at=AFTER)

    source.refresh_from_db()
    assert stop.value.channels == [bibblan]
    assert source.undone_at is None
    assert Channel.objects.get(name="Skolan").state is ChannelLife.found


def test_what_an_import_published_is_kept_when_it_is_undone(kim: Actor) -> None:
    source = taken_in(excel([HEADS, BIBBLAN]), kim)
    version = CardVersion.objects.get()

    import_acts.undo(source, why="Fel fil", actor=kim, at=AFTER)

    assert CardVersion.objects.get() == version
    assert version.channel.state is ChannelLife.struck
    assert not Channel.objects.public().exists()


def test_a_hundred_rows_are_entered_and_struck_by_as_many_statements_as_ten(
    kim: Actor,
) -> None:
    counted = []
    for first, last in ((0, 1), (1, 11), (11, 111)):
        rows = [many(n) for n in range(first, last)]
        with CaptureQueriesContext(connection) as asked:
            source = taken_in(excel([HEADS, *rows]), kim)
            import_acts.undo(source, why="Fel fil", actor=kim, at=AFTER)
        counted.append(len(asked))

    assert counted[1] == counted[2]


def test_only_the_office_takes_in_lists(cecilia: Actor, bengt: Actor) -> None:
    for actor in (cecilia, bengt):
        with pytest.raises(NotYours):
            uploaded(excel([HEADS, BIBBLAN]), actor)


def test_a_file_of_a_hundred_thousand_rows_stores_nothing(kim: Actor) -> None:
    before = Blob.objects.count()

    with pytest.raises(Unreadable):
        uploaded(b"Namn;Syfte\r\n" * 100_000, kim)

    assert not Import.objects.exists()
    assert Blob.objects.count() == before
