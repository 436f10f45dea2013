"""The municipality's places: committees, departments and units, and who tends them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from pydantic import JsonValue

from uppsikt.governance import moves, people
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.records import ledger

Kind = Node.Kind
BELOW: Final[Mapping[str, tuple[Kind, ...]]] = {
    Kind.MUNICIPALITY: (Kind.COMMITTEE, Kind.DEPARTMENT),
    Kind.COMMITTEE: (Kind.DEPARTMENT,),
    Kind.DEPARTMENT: (Kind.UNIT,),
    Kind.UNIT: (Kind.UNIT,),
}
MOST_LEVELS: Final = 8


class WrongPlace(Exception):
    """A place of that kind does not belong there."""


class NameTaken(Exception):
    """A place beside it has that name already."""


class StillUsed(Exception):
    """Something open stands below the place; `names` says what."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Branch:
    """A place with what stands below it; `channels` are those directly at it."""

    node: Node
    channels: int
    below: list["Branch"]


def tree() -> list[Branch]:
    """Return the municipality with all places below it, by name, in one question."""
    children: dict[int | None, list[Node]] = {}
    for node in Node.objects.order_by("name", "pk"):
        children.setdefault(node.parent_id, []).append(node)
    return _branches(None, children)


def _branches(
    parent: int | None, children: Mapping[int | None, list[Node]]
) -> list[Branch]:
    return [
        Branch(node, _channels(children.get(node.pk, ())), _branches(node.pk, children))
        for node in children.get(parent, ())
        if node.kind != Kind.CHANNEL
    ]


def _channels(nodes: Iterable[Node]) -> int:
    return sum(n.kind == Kind.CHANNEL and n.closed_at is None for n in nodes)


def kinds_below(node: Node) -> tuple[Kind, ...]:
    """Return the kinds of places that may be added below `node`."""
    if node.closed_at is not None or node.path.count("/") >= MOST_LEVELS:
        return ()
    return BELOW.get(node.kind, ())


@transaction.atomic
def found(name: str, *, actor: Actor, at: datetime) -> Node:
    """Make the municipality itself, at the first start."""
    return _plant(Kind.MUNICIPALITY, name, None, actor=actor, at=at)


@transaction.atomic
def add(kind: str, name: str, parent: Node, *, actor: Actor, at: datetime) -> Node:
    """Add a place below `parent`; channels and roles can be at it from now on.

    Raises:
        NotYours: the actor does not tend the organisation there.
        WrongPlace: no such place belongs there, or `parent` is closed.
        NameTaken: a place beside it is called so.
    """
    parent = _tended(parent, actor)
    if kind not in kinds_below(parent):
        raise WrongPlace
    _must_be_free(name, parent)
    return _plant(kind, name, parent, actor=actor, at=at)


@transaction.atomic
def rename(node: Node, name: str, *, actor: Actor, at: datetime) -> None:
    """Give a place another name; what was done there before is still its own.

    Raises:
        NotYours, NameTaken: as `add`.
        TooLate: it is closed.
    """
    node = _tended(node, actor)
    if node.closed_at is not None:
        raise moves.TooLate
    _must_be_free(name, node.parent, but=node)
    told: dict[str, JsonValue] = {"before": node.name, "after": name}
    Node.objects.filter(pk=node.pk).update(name=name)
    _write("place.rename", node, told, actor=actor, at=at)


@transaction.atomic
def close(node: Node, *, actor: Actor, at: datetime) -> None:
    """Close a place: nobody gets a role or applies for a channel there any more.

    The roles that are held there go on, so that what was done can still be opened.

    Raises:
        NotYours: as `add`.
        WrongPlace: it is the municipality itself.
        StillUsed: a channel or a place below it is open.
        TooLate: it is closed already.
    """
    node = _tended(node, actor)
    if node.parent is None:
        raise WrongPlace
    if used := open_below(node):
        raise StillUsed(used)
    if not Node.objects.filter(pk=node.pk, closed_at=None).update(closed_at=at):
        raise moves.TooLate
    _write("place.close", node, {}, actor=actor, at=at)


def open_below(node: Node) -> list[str]:
    """Return the names of the channels and places below `node` that are open."""
    below = Node.objects.filter(path__startswith=node.path, closed_at=None)
    names = below.exclude(pk=node.pk).order_by("path").values_list("name", flat=True)
    return list(names)


def _tended(node: Node, actor: Actor) -> Node:
    """Return the place as it is now, locked, if the actor tends it."""
    moves.require(actor, node.path, people.KEEPERS)
    return Node.objects.select_for_update().get(pk=node.pk)


def _must_be_free(name: str, parent: Node | None, but: Node | None = None) -> None:
    beside = Node.objects.filter(parent=parent, closed_at=None, name__iexact=name)
    others = beside.exclude(pk=but.pk) if but else beside
    if others.exclude(kind=Kind.CHANNEL).exists():
        raise NameTaken


def _plant(
    kind: str, name: str, parent: Node | None, *, actor: Actor, at: datetime
) -> Node:
    node = Node.plant(kind, name, parent)
    told: dict[str, JsonValue] = {
        "kind": kind,
        "name": name,
        "parent": node.parent_id or 0,
    }
    _write("place.add", node, told, actor=actor, at=at)
    return node


def _write(
    act: str, node: Node, told: dict[str, JsonValue], *, actor: Actor, at: datetime
) -> None:
    ledger.append(act, f"node:{node.pk}", told, actor=actor.name, at=at)
