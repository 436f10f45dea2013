"""Writing an archive package that a stranger can check without asking us."""

import hashlib
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import IO

from uppsikt.archive import manifest, standalone, zipped
from uppsikt.archive.manifest import Entry, Manifest
from uppsikt.archive.record import Record
from uppsikt.archive.zipped import Member

_CHUNK = 1 << 18


class UnsafeName(ValueError):
    """The name could mean something else on the receiver's machine."""


class NotAware(ValueError):
    """A moment without a time zone is no moment."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to enclose as `files/<name>`, read once when its turn comes.

    A file in the role `evidence` must be named by its record's field `files`.
    """

    name: str
    open: Callable[[], IO[bytes]]
    media_type: str
    role: str
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """What to enclose, for whom, and who answers for it.

    `records` gives each record with its `.tlog-proof`; every proof carries the same
    `checkpoint` (a signed note). `sign` makes a signed note of a text with the
    installation's key, whose verifier key is `key`. `records` and `files` are read
    once, so they may be generators over more than fits in memory.
    """

    what: str
    recipient: str
    made_at: datetime
    made_by: str
    guideline: str
    records: Iterable[tuple[Record, str]]
    files: Iterable[File]
    checkpoint: str
    key: str
    sign: Callable[[str], str]


def write(out: Path, contents: Package) -> str:
    """Write the package to `out` and return the SHA-256 of the ZIP in hexadecimal.

    The file appears under its name only when it is whole and on disk; until then it is
    a hidden file beside it.

    Raises:
        UnsafeName: a file's name is not plain.
        NotAware: `made_at` has no time zone.
        manifest.NotManifest: the same name twice.
    """
    if contents.made_at.tzinfo is None:
        raise NotAware
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".package-") as folder:
        body, whole = Path(folder) / "body", Path(folder) / "whole"
        with body.open("w+b") as spool:
            entries = [_spool(spool, file) for file in _files(contents)]
            entries.append(_spool(spool, _sums(entries)))
            spool.seek(0)
            digest = _assemble(whole, spool, contents, entries)
        whole.replace(out)
    _settle(out.parent)
    return digest


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    open: Callable[[], IO[bytes]]
    media_type: str
    role: str
    record: int | None = None


def _files(contents: Package) -> Iterator[_Source]:
    yield _text(manifest.CHECKPOINT, contents.checkpoint, "checkpoint")
    yield _text(manifest.KEY, contents.key + "\n", "key")
    yield _text(manifest.READ_ME, _read_me(contents), "instructions")
    verifier = standalone.verifier()
    yield _Source(
        manifest.VERIFIER, lambda: BytesIO(verifier), "text/x-python", "verifier"
    )
    for record, proof in contents.records:
        yield from _record(record, proof)
    for file in contents.files:
        yield _Source(
            f"files/{file.name}", file.open, file.media_type, file.role, file.record
        )


def _record(record: Record, proof: str) -> Iterator[_Source]:
    number, data = record.number, record.to_json()
    yield _Source(
        f"records/{number}.json",
        lambda: BytesIO(data),
        "application/json",
        manifest.RECORD,
        number,
    )
    yield _text(f"proofs/{number}.tlog-proof", proof, manifest.PROOF, number)


def _text(name: str, text: str, role: str, record: int | None = None) -> _Source:
    data = text.encode()
    return _Source(name, lambda: BytesIO(data), "text/plain", role, record)


def _sums(entries: list[Entry]) -> _Source:
    lines = (f"{entry.sha256}  {entry.name}\n" for entry in entries)
    return _text(manifest.SUMS, "".join(lines), "checksums")


def _read_me(contents: Package) -> str:
    template = resources.files("uppsikt.archive").joinpath("read_me.sv.txt")
    plain = {key: " ".join(text.split()) for key, text in _heading(contents).items()}
    return template.read_text("utf-8").format(**plain)


def _heading(contents: Package) -> dict[str, str]:
    return {
        "what": contents.what,
        "recipient": contents.recipient,
        "made_at": contents.made_at.isoformat(timespec="seconds"),
        "made_by": contents.made_by,
        "guideline": contents.guideline,
    }


def _spool(spool: IO[bytes], source: _Source) -> Entry:
    """Copy a file to the spool and note what the manifest will say of it."""
    if not manifest.is_safe(source.name):
        raise UnsafeName(source.name)
    digest, crc, size = hashlib.sha256(), 0, 0
    with source.open() as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            size += spool.write(chunk)
    return Entry(
        name=source.name,
        size=size,
        sha256=digest.hexdigest(),
        crc32=crc,
        media_type=source.media_type,
        role=source.role,
        record=source.record,
    )


def _assemble(
    whole: Path, spool: IO[bytes], contents: Package, entries: list[Entry]
) -> str:
    """Put the ZIP together on disk, manifest first, and return its SHA-256."""
    listed = Manifest(**_heading(contents), files=tuple(entries)).to_json()
    manifest.parse(listed)
    text = manifest.signed_text(hashlib.sha256(listed).hexdigest())
    heads = {
        manifest.MANIFEST: listed,
        manifest.SIGNATURE: contents.sign(text).encode(),
    }
    digest = hashlib.sha256()
    with whole.open("wb") as out:
        for piece in _pieces(heads, spool, entries):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _pieces(
    heads: dict[str, bytes], spool: IO[bytes], entries: list[Entry]
) -> Iterator[bytes]:
    members = [
        Member(name, len(data), zlib.crc32(data)) for name, data in heads.items()
    ]
    for member, data in zip(members, heads.values(), strict=True):
        yield zipped.local_header(member) + data
    for entry in entries:
        members.append(Member(entry.name, entry.size, entry.crc32))
        yield zipped.local_header(members[-1])
        yield from _copy(spool, entry.size)
    yield from zipped.directory(members)


def _copy(spool: IO[bytes], size: int) -> Iterator[bytes]:
    while size:
        chunk = spool.read(min(size, _CHUNK))
        yield chunk
        size -= len(chunk)


def _settle(folder: Path) -> None:
    """Make the new name survive a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
