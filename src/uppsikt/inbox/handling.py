"""What the page of an item offers beside an answer: hand on, put aside, note."""

from typing import Any

from uppsikt.governance import moves
from uppsikt.governance.request import Request
from uppsikt.inbox import assigning
from uppsikt.inbox.handling_forms import AssignForm, NoteForm, SnoozeForm
from uppsikt.inbox.models import Item
from uppsikt.policy.roles import Right


def forms(item: Item, request: Request) -> dict[str, Any]:
    """Return the forms that this person may use on this item; one query."""

    def may(right: Right) -> bool:
        return moves.may(right, request.actor, item.path, at=request.now)

    told: dict[str, Any] = {}
    if may(Right.NOTE):
        told["note_form"] = NoteForm()
    if item.open and may(Right.ASSIGN):
        people = assigning.may_answer([item.path], at=request.now)
        told["assign_form"] = AssignForm(None, people)
    if item.open and may(Right.SNOOZE):
        told["snooze_form"] = SnoozeForm(None, request.now)
    return told
