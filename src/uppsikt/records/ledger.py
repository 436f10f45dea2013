"""The only door into the record: every act, in order, so that a change would show.

An act inserts its leaf without a number, in its own transaction. One sequencer numbers
what has been committed, grows the tree and signs a checkpoint (RFC 6962, C2SP). What a
leaf commits to lies in its opening, which disposal can empty. (D-38)
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from django.db import connection, transaction

from uppsikt.archive import batch, canonical, commitment, merkle, note
from uppsikt.archive import proof as proofs
from uppsikt.archive.batch import Membership
from uppsikt.archive.canonical import Value
from uppsikt.records import bulk, keys, openings, tree
from uppsikt.records.models import Checkpoint, Entry, Log, Opening
from uppsikt.records.openings import HEAD
from uppsikt.records.openings import JsonValue as JsonValue  # noqa: PLC0414 (known from here)

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_ONCE = 10_000
"""Entries under one checkpoint at most, so that nobody waits long for the lock."""


class NotSealed(Exception):
    """The entry does not stand under a checkpoint yet; it will within a second."""


class Disposed(Exception):
    """What the entry opens to has been disposed of; `under` names the decision."""

    def __init__(self, under: str) -> None:
        super().__init__(under)
        self.under = under


def append(
    act: str, subject: str, facts: Mapping[str, JsonValue], *, actor: str, at: datetime
) -> Entry:
    """Record that `actor` did `act` to `subject`, in the caller's transaction.

    Facts lie in the entry's opening, which disposal can empty (`dispose`), reasons in
    words among them; the leaf holds no more than a commitment to them. What is large
    goes to the vault. `at` is recorded as given; the order is the log's.

    Raises:
        openings.ReservedName: a fact is called as a field that every act has.
        canonical.NotCanonical: a fact that JSON cannot hold in one way.
    """
    content = openings.fields(act, subject, facts, actor=actor, at=at)
    opening = openings.alone(content)
    leaf = commitment.leaf_data("entry", commitment.commitment_of(opening))
    return _insert(Entry(leaf=leaf, act=act, subject=subject, at=at), opening)


def append_each(
    act: str,
    told: Mapping[str, Mapping[str, JsonValue]],
    *,
    actor: str,
    at: datetime,
) -> list[Entry]:
    """Record one act that `actor` did to many, an entry for each; `told` by subject.

    What `append` would do for each in turn, by as many statements as for one.

    Raises:
        openings.ReservedName, canonical.NotCanonical: as `append`.
    """
    stored = [
        openings.alone(openings.fields(act, subject, facts, actor=actor, at=at))
        for subject, facts in told.items()
    ]
    leaves = (
        commitment.leaf_data("entry", commitment.commitment_of(o)) for o in stored
    )
    made = zip(leaves, told, strict=True)
    return _insert_each(
        [Entry(leaf=b, act=act, subject=s, at=at) for b, s in made], stored
    )


def append_batch(
    act: str,
    subject: str,
    members: Sequence[Mapping[str, JsonValue]],
    facts: Mapping[str, JsonValue],
    *,
    actor: str,
    at: datetime,
) -> Entry:
    """Record many things of one act, such as a fetch, as one leaf.

    The act's own facts are the batch's head; members follow, numbered from 1. Each can
    be shown and proved without the others.

    Raises:
        commitment.BadOpening: a member without facts.
        openings.ReservedName, canonical.NotCanonical: as `append`.
    """
    head = openings.fields(act, subject, facts, actor=actor, at=at)
    stored = openings.together([head, *map(openings.spelled, members)])
    leaf = batch.batch_leaf(openings.commitments(stored))
    return _insert(Entry(leaf=leaf, act=act, subject=subject, at=at), stored)


def opened(entry: Entry) -> dict[str, Value]:
    """Return the act's fields: `act`, `subject`, `actor`, `at` and its facts.

    Raises:
        Disposed: the opening is empty.
    """
    return commitment.open_fields(opening_of(entry))


def members(entry: Entry) -> list[dict[str, Value]]:
    """Return the facts of each member of a batch, in order; none for a single act.

    Raises:
        Disposed: the opening is empty.
    """
    return list(fields(entry)["members"][1:]) if is_batch(entry) else []


def opening_of(entry: Entry, member: int = HEAD) -> commitment.Opening:
    """Return what it takes to show the act itself, or a member of its batch.

    Raises:
        Disposed: the opening is empty.
        IndexError: the batch has no such member.
    """
    stored = fields(entry)
    return openings.opening_at(stored, member) if is_batch(entry) else stored


def place_of(entry: Entry, member: int = HEAD) -> Membership | None:
    """Return the path from the head or a member to the batch's leaf, if it is a batch.

    Raises:
        Disposed: the opening is empty, and with it every path.
    """
    if not is_batch(entry):
        return None
    return batch.membership(member, openings.commitments(fields(entry)))


def fields(entry: Entry) -> dict[str, Any]:
    """Return what the row of openings holds, as `openings` lays it out.

    Raises:
        Disposed: it is empty.
    """
    opening = entry.opening
    if opening.fields is None:
        raise Disposed(opening.disposed_under)
    return cast("dict[str, Any]", opening.fields)


def leaf_of(entry: Entry) -> commitment.Leaf:
    """Read what stands in the log for the entry."""
    return cast(commitment.Leaf, canonical.loads(bytes(entry.leaf)))


def is_batch(entry: Entry) -> bool:
    """Tell whether the entry stands for many things."""
    return leaf_of(entry)["kind"] == "batch"


def dispose(entry: Entry, *, under: str) -> None:
    """Empty what the entry opens to, by the decision `under`; every proof still holds.

    The caller records the act of disposal.
    """
    rows = Opening.objects.filter(entry=entry, fields__isnull=False)
    rows.update(fields=None, disposed_under=under)


def sequence(now: datetime) -> int:
    """Number what has been committed, grow the tree, sign a checkpoint; tell how many.

    Safe to run anywhere at any time: whoever finds that the log has moved on lets be.
    Numbers follow the order of insertion; what was committed late gets the next one. At
    most `AT_ONCE` at a time, so a caller that is behind calls until the answer is 0.

    Raises:
        keys.KeyMissing: the log was signed before, and its key is gone.
    """
    if not _waiting().exists():
        return 0
    with _on_disk(), transaction.atomic():
        log = _turn()
        return 0 if log is None else _sequence(log, now)


def is_sealed(entry: Entry) -> bool:
    """Tell whether the entry stands under a stored checkpoint."""
    number = _number_of(entry)
    return number is not None and Checkpoint.objects.filter(size__gt=number).exists()


def latest() -> Checkpoint | None:
    """Return the newest checkpoint, if there is any."""
    return Checkpoint.objects.order_by("-size").first()


def proof(entry: Entry, checkpoint: Checkpoint | None = None) -> str:
    """Write the `.tlog-proof` that the entry stands in the log, by a few rows.

    Raises:
        NotSealed: it does not stand under the checkpoint (the newest if none is given).
    """
    number, under = _number_of(entry), checkpoint or latest()
    if number is None or under is None or under.size <= number:
        raise NotSealed(str(entry.pk))
    return proofs.write(number, tree.inclusion(number, under.size), under.note)


@transaction.atomic(savepoint=False)
def _insert(entry: Entry, stored: Mapping[str, Any]) -> Entry:
    entry.save(force_insert=True)
    Opening(entry=entry, fields=stored).save(force_insert=True)
    return entry


@transaction.atomic(savepoint=False)
def _insert_each(
    entries: Sequence[Entry], stored: Sequence[Mapping[str, Any]]
) -> list[Entry]:
    kept = bulk.create(entries)
    rows = [(e.pk, fields, "") for e, fields in zip(kept, stored, strict=True)]
    bulk.insert(Opening, ("entry_id", "fields", "disposed_under"), rows)
    return kept


def _number_of(entry: Entry) -> int | None:
    """Return the number; one that was given after the row was read is fetched."""
    if entry.number is None:
        entry.refresh_from_db(fields=["number"])
    return entry.number


@contextmanager
def _on_disk() -> Iterator[None]:
    """Let the commit within, and every commit before it, outlive a power failure.

    SQLite's log of writes is flushed for it, which other commits are spared: what may
    be done only to sealed evidence is then not done to evidence that can still vanish.
    """
    lazy = connection.vendor == "sqlite" and not connection.in_atomic_block
    if not lazy:
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA synchronous").fetchone()
        cursor.execute("PRAGMA synchronous = FULL")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous = {int(usual)}")


def _waiting() -> "QuerySet[Entry]":
    return Entry.objects.filter(number=None).order_by("pk")


def _sequence(log: Log, now: datetime) -> int:
    rows = _waiting()[:AT_ONCE].values_list("pk", "leaf")
    waiting = [(pk, bytes(leaf)) for pk, leaf in rows]
    if waiting:
        _number([pk for pk, _ in waiting], log.size)
        _grow(log, [leaf for _, leaf in waiting])
        _sign(log, now)
    return len(waiting)


def _turn() -> Log | None:
    """Lock the log's row, unless somebody has moved the log since we read it.

    A compare-and-swap by which the row is written although nothing changes yet: so it
    is locked on every database until this transaction ends.
    """
    log, _ = Log.objects.get_or_create(pk=1)
    ours = Log.objects.filter(pk=1, size=log.size).update(size=log.size)
    return log if ours else None


def _number(waiting: Sequence[int], first: int) -> None:
    name = connection.ops.quote_name
    update = (
        f"UPDATE {name(Entry._meta.db_table)} SET {name('number')} = %s "  # noqa: S608 (our own names)
        f"WHERE {name('id')} = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(update, [(first + i, pk) for i, pk in enumerate(waiting)])


def _grow(log: Log, leaves: Sequence[bytes]) -> None:
    grown = tree.restored(log)
    completed = [grown.append(merkle.leaf_hash(leaf)) for leaf in leaves]
    tree.store(chain.from_iterable(completed))
    log.size = grown.size
    log.frontier = [digest.hex() for digest in grown.frontier]
    log.save(update_fields=["size", "frontier"])


def _sign(log: Log, now: datetime) -> None:
    if not Checkpoint.objects.exists():
        keys.make_log_key()
    root = tree.restored(log).root()
    text = note.Checkpoint(keys.origin(), log.size, root).text()
    signed = keys.sign(text)
    Checkpoint.objects.create(size=log.size, root=root, note=signed, at=now)
