"""Takes in a list of channels: uploaded, looked through, carried out, or undone."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from django.db import transaction

from uppsikt.channels import entering, headings, importing
from uppsikt.channels.headings import Layout
from uppsikt.channels.importing import Judged, Known
from uppsikt.channels.models import Channel, Import, ImportedRow
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_, Message
from uppsikt.records import bulk, ledger, tables, vault
from uppsikt.records.table_rows import Table, Unreadable

if TYPE_CHECKING:
    from django.core.files.base import File

Facts: TypeAlias = Mapping[str, ledger.JsonValue]

MOST_ROWS: Final = 2000
"""How many rows a list may have: ten times what a large municipality has."""
WAITS: Final = timedelta(days=1)
"""How long a file waits to be carried out before it is forgotten."""
_MEDIA: Final = "application/octet-stream"
_FORGOTTEN: Final = "Uppsikt: filen är inläst eller övergiven"


class AlreadyTaken(Exception):
    """The import was carried out, undone or forgotten before."""


class NothingToEnter(Exception):
    """No row of the file can be entered."""


class Touched(Exception):
    """Something has happened to channels of the import, so it stands."""

    def __init__(self, channels: list[Channel]) -> None:
        super().__init__(", ".join(channel.name for channel in channels))
        self.channels = channels


def must_import(actor: Actor, *, at: datetime) -> None:
    """Raise `NotYours` unless the guideline lets the actor take in lists (R-3.2-1)."""
    moves.require(actor, _top(), rules.in_force(at).holders(Right.IMPORT))


def may_import(actor: Actor, *, at: datetime) -> bool:
    """Tell whether the guideline lets the actor take in lists."""
    return moves.may(Right.IMPORT, actor, _top(), at=at)


@transaction.atomic
def upload(file: "File[bytes]", *, actor: Actor, at: datetime) -> Import:
    """Keep an uploaded list until it is carried out; nothing is entered yet.

    Raises:
        Unreadable: too large, too long, damaged, or no list at all; nothing is kept.
        files.NoRoom: the disk is full.
    """
    must_import(actor, at=at)
    if file.size > tables.LARGEST:
        words = N_("The file is larger than %(limit)d MB, which is the most.")
        raise Unreadable(Message(words, {"limit": tables.LARGEST >> 20}))
    data = file.read()
    tables.read(data, most_rows=MOST_ROWS + 1)
    blob = vault.keep(data, _MEDIA, at=at, restricted=True)
    name = (file.name or "")[:200]
    return Import.objects.create(
        file_name=name, blob=blob, uploaded_by=actor.person, uploaded_at=at
    )


def table_of(source: Import) -> Table:
    """Return the rows of the file; raise `AlreadyTaken` when it is forgotten."""
    try:
        data = vault.open_(source.blob)
    except vault.Disposed as gone:
        raise AlreadyTaken from gone
    return tables.read(data, most_rows=MOST_ROWS + 1)


def look_through(
    source: Import, columns: Mapping[str, int] | None, *, at: datetime
) -> tuple[Layout, list[Judged]]:
    """Return what would become of each row, by columns that were chosen or recognised.

    Raises:
        AlreadyTaken: the file is forgotten.
    """
    table = table_of(source)
    layout = headings.chosen(table, columns) if columns else headings.recognised(table)
    if not layout.enough:
        return layout, []
    return layout, importing.judged(table, layout, Known(rules.in_force(at)))


@transaction.atomic
def carry_out(
    source: Import, columns: Mapping[str, int], *, actor: Actor, at: datetime
) -> int:
    """Enter every row without a fault as an unapproved account, all or none (R-4-1).

    Returns how many were entered.

    Raises:
        NothingToEnter: every row has a fault or is in the register.
        AlreadyTaken: somebody was here before.
        actions.TakenHandle: an account was entered meanwhile; nothing was stored.
    """
    must_import(actor, at=at)
    _layout, rows = look_through(source, columns, at=at)
    wanted = [row for row in rows if row.enters]
    if not wanted:
        raise NothingToEnter
    counted = {"entered": len(wanted), "passed_over": len(rows) - len(wanted)}
    claimed = Import.objects.waiting().filter(pk=source.pk)
    if not claimed.update(carried_out_at=at, **counted):
        raise AlreadyTaken
    entered = _enter(source, wanted, actor=actor, at=at)
    _note(source, "channel.import", {**counted, **_which(source, entered)}, actor, at)
    _forget(source, at)
    return len(entered)


@transaction.atomic
def undo(source: Import, *, why: str, actor: Actor, at: datetime) -> int:
    """Strike every channel of the import, while nothing has happened to any of them.

    Returns how many were struck.

    Raises:
        Touched: somebody has gone on with some of them; none is struck.
        AlreadyTaken: it was undone before, or never carried out.
    """
    must_import(actor, at=at)
    carried_out = Import.objects.carried_out().filter(pk=source.pk, undone_at=None)
    if not carried_out.update(undone_at=at, undone_by=actor.user):
        raise AlreadyTaken
    if touched := source.since_touched():
        raise Touched(touched)
    rows = source.rows.select_related("channel__node")
    channels = [row.channel for row in rows.order_by("number")]
    entering.strike_each(channels, why=why, actor=actor, at=at)
    told: Facts = {"struck": len(channels), "why": why}
    _note(source, "channel.import_undo", told, actor, at)
    return len(channels)


@transaction.atomic
def discard(source: Import, *, actor: Actor, at: datetime) -> None:
    """Throw an uploaded file away."""
    must_import(actor, at=at)
    _drop(source, at)


def forget(now: datetime) -> int:
    """Forget files that nobody carried out within a day; return how many."""
    waiting = Import.objects.waiting().uploaded_before(now - WAITS)
    left = list(waiting.select_related("blob"))
    for source in left:
        with transaction.atomic():
            _drop(source, now)
    return len(left)


def _top() -> str:
    top = Node.objects.filter(parent=None).values_list("path", flat=True)
    return top.first() or ""


def _enter(
    source: Import, rows: list[Judged], *, actor: Actor, at: datetime
) -> list[Channel]:
    placed = [(r.place, r.application) for r in rows if r.place and r.application]
    entered = entering.enter_each(placed, actor=actor, at=at)
    bulk.create(
        [
            ImportedRow(source=source, channel=channel, number=row.number)
            for row, channel in zip(rows, entered, strict=True)
        ]
    )
    return entered


def _which(source: Import, entered: list[Channel]) -> Facts:
    digest = hashlib.sha256(vault.open_(source.blob)).hexdigest()
    keys = [channel.pk for channel in entered]
    return {"file_name": source.file_name, "sha256": digest, "channels": keys}


def _note(source: Import, act: str, told: Facts, actor: Actor, at: datetime) -> None:
    ledger.append(act, f"import:{source.pk}", told, actor=actor.name, at=at)


def _drop(source: Import, at: datetime) -> None:
    _forget(source, at)
    if not Import.objects.waiting().filter(pk=source.pk).delete()[0]:
        raise AlreadyTaken


def _forget(source: Import, at: datetime) -> None:
    vault.dispose(source.blob, under=_FORGOTTEN, at=at)
