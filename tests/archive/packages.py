"""Packages to spoil: a small log with whole, masked, batched and disposed records."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from uppsikt.archive import batch, commitment, merkle, note, package, proof
from uppsikt.archive.canonical import Value
from uppsikt.archive.package import File, Package
from uppsikt.archive.record import Record

ORIGIN = "kommun.example/liggare"
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
FOREIGN_KEY = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
PICTURE = b"\x89PNG picture of a comment" * 9


def vkey(key: Ed25519PrivateKey = KEY) -> str:
    return note.verifier_key(ORIGIN, key.public_key())


def salts(names: Sequence[str]) -> dict[str, bytes]:
    return {name: sha256(name.encode()).digest()[:16] for name in names}


def act(number: int, **more: Value) -> commitment.Opening:
    fields: dict[str, Value] = {
        "kind": "removed",
        "at": "2026-03-02T08:15:00Z",
        "text": f"kommentar {number}",
        **more,
    }
    return commitment.opening(fields, salts(sorted(fields)))


class Log:
    """Four acts: whole with evidence, masked, member of a batch, and disposed of."""

    def __init__(self, key: Ed25519PrivateKey = KEY, picture: bytes = PICTURE) -> None:
        named = [f"sha256:{sha256(picture).hexdigest()}"]
        acts = [act(0, files=named), act(1), act(2), act(3)]
        sealed = [commitment.commitment_of(each) for each in acts]
        members = [sealed[2], b"m" * 32, b"n" * 32]
        leaves = [
            commitment.leaf_data("entry", sealed[0]),
            commitment.leaf_data("entry", sealed[1]),
            batch.batch_leaf(members),
            commitment.leaf_data("entry", sealed[3]),
        ]
        self.hashes = [merkle.leaf_hash(leaf) for leaf in [*leaves, b"later"]]
        checkpoint = note.Checkpoint(ORIGIN, 5, merkle.root(self.hashes))
        self.checkpoint = note.sign(checkpoint.text(), ORIGIN, key)
        self.records = [
            Record(0, sealed[0], acts[0]),
            Record(1, sealed[1], commitment.mask(acts[1], ["text"])),
            Record(2, sealed[2], acts[2], batch.membership(0, members)),
            Record(3, sealed[3], None),
        ]

    def proof(self, index: int) -> str:
        path = merkle.inclusion_proof(index, self.hashes)
        return proof.write(index, path, self.checkpoint)


def make(
    out: Path,
    *,
    log: Log | None = None,
    key: Ed25519PrivateKey = KEY,
    records: Sequence[tuple[Record, str]] | None = None,
    files: Sequence[File] | None = None,
) -> str:
    log = log or Log()
    own = [(record, log.proof(record.number)) for record in log.records]
    return package.write(
        out,
        Package(
            what="Borttagna kommentarer",
            recipient="Stadsarkivet {prov}",
            made_at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
            made_by="registrator",
            guideline="KS 2017/0318-003",
            records=own if records is None else records,
            files=[picture()] if files is None else files,
            checkpoint=log.checkpoint,
            key=vkey(key),
            sign=partial(note.sign, name=ORIGIN, private=key),
        ),
    )


def picture(data: bytes = PICTURE, name: str = "bild.png", record: int = 0) -> File:
    return File(name, lambda: BytesIO(data), "image/png", "evidence", record)


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(
    path: Path, files: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED
) -> None:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
