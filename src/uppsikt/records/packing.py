"""Handing out what happened, with its proofs, so that a stranger can check it."""

import hashlib
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from uppsikt.archive import commitment, manifest, package
from uppsikt.archive.record import FILES, Record
from uppsikt.records import files, keys, ledger, vault
from uppsikt.records.ledger import NotSealed as NotSealed  # noqa: PLC0414 (raised here too)
from uppsikt.records.models import Blob, Checkpoint, Entry, Package
from uppsikt.records.openings import HEAD

ZIP = "application/zip"


class Restricted(Exception):
    """A file is restricted and was not asked for by its name."""


class NotNamed(Exception):
    """The act does not name the file, so the log cannot vouch for it as evidence."""


@dataclass(frozen=True, slots=True)
class File:
    """Bytes to enclose: `name` as the receiver sees it, and what they are.

    The role `evidence` demands that the act it stands under names their SHA-256.
    """

    blob: Blob
    name: str
    role: str = manifest.EVIDENCE


@dataclass(frozen=True, slots=True)
class Act:
    """An entry to show, or a member of its batch, without the fields in `masked`."""

    entry: Entry
    member: int = HEAD
    masked: Collection[str] = ()
    files: Sequence[File] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """What to hand out. `restricted` names the restricted files that are asked for.

    `title` and `recipient` are for people, as is `on_behalf`: who answers for it.
    """

    title: str
    subject: str
    path: str
    recipient: str
    on_behalf: str
    guideline: str
    acts: Sequence[Act]
    restricted: Collection[str] = field(default=())


def pack(selection: Selection, *, actor: str, at: datetime) -> Package:
    """Build a package, keep it in the vault, and record that it was made.

    Records are numbered from 1 in the order of `acts`; where each stands in the log is
    in its proof. A package with anything restricted in it is restricted itself.

    Raises:
        NotSealed: an entry does not stand under a checkpoint yet; try in a second.
        Restricted: a restricted file was not asked for by name.
        NotNamed: an act does not name a file that should be its evidence.
        ledger.Disposed: a batch that was disposed of has no members to show.
        package.UnsafeName, manifest.NotManifest: a name that cannot be used, or twice.
        vault.Damaged, vault.Disposed: a file's bytes are not there.
        vault.NoRoom: the disk is full; nothing was kept.
    """
    newest = _refuse_early(selection)
    drafts = Path(settings.VAULT)
    with files.room(), tempfile.TemporaryDirectory(dir=_made(drafts)) as folder:
        out = Path(folder) / "package.zip"
        digest = package.write(out, _contents(selection, newest, at))
        with transaction.atomic():
            blob = vault.keep_file(
                out, ZIP, at=at, restricted=bool(_restricted(selection))
            )
            return _record(selection, blob, digest, actor=actor, at=at)


def _refuse_early(selection: Selection) -> Checkpoint:
    """Return the newest checkpoint, if everything may go out and stands under it."""
    if names := _restricted(selection) - set(selection.restricted):
        raise Restricted(", ".join(sorted(names)))
    unsealed = [a.entry for a in selection.acts if not ledger.is_sealed(a.entry)]
    newest = ledger.latest()
    if newest is None or unsealed:
        raise NotSealed(", ".join(map(str, unsealed)))
    return newest


def _restricted(selection: Selection) -> set[str]:
    return {f.name for a in selection.acts for f in a.files if f.blob.restricted}


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _contents(
    selection: Selection, newest: Checkpoint, at: datetime
) -> package.Package:
    return package.Package(
        what=selection.title,
        recipient=selection.recipient,
        made_at=at,
        made_by=selection.on_behalf,
        guideline=selection.guideline,
        records=_records(selection, newest),
        files=_files(selection),
        checkpoint=newest.note,
        key=keys.verifier_key(),
        sign=keys.sign,
    )


def _records(selection: Selection, newest: Checkpoint) -> Iterator[tuple[Record, str]]:
    for number, act in enumerate(selection.acts, 1):
        yield _shown(number, act), ledger.proof(act.entry, newest)


def _shown(number: int, act: Act) -> Record:
    try:
        opening = ledger.opening_of(act.entry, act.member)
    except ledger.Disposed:
        if ledger.is_batch(act.entry):
            raise
        known = bytes.fromhex(ledger.leaf_of(act.entry)["commitment"])
        return Record(number, known, None)
    known = commitment.commitment_of(opening)
    shown = commitment.mask(opening, act.masked)
    return Record(number, known, shown, ledger.place_of(act.entry, act.member))


def _files(selection: Selection) -> Iterator[package.File]:
    for number, act in enumerate(selection.acts, 1):
        for file in act.files:
            yield _enclosed(number, act, file)


def _enclosed(number: int, act: Act, file: File) -> package.File:
    def opened() -> IO[bytes]:
        data = vault.open_(file.blob)
        if file.role == manifest.EVIDENCE:
            _refuse_unnamed(act, file, data)
        return BytesIO(data)

    return package.File(file.name, opened, file.blob.media_type, file.role, number)


def _refuse_unnamed(act: Act, file: File, data: bytes) -> None:
    opening = ledger.opening_of(act.entry, act.member)
    named = commitment.open_fields(opening).get(FILES)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    if not isinstance(named, list) or digest not in named or FILES in act.masked:
        raise NotNamed(file.name)


def _record(
    selection: Selection, blob: Blob, digest: str, *, actor: str, at: datetime
) -> Package:
    facts: dict[str, ledger.JsonValue] = {
        "records": len(selection.acts),
        "restricted": len(_restricted(selection)),
        FILES: [f"sha256:{digest}"],
    }
    subject = selection.subject
    entry = ledger.append("package.make", subject, facts, actor=actor, at=at)
    return Package.objects.create(
        blob=blob,
        digest=digest,
        title=selection.title,
        subject=subject,
        path=selection.path,
        made_at=at,
        made_by=actor,
        entry=entry,
    )
