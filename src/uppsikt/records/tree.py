"""The log's tree as it lies in the database, and the proofs that are read from it."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from django.db import connection
from django.db.models import Q

from uppsikt.archive import merkle
from uppsikt.archive.merkle import Node, Store, Tree
from uppsikt.records.models import Entry, Log, TreeNode

Place: TypeAlias = tuple[int, int]
Path: TypeAlias = list[bytes]


class Broken(Exception):
    """A node that the log's size demands is not stored."""


def restored(log: Log) -> Tree:
    """Go on from where the log is."""
    return Tree.restore(log.size, [bytes.fromhex(digest) for digest in log.frontier])


def store(nodes: Iterable[Node]) -> None:
    """Store completed subtrees; single leaves follow from their entries.

    One statement for all, by hand: this is done for every act there is.
    """
    rows = [node for node in nodes if node[0]]
    name = connection.ops.quote_name
    columns = ", ".join(name(column) for column in ("level", "index", "hash"))
    table = name(TreeNode._meta.db_table)
    insert = f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s)"  # noqa: S608 (our own names)
    with connection.cursor() as cursor:
        cursor.executemany(insert, rows)


def inclusion(index: int, size: int) -> Path:
    """Prove that leaf `index` is among the first `size`, by a few rows.

    Raises:
        merkle.OutOfTree: there is no such leaf.
        Broken: a node is missing.
    """
    return _proved(lambda fetch: merkle.inclusion_proof_from(fetch, index, size))


def _proved(prove: Callable[[Store], Path]) -> Path:
    """Run a proof twice: to learn which nodes it asks for, and with them fetched."""
    places: list[Place] = []

    def noted(level: int, index: int) -> bytes:
        places.append((level, index))
        return merkle.EMPTY_ROOT

    prove(noted)
    found = _fetched(places)
    return prove(lambda level, index: found[level, index])


def _fetched(places: list[Place]) -> dict[Place, bytes]:
    found = {**_leaves(places), **_nodes(places)}
    if missing := set(places) - found.keys():
        raise Broken(str(sorted(missing)))
    return found


def _leaves(places: list[Place]) -> dict[Place, bytes]:
    numbers = [index for level, index in places if level == 0]
    rows = Entry.objects.filter(number__in=numbers).values_list("number", "leaf")
    return {(0, n): merkle.leaf_hash(bytes(leaf)) for n, leaf in rows if n is not None}


def _nodes(places: list[Place]) -> dict[Place, bytes]:
    wanted = Q()
    for level, index in places:
        if level:
            wanted |= Q(level=level, index=index)
    if not wanted:
        return {}
    rows = TreeNode.objects.filter(wanted).values_list("level", "index", "hash")
    return {(level, index): bytes(digest) for level, index, digest in rows}
