"""What a platform tells is stored once, each change a version, nothing lost."""

import gzip
import json
from datetime import datetime, timedelta

import pytest

from tests.conftest import LONG_AGO
from tests.inbox.tales import ROOT, connected, fetched, one, told
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.governance.models import Step
from uppsikt.inbox import actions
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item, ItemVersion
from uppsikt.platforms import Batch
from uppsikt.records import ledger, search, vault
from uppsikt.records.models import Blob, Entry

pytestmark = pytest.mark.django_db


def test_the_same_thing_twice_is_one_row(
    library_channel: Channel, monday: datetime
) -> None:
    comment = told()

    first = fetched(library_channel, comment, comment, at=monday)
    again = fetched(library_channel, comment, at=monday)

    assert (first.new, again.new) == (1, 0)
    assert ItemVersion.objects.get().item == Item.objects.get()
    assert Entry.objects.filter(act="inbox.take_in").count() == 1


def test_one_fetch_is_one_blob_and_one_entry_with_a_member_for_each(
    library_channel: Channel, monday: datetime
) -> None:
    blobs = Blob.objects.count()

    fetched(library_channel, told("Ett"), told("Två"), at=monday)

    entry = Entry.objects.get(act="inbox.take_in")
    assert [m["change"] for m in ledger.members(entry)] == ["new", "new"]
    assert Blob.objects.count() == blobs + 1
    raw = ItemVersion.objects.earliest("pk").raw
    kept = json.loads(gzip.decompress(vault.open_(raw)))
    assert [i["text"] for i in kept["items"]] == ["Ett", "Två"]


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, text="När öppnar ni?", remote_id="x")

    fetched(library_channel, told("Ni är värdelösa", remote_id="x"), at=monday)

    item.refresh_from_db()
    assert item.text == "Ni är värdelösa"
    assert item.changed_at == monday
    texts = item.versions.order_by("number").values_list("number", "text")
    assert list(texts) == [(1, "När öppnar ni?"), (2, "Ni är värdelösa")]


@pytest.mark.parametrize("done", ["answered", "passed_by"])
def test_what_was_dealt_with_comes_back_when_its_author_changes_it(
    library_channel: Channel, anna: Actor, monday: datetime, done: str
) -> None:
    item = one(library_channel, at=monday, remote_id="x")
    if done == "answered":
        moves.make(ItemLife.answer, item, actor=anna, at=monday)
    else:
        actions.pass_by(item, why="Tack", actor=anna, at=monday)
    later = monday + timedelta(days=40)

    fetched(library_channel, told("Nu står det annat", remote_id="x"), at=later)

    item.refresh_from_db()
    assert item.state is ItemLife.waiting
    assert item.due_at and item.due_at > later
    step = Step.objects.filter(subject=item.subject).latest("pk")
    assert step.by is None
    assert "changed" in step.why or "ändrat" in step.why


def test_a_withdrawal_is_a_date_and_the_text_stays(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday)

    fetched(library_channel, at=monday, withdrawn=(item.remote_id, "unknown"))

    item.refresh_from_db()
    assert item.gone_at == monday
    assert item.text
    assert item.state is ItemLife.passed_by


def test_what_was_withdrawn_and_is_there_again_is_no_longer_gone(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, remote_id="x")
    fetched(library_channel, at=monday, withdrawn=("x",))

    fetched(library_channel, told(remote_id="x"), at=monday)

    item.refresh_from_db()
    assert item.gone_at is None


def test_our_own_posts_wait_for_nobody(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, own=True, parent_id=None)

    assert item.state is ItemLife.ours
    assert item.due_at is None


def test_what_is_older_than_the_cut_over_is_history_and_never_overdue(
    library_channel: Channel, monday: datetime
) -> None:
    long_before = LONG_AGO - timedelta(days=1)

    item = one(library_channel, at=monday, published_at=long_before)

    assert item.state is ItemLife.history
    assert not Item.objects.overdue(monday + timedelta(days=999)).exists()


def test_what_waits_has_both_clocks_from_when_it_was_written(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, published_at=monday - timedelta(hours=1))

    assert item.first_due_at == monday + timedelta(days=1) - timedelta(hours=1)
    assert item.full_due_at == monday + timedelta(days=14) - timedelta(hours=1)
    assert item.due_at == item.first_due_at


def test_what_claims_to_come_from_the_future_starts_now(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, published_at=monday + timedelta(days=90))

    assert item.clock_from == monday
    assert item.due_at == monday + timedelta(days=1)


