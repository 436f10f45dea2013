"""Notes to colleagues on an item: for staff only, never sent, part of its history.

A note is never changed: what turns out wrong is put right by a new one.
"""

from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import deeds
from uppsikt.inbox.models import Deed, Item
from uppsikt.policy.roles import Right

LONGEST: Final = 4000


class Blank(Exception):
    """Nothing is written."""


def add(item: Item, text: str, *, actor: Actor, at: datetime) -> Deed:
    """Keep a note on the item for colleagues to read.

    Raises:
        Blank: there is nothing in it.
        PermissionDenied: the item's text is for few, and the actor is none of them.
    """
    moves.must(Right.NOTE, actor, item.path, at=at)
    if item.restricted and not actor.reads_restricted(item.path):
        raise PermissionDenied
    if not text.strip():
        raise Blank
    return deeds.write(
        Deed.Kind.NOTE, item, {}, actor=actor, at=at, text=text.strip()[:LONGEST]
    )
