"""What its author takes away before we have answered, and what comes back."""

from datetime import datetime, timedelta

import pytest

from tests.inbox.tales import SIGNED, FakePlatform, fetched, one, told
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Step
from uppsikt.inbox import actions, withdrawal, work
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.platforms import Batch, PlatformError
from uppsikt.sending import work as post_room

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATE = timedelta(days=9)


def test_a_question_that_its_author_deletes_is_late_no_more(
    item: Item, monday: datetime, platform: FakePlatform
) -> None:
    platform.gone = {item.remote_id}
    assert list(Item.objects.overdue(monday + LATE)) == [item]

    work.fetch(monday + LATE)

    item.refresh_from_db()
    assert item.gone_at == monday + LATE
    assert item.state is ItemLife.passed_by
    assert not Item.objects.overdue(monday + LATE).exists()
    step = Step.objects.get(subject=item.subject)
    assert step.by is None
    assert step.why


def test_what_stands_is_left_alone(
    item: Item, monday: datetime, platform: FakePlatform
) -> None:
    work.fetch(monday)

    item.refresh_from_db()
    assert item.state is ItemLife.waiting
    assert item.gone_at is None


def test_open_items_are_looked_up_in_turn_and_never_many_at_once(
    item: Item,
    library_channel: Channel,
    monday: datetime,
    platform: FakePlatform,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(withdrawal, "LOOKED_UP", 2)
    others = [one(library_channel, at=monday).remote_id for _ in range(2)]

    for minute in range(4):
        work.fetch(monday + minute * MINUTE)

    first = [item.remote_id, others[0]]
    assert platform.looked_up == [*first, others[1], *first, others[1]]


def test_what_a_person_entered_or_has_dealt_with_is_not_looked_up(
    item: Item,
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    platform: FakePlatform,
) -> None:
    actions.pass_by(item, why="Tack", actor=anna, at=monday)
    batch = Batch(items=(told(),), cursor="")
    manual = Item.How.MANUAL
    actions.take_in(library_channel, batch, how=manual, actor=anna, at=monday)

    work.fetch(monday)

    assert platform.looked_up == []


def test_a_fault_while_looking_up_is_told_and_nothing_is_called_gone(
    item: Item,
    monday: datetime,
    platform: FakePlatform,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(names: object) -> tuple[str, ...]:
        raise PlatformError("slow down", permanent=False)

    monkeypatch.setattr(platform, "missing", refuse)

    work.fetch(monday)

    item.refresh_from_db()
    assert item.gone_at is None
    assert Connection.objects.get().problem == "slow down"


def test_what_is_back_waits_again_with_the_clock_that_it_had(
    item: Item, library_channel: Channel, monday: datetime
) -> None:
    due = item.due_at
    withdrawn = (item.remote_id,)
    fetched(library_channel, at=monday + MINUTE, withdrawn=withdrawn)
    same = told(item.text, remote_id=item.remote_id)

    fetched(library_channel, same, at=monday + 2 * MINUTE)

    item.refresh_from_db()
    assert item.state is ItemLife.waiting
    assert item.gone_at is None
    assert item.due_at == due


def test_what_a_person_let_pass_stays_so_when_it_comes_back(
    item: Item, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    actions.pass_by(item, why="Tack", actor=anna, at=monday)
    fetched(library_channel, at=monday + MINUTE, withdrawn=(item.remote_id,))
    same = told(item.text, remote_id=item.remote_id)

    fetched(library_channel, same, at=monday + 2 * MINUTE)

    item.refresh_from_db()
    assert item.state is ItemLife.passed_by


def test_with_an_answer_on_its_way_the_item_waits_for_what_becomes_of_it(
    item: Item,
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    platform: FakePlatform,
) -> None:
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    fetched(library_channel, at=monday, withdrawn=(item.remote_id,))
    item.refresh_from_db()
    assert item.state is ItemLife.waiting
    assert item.outgoing == outgoing
    platform.refusal = PlatformError("gone", permanent=True)

    post_room.send(monday + MINUTE)
    work.note_answers(monday + MINUTE)

    item.refresh_from_db()
    assert item.state is ItemLife.passed_by