def test_the_analysis_is_stored_as_suggestions_and_marks_the_item(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, text="Ring mig på 070-123 45 67?")
    plain = one(library_channel, at=monday, text="Tack för boken.")

    rules = {s.rule for s in item.versions.get().signals.all()}
    assert any("phone" in r for r in rules)
    assert item.flagged
    assert item.question
    assert not plain.flagged
    assert not plain.question


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\x00b", "a\ufffdb"),
        ("\ud83d halva", "\ufffd halva"),
        ("👍🏽👍🏽", "👍🏽👍🏽"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("x" * 100_000, "x" * 100_000),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("", ""),
    ],
    ids=["null", "surrogate", "emoji", "right to left", "long", "markup", "empty"],
)
def test_no_text_is_too_strange_to_be_kept(
    library_channel: Channel, monday: datetime, text: str, stored: str
) -> None:
    item = one(library_channel, at=monday, text=text)

    item.refresh_from_db()
    assert item.text == stored
    raw = gzip.decompress(vault.open_(item.versions.get().raw))
    assert json.loads(raw)["items"][0]["text"] == text


def test_it_can_be_searched_for_in_another_form_of_the_word(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, text="Vilka öppettider har ni?")

    found = search.find("öppettiderna", [library_channel.path])

    assert [d.subject for d in found] == [item.subject]


def test_nothing_more_is_stored_of_what_a_special_case_seals_off(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, remote_id="x", text="Innan")
    Item.objects.filter(pk=item.pk).update(secluded=True)
    search.forget(item.subject)

    fetched(library_channel, told("Efter", remote_id="x"), at=monday)

    item.refresh_from_db()
    assert item.text == "Innan"
    assert item.versions.count() == 1
    assert not search.find("Efter", [library_channel.path]).exists()


def test_the_cursor_is_kept_with_the_items_or_not_at_all(
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected(library_channel, anna.person, monday)
    fetched(library_channel, told(), at=monday, cursor="one")

    def full(*_: object, **__: object) -> None:
        raise vault.NoRoom

    monkeypatch.setattr(vault, "keep", full)
    with pytest.raises(vault.NoRoom):
        fetched(library_channel, told(), at=monday, cursor="two")

    assert Connection.objects.get().cursor == "one"
    assert Item.objects.count() == 1


def test_an_answer_given_in_the_platforms_own_app_stops_the_clock(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday)
    answer = told("10!", own=True, parent_id=item.remote_id, published_at=monday)

    came = fetched(library_channel, answer, at=monday)

    item.refresh_from_db()
    assert came.answered == 1
    assert item.state is ItemLife.answered
    assert item.answered_at == item.first_contact_at == monday
    assert item.due_at is None
    step = Step.objects.get(subject=item.subject)
    assert answer.url in step.why
    assert step.entry.act == "item.answer"


@pytest.mark.parametrize("order", ["question first", "answer first", "together"])
def test_the_order_in_which_question_and_answer_are_heard_of_is_all_one(
    library_channel: Channel, monday: datetime, order: str
) -> None:
    question = told(remote_id="q")
    answer = told("10!", own=True, parent_id="q")
    fetches = {
        "question first": ((question,), (answer,)),
        "answer first": ((answer,), (question,)),
        "together": ((answer, question),),
    }

    for items in fetches[order]:
        fetched(library_channel, *items, at=monday)

    assert Item.objects.get(remote_id="q").state is ItemLife.answered


def test_an_answer_to_somebody_else_in_the_thread_stops_no_clock_here(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday)

    fetched(library_channel, told(own=True, parent_id=ROOT), at=monday)

    item.refresh_from_db()
    assert item.state is ItemLife.waiting


def test_nobody_takes_in_at_another_node(
    library_channel: Channel, david: Actor, monday: datetime
) -> None:
    batch = Batch(items=(told(),), cursor="")

    with pytest.raises(moves.NotYours):
        actions.take_in(
            library_channel, batch, how=Item.How.IMPORT, actor=david, at=monday
        )

    assert not Item.objects.exists()
    assert not Entry.objects.filter(act="inbox.take_in").exists()


def test_a_fetch_asks_the_database_as_often_for_many_as_for_few(
    library_channel: Channel, monday: datetime, django_assert_max_num_queries: object
) -> None:
    many = [told(f"Fråga {n}?") for n in range(100)]

    with django_assert_max_num_queries(30):  # type: ignore[operator]
        fetched(library_channel, *many, at=monday)

    assert Item.objects.count() == 100
    assert CLOCK.user is None
