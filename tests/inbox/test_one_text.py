"""One text at a time about an item: none is forgotten, and none goes out twice."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from tests.conftest import Cast
from tests.inbox.tales import ROOT, SIGNED, FakePlatform, connected, fetched, one, told
from uppsikt.channels.models import Channel
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox import actions, noting, work
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.platforms import PlatformError
from uppsikt.policy.roles import Role
from uppsikt.sending import actions as sending
from uppsikt.sending import work as post_room
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db
DELAY = timedelta(seconds=11)
REFUSED = PlatformError("no", permanent=True)


def carried_out(at: datetime) -> None:
    """Do what the worker does: send, read back, note."""
    post_room.send(at)
    post_room.read_back(at)
    work.note_answers(at)


def failed_answer(
    item: Item, anna: Actor, at: datetime, platform: FakePlatform
) -> Outgoing:
    """Order an answer that the platform refuses."""
    outgoing = actions.answer(item, SIGNED, actor=anna, at=at)
    platform.refusal = REFUSED
    carried_out(at + DELAY)
    platform.refusal = None
    outgoing.refresh_from_db()
    assert outgoing.state is OutgoingLife.failed
    return outgoing


def test_what_a_colleague_answered_is_not_undone_by_our_own_failed_text(
    item: Item,
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    platform: FakePlatform,
) -> None:
    failed_answer(item, anna, monday, platform)
    answer = told("Kl. 10. /Eva", own=True, parent_id=item.remote_id)
    fetched(library_channel, answer, at=monday + 2 * DELAY)
    item.refresh_from_db()
    assert item.state is ItemLife.answered

    for second in range(5):
        work.note_answers(monday + 2 * DELAY + timedelta(seconds=second))

    item.refresh_from_db()
    assert item.state is ItemLife.answered
    assert item.outgoing is None
    assert item.failed_at is None


def test_a_text_that_waits_for_approval_is_not_forgotten_for_a_colleagues_answer(
    item: Item, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    Outgoing.objects.update(status="awaiting")
    answer = told("Kl. 10. /Eva", own=True, parent_id=item.remote_id)

    fetched(library_channel, answer, at=monday + DELAY)

    item.refresh_from_db()
    assert item.state is ItemLife.answered
    assert item.outgoing == outgoing
    Outgoing.objects.update(status="failed")
    work.note_answers(monday + 2 * DELAY)
    item.refresh_from_db()
    assert item.state is ItemLife.answered


def test_history_whose_answers_failed_keeps_no_other_item_waiting(
    library_channel: Channel, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    connected(library_channel, anna.person, monday)
    before = monday - timedelta(days=900)
    old = [
        one(library_channel, at=monday, published_at=before)
        for _ in range(work.AT_ONCE)
    ]
    for it in old:
        actions.answer(it, SIGNED, actor=anna, at=monday)
    Outgoing.objects.update(status="failed", next_try_at=None)
    fresh = one(library_channel, at=monday)
    actions.answer(fresh, SIGNED, actor=anna, at=monday)

    carried_out(monday + DELAY)
    carried_out(monday + DELAY)

    fresh.refresh_from_db()
    assert fresh.state is ItemLife.answered
    stand = Item.objects.filter(pk__in=[it.pk for it in old])
    assert set(stand.values_list("status")) == {("history",)}
    assert not stand.filter(failed_at=None).exists()
    assert work.note_answers(monday + 2 * DELAY) == 0


Stop = Callable[[Item, Actor, datetime], object]
ENDS: dict[str, Stop] = {
    "pass by": lambda it, who, at: actions.pass_by(it, why="Nej", actor=who, at=at),
    "reopen": lambda it, who, at: actions.reopen(it, why="Fel", actor=who, at=at),
    "answer": lambda it, who, at: actions.answer(it, SIGNED, actor=who, at=at),
}
UNDER_WAY = ["awaiting", "ordered", "by_hand", "sent", "unconfirmed", "confirmed"]


@pytest.mark.parametrize("status", UNDER_WAY)
@pytest.mark.parametrize("end", ENDS.values(), ids=list(ENDS))
def test_while_a_text_is_under_way_nothing_makes_us_forget_it(
    item: Item, anna: Actor, monday: datetime, end: Stop, status: str
) -> None:
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    Outgoing.objects.update(status=status, sent_at=monday, confirmed_at=monday)

    with pytest.raises(actions.OnItsWay):
        end(item, anna, monday)

    item.refresh_from_db()
    assert item.outgoing == outgoing
    assert item.state is ItemLife.waiting


def test_an_answer_that_is_sent_and_not_seen_is_not_written_again(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    platform.hides = True
    actions.answer(item, SIGNED, actor=anna, at=monday)
    for second in range(60):
        carried_out(monday + DELAY + timedelta(seconds=second))
    item.refresh_from_db()
    assert item.outgoing and item.outgoing.state is OutgoingLife.unconfirmed
    assert item.state is ItemLife.answered
    assert item.first_contact_at == item.answered_at == monday + DELAY

    with pytest.raises(actions.OnItsWay):
        actions.reopen(item, why="Syns inte", actor=anna, at=monday + 10 * DELAY)


def test_an_answer_that_is_declared_lost_opens_the_item_with_its_old_clock(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    due = item.due_at
    platform.hides = True
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    for minute in range(90):
        carried_out(monday + DELAY + timedelta(seconds=10 * minute))
    later = monday + timedelta(minutes=20)

    outgoing.refresh_from_db()
    sending.declare_lost(outgoing, why="Finns inte där", actor=anna, at=later)
    work.note_answers(later)
    work.note_answers(later)

    item.refresh_from_db()
    assert item.state is ItemLife.waiting
    assert item.first_contact_at is None
    assert item.answered_at is None
    assert item.due_at == due
    assert item.failed_at == later


def test_a_promise_that_is_declared_lost_was_no_first_word(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    platform.hides = True
    day = date(2026, 3, 4)
    outgoing = actions.promise(item, SIGNED, day, actor=anna, at=monday)
    for minute in range(90):
        carried_out(monday + DELAY + timedelta(seconds=10 * minute))
    item.refresh_from_db()
    assert item.state is ItemLife.promised
    later = monday + timedelta(minutes=20)

    outgoing.refresh_from_db()
    sending.declare_lost(outgoing, why="Finns inte där", actor=anna, at=later)
    work.note_answers(later)

    item.refresh_from_db()
    assert item.state is ItemLife.waiting
    assert (item.first_contact_at, item.promised_for) == (None, None)
    assert item.due_at == item.first_due_at


def test_a_changed_text_does_not_make_us_forget_an_answer_on_its_way(
    item: Item, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    actions.pass_by(item, why="Tack", actor=anna, at=monday)
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    changed = told("Något helt annat?", remote_id=item.remote_id)

    fetched(library_channel, changed, at=monday + timedelta(seconds=1))

    item.refresh_from_db()
    assert item.state is ItemLife.waiting
    assert item.outgoing == outgoing
    with pytest.raises(actions.OnItsWay):
        actions.answer(item, SIGNED, actor=anna, at=monday + timedelta(seconds=2))


def test_what_is_opened_again_has_had_no_first_word_and_no_promise(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    actions.promise(item, SIGNED, date(2026, 3, 4), actor=anna, at=monday)
    carried_out(monday + DELAY)
    item.refresh_from_db()
    actions.answer(item, SIGNED, actor=anna, at=monday + 2 * DELAY)
    carried_out(monday + 4 * DELAY)
    item.refresh_from_db()

    actions.reopen(item, why="Fel svar", actor=anna, at=monday + timedelta(days=1))

    item.refresh_from_db()
    assert (item.first_contact_at, item.promised_for) == (None, None)


def test_what_a_colleague_has_in_hand_is_not_let_pass(
    item: Item, anna: Actor, person: Cast, library: Node, monday: datetime
) -> None:
    eva = person("Eva", "bibliotekarie", Role.PUBLISHER, library)
    actions.claim(item, actor=actors.of(eva, at=monday), at=monday)

    with pytest.raises(actions.Claimed):
        actions.pass_by(item, why="Nej", actor=anna, at=monday)


def test_what_the_item_has_left_behind_is_not_sent_again(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    outgoing = failed_answer(item, anna, monday, platform)
    actions.pass_by(item, why="Ringde upp", actor=anna, at=monday + 2 * DELAY)

    with pytest.raises(moves.TooLate):
        actions.retry(outgoing, actor=anna, at=monday + 3 * DELAY)

    assert Outgoing.objects.get().state is OutgoingLife.failed


@pytest.mark.parametrize("own", [True, False])
def test_a_name_too_long_for_the_database_is_cut_and_the_thread_hangs_together(
    library_channel: Channel, monday: datetime, *, own: bool
) -> None:
    long = ROOT + "x" * 600
    asked = told(
        remote_id=long, parent_id=ROOT + "y" * 600, root_id=ROOT + "z\x00" * 600
    )
    reply = told("Ja", own=own, parent_id=long, root_id=ROOT + "z\x00" * 600)

    fetched(library_channel, asked, reply, at=monday)
    fetched(library_channel, asked, reply, at=monday)

    kept, answer = Item.objects.order_by("pk")
    if kept.own:
        kept, answer = answer, kept
    names = [kept.remote_id, kept.parent_id, kept.root_id]
    assert max(map(len, names)) == 500
    assert len(set(names)) == 3
    assert not any("\x00" in name for name in names)
    assert answer.parent_id == kept.remote_id
    assert answer.root_id == kept.root_id
    assert (kept.state is ItemLife.answered) is own
    fetched(library_channel, at=monday, withdrawn=(long,))
    kept.refresh_from_db()
    assert kept.gone_at


def test_a_fault_with_one_item_keeps_no_other_unnoted(
    item: Item,
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    platform: FakePlatform,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = one(library_channel, at=monday)
    for it in (item, other):
        actions.answer(it, SIGNED, actor=anna, at=monday)

    def breaks(it: Item, *, at: datetime) -> None:
        if it.pk == item.pk:
            raise ValueError(it.pk)
        noting.note(it, at=at)

    monkeypatch.setattr(work, "note", breaks)

    carried_out(monday + DELAY)

    other.refresh_from_db()
    assert other.state is ItemLife.answered
