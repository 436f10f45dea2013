"""Give an item to a colleague, who then has it among their own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Q

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, User
from uppsikt.inbox import actions, deeds
from uppsikt.inbox.deeds import Closed
from uppsikt.inbox.models import Deed, Item
from uppsikt.policy.roles import Right

MOST: Final = 200
"""Colleagues to choose among; a municipality has fewer who answer in one place."""


class CannotAnswer(Exception):
    """The colleague may not answer there, so the item is not theirs to get."""

    def __init__(self, who: User) -> None:
        super().__init__(str(who))
        self.who = who


def assign(
    item: Item, to: User, *, actor: Actor, at: datetime, order: str = ""
) -> Deed:
    """Give the item to `to`, and let go of it if it is in one's own hands.

    Raises:
        CannotAnswer: `to` may not answer in the item's channel.
        Closed: the item does not wait for an answer.
    """
    moves.must(Right.ASSIGN, actor, item.path, at=at)
    if not item.open:
        raise Closed
    if to not in may_answer([item.path], at=at):
        raise CannotAnswer(to)
    changes: dict[str, object] = {"assigned_to_id": to.pk}
    if item.claimed_by_id and item.claimed_by_id != to.pk:
        changes |= {"claimed_by_id": None, "claimed_at": None}
    return deeds.write(
        Deed.Kind.ASSIGN, item, changes, actor=actor, at=at, order=order, to=to
    )


def may_answer(paths: Iterable[str], *, at: datetime) -> list[User]:
    """Return, by name, who may answer at any of `paths` at `at`; one query."""
    above = {place for path in paths for place in _places(path)}
    held = Assignment.objects.holding(at).filter(
        Q(node__path__in=above), role__in=actions.answerers(at)
    )
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(people.order_by("first_name", "last_name", "pk")[:MOST])


def _places(path: str) -> list[str]:
    """Return the path and each above it: "1/4/9/" gives "1/", "1/4/" and itself."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
