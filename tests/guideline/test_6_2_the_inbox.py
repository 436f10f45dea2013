"""Section 6.2: who has an item in hand, what waits until later, what is noted."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.inbox.conftest import browser as browser  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import fetched, listed, one, shown, told
from uppsikt.channels.models import Channel
from uppsikt.duties import plan
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import assigning, internal_notes, settling, snoozing, undoing
from uppsikt.inbox.deeds import Closed, new_order
from uppsikt.inbox.models import Deed, Item
from uppsikt.records.models import Entry

pytestmark = pytest.mark.django_db
TUESDAY = timedelta(days=1)


@pytest.fixture
def question(library_channel: Channel, monday: datetime) -> Item:
    return one(library_channel, at=monday, published_at=monday)


def mine(browser: Client) -> list[int]:
    return listed(browser.get(reverse("inbox"), {"flik": "mina"}))


def test_what_is_assigned_is_the_colleagues_own_and_told_on_their_day(
    question: Item,
    anna: Actor,
    cecilia: Actor,
    signed_in: SignedIn,
    now: datetime,
) -> None:
    assigning.assign(question, cecilia.person, actor=anna, at=now)

    assert mine(signed_in(cecilia.person)) == [question.pk]
    assert mine(signed_in(anna.person)) == []
    titles = [g.title for g in plan.of(cecilia, at=now)]
    assert "Assigned to you" in titles
    assert Entry.objects.filter(act="item.assign", subject=question.subject).exists()


def test_nobody_gets_an_item_who_may_not_answer_it(
    question: Item, anna: Actor, david: Actor, monday: datetime
) -> None:
    with pytest.raises(assigning.CannotAnswer):
        assigning.assign(question, david.person, actor=anna, at=monday)
    with pytest.raises(moves.NotYours):
        assigning.assign(question, anna.person, actor=david, at=monday)


def test_what_is_put_aside_leaves_the_list_and_comes_back_at_the_hour(
    question: Item, browser: Client, anna: Actor, now: datetime
) -> None:
    due = question.due_at
    until = now + timedelta(hours=2)

    snoozing.snooze(question, until, actor=anna, at=now)

    assert mine(browser) == []
    aside = browser.get(reverse("inbox"), {"flik": "undanlagda"})
    assert listed(aside) == [question.pk]
    assert "klockan går" in shown(aside)
    question.refresh_from_db()
    assert question.due_at == due, "putting aside stops no clock"
    assert not Item.objects.asleep(until).exists()


def test_what_is_put_aside_comes_back_before_its_deadline(
    question: Item, anna: Actor, monday: datetime
) -> None:
    assert question.due_at is not None

    deed = snoozing.snooze(question, monday + timedelta(days=30), actor=anna, at=monday)

    assert deed.until is not None
    assert monday < deed.until < question.due_at
    with pytest.raises(snoozing.NoTimeLeft):
        late = monday + timedelta(days=40)
        snoozing.snooze(question, late + TUESDAY, actor=anna, at=late)


@pytest.mark.parametrize("how", ["writes", "edits"])
def test_what_is_put_aside_comes_back_when_its_author_says_more(
    question: Item,
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    how: str,
) -> None:
    snoozing.snooze(question, monday + timedelta(hours=5), actor=anna, at=monday)
    later = monday + timedelta(hours=1)
    named = {"remote_id": question.remote_id} if how == "edits" else {}

    fetched(library_channel, told("Jag undrar också om söndag?", **named), at=later)

    question.refresh_from_db()
    assert question.snoozed_until is None
    woken = question.deeds.get(kind=Deed.Kind.WAKE)
    assert (woken.by, woken.at) == (None, later)


def test_somebody_else_in_the_thread_wakes_nothing(
    question: Item, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    snoozing.snooze(question, monday + timedelta(hours=5), actor=anna, at=monday)
    other = told("Det undrar jag med.")
    author = type(other.author)(handle="x", display_name="Robin", remote_id="did:x")

    fetched(library_channel, told("Jag med.", author=author), at=monday)

    question.refresh_from_db()
    assert question.snoozed_until is not None


def test_a_note_is_for_colleagues_and_stands(
    question: Item, browser: Client, anna: Actor, now: datetime
) -> None:
    url = reverse("item-note", args=[question.pk])

    page = browser.post(url, {"text": "Ring vaktmästaren först."}, follow=True)

    assert "Ring vaktmästaren först." in shown(page)
    note = question.deeds.get()
    assert (note.kind, note.by, note.at) == ("note", anna.user, now)
    assert note.entry.act == "item.note"
    assert undoing.standing(anna, at=now) == [], "a note is never taken away"
    with pytest.raises(internal_notes.Blank):
        internal_notes.add(question, "  ", actor=anna, at=now)


def test_a_slip_is_undone_by_one_press_while_nobody_has_built_on_it(
    question: Item, browser: Client, anna: Actor, now: datetime
) -> None:
    due = question.due_at
    url = reverse("item-pass-by", args=[question.pk])
    page = browser.post(url, {"why": "Bara ett tack"}, follow=True)
    [message] = page.context["messages"]
    _, _, undo = message.extra_tags.partition("undo ")

    again = browser.post(undo, follow=True)

    assert "Ångrat." in shown(again)
    question.refresh_from_db()
    assert (question.status, question.due_at) == ("waiting", due)
    assert "går inte att ångra" in shown(browser.post(undo, follow=True))


def test_what_a_colleague_has_changed_since_is_not_undone(
    question: Item, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    deed = assigning.assign(question, cecilia.person, actor=anna, at=monday)
    assigning.assign(question, anna.person, actor=cecilia, at=monday)

    result = undoing.undo(deed.order, actor=anna, at=monday)

    assert (result.back, result.changed) == ([], [question])
    question.refresh_from_db()
    assert question.assigned_to == anna.user


def test_nobody_undoes_what_a_colleague_did_and_nothing_after_an_hour(
    question: Item, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    deed = assigning.assign(question, cecilia.person, actor=anna, at=monday)
    late = monday + undoing.FOR

    assert undoing.undo(deed.order, actor=cecilia, at=monday).back == []
    assert undoing.undo(deed.order, actor=anna, at=late).back == []
    assert [i.pk for i in undoing.undo(deed.order, actor=anna, at=monday).back] == [
        question.pk
    ]


def test_a_promise_that_was_let_pass_by_mistake_stands_again(
    question: Item, anna: Actor, monday: datetime
) -> None:
    Item.objects.filter(pk=question.pk).update(
        status="promised", first_contact_at=monday, due_at=question.full_due_at
    )
    question.refresh_from_db()
    order = new_order()
    settling.pass_by(question, why="Fel", actor=anna, at=monday, order=order)

    undoing.undo(order, actor=anna, at=monday)

    question.refresh_from_db()
    assert (question.status, question.due_at) == ("promised", question.full_due_at)


def test_what_is_done_is_neither_assigned_nor_put_aside(
    question: Item, anna: Actor, monday: datetime
) -> None:
    settling.pass_by(question, why="Tack", actor=anna, at=monday)

    with pytest.raises(Closed):
        assigning.assign(question, anna.person, actor=anna, at=monday)
    with pytest.raises(Closed):
        snoozing.snooze(question, monday + TUESDAY, actor=anna, at=monday)
