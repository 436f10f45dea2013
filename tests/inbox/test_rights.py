"""Who may do what with an item, and which move leads where."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.inbox.tales import SIGNED
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Step
from uppsikt.inbox import actions
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", ["answer", "promise", "pass_by", "claim", "release"])
def test_a_role_at_another_node_does_nothing_here(
    item: Item, david: Actor, monday: datetime, act: str
) -> None:
    acts: dict[str, Callable[[], object]] = {
        "answer": lambda: actions.answer(item, SIGNED, actor=david, at=monday),
        "promise": lambda: actions.promise(
            item, SIGNED, date(2026, 3, 4), actor=david, at=monday
        ),
        "pass_by": lambda: actions.pass_by(item, why="x", actor=david, at=monday),
        "claim": lambda: actions.claim(item, actor=david, at=monday),
        "release": lambda: actions.release(item, actor=david, at=monday),
    }

    with pytest.raises(moves.NotYours):
        acts[act]()

    item.refresh_from_db()
    assert item.state is ItemLife.waiting
    assert item.outgoing is None
    assert not Step.objects.filter(subject=item.subject).exists()


def test_a_registrar_reads_but_does_not_answer(
    item: Item, rut: Actor, monday: datetime
) -> None:
    assert Item.objects.visible_to(rut).get() == item

    with pytest.raises(moves.NotYours):
        actions.answer(item, SIGNED, actor=rut, at=monday)


def test_an_outsider_sees_nothing(item: Item, david: Actor) -> None:
    assert not Item.objects.visible_to(david).exists()


ANSWERING = {"answer", "refer", "move_on"}
EDGES = [
    ("waiting", {*ANSWERING, "promise", "pass_by"}),
    ("promised", {*ANSWERING, "pass_by", "reopen"}),
    ("answered", {"reopen"}),
    ("referred", {"reopen"}),
    ("moved", {"reopen"}),
    ("passed_by", {*ANSWERING, "keep_promise", "reopen"}),
    ("history", {*ANSWERING, "reopen"}),
    ("ours", set[str]()),
]


@pytest.mark.parametrize(("status", "onward"), EDGES)
def test_each_state_leads_where_the_guideline_lets_it(
    status: str, onward: set[str]
) -> None:
    assert {m.name for m in ItemLife.onward(status)} == onward


@pytest.mark.parametrize(("status", "onward"), EDGES)
def test_a_move_that_does_not_start_here_comes_too_late(
    item: Item, anna: Actor, monday: datetime, status: str, onward: set[str]
) -> None:
    item.status = status
    refused = set(ItemLife.moves) - onward - {"receive", "file", "note"}

    for name in refused:
        with pytest.raises(moves.TooLate):
            moves.make(ItemLife.moves[name], item, actor=anna, at=monday, why="x")
