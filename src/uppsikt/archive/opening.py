"""Finding the manifest of a package that may be damaged anywhere."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from uppsikt.archive import contents, manifest, zipped
from uppsikt.archive.contents import Contents, Exact, Folder, Loose
from uppsikt.archive.faults import Fault, fault
from uppsikt.archive.manifest import Manifest
from uppsikt.archive.zipped import Member

GREATEST_MANIFEST = 1 << 28  # bytes; about a million files
GREATEST_NOTE = 1 << 20


class NotPackage(ValueError):
    """Neither a package nor the remains of one."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A package's contents, its manifest as bytes and as read, and faults so far."""

    contents: Contents
    raw: bytes
    manifest: Manifest | None
    signature: bytes
    faults: tuple[Fault, ...] = ()


def open_folder(path: Path) -> Opened:
    """Open a package that has been unpacked.

    Raises:
        NotPackage: there is no manifest in the folder.
    """
    folder = Folder(path)
    if manifest.MANIFEST not in folder.names():
        raise NotPackage("no manifest")
    return _opened(folder)


def open_zip(file: IO[bytes]) -> Opened:
    """Open a package in its ZIP, in the exact form if anything of that is left.

    Raises:
        NotPackage: the file neither is a ZIP with a manifest nor begins as one.
    """
    for size in _manifest_sizes(file):
        raw = _read_at(file, zipped.first_header_size(manifest.MANIFEST), size)
        known = _parsed(raw)
        if known is not None:
            return _exact(file, raw, known)
    return _loose(file, fault("structure", at=0, part=manifest.MANIFEST))


def _exact(file: IO[bytes], raw: bytes, known: Manifest) -> Opened:
    first = Member(manifest.MANIFEST, len(raw), zlib.crc32(raw))
    rest = [Member(item.name, item.size, item.crc32) for item in known.files]
    signature = _signature(file, first, rest)
    second = Member(manifest.SIGNATURE, len(signature), zlib.crc32(signature))
    exact = Exact(file, [first, second, *rest])
    faults = tuple(exact.structure_faults())
    if any(found.code == "length" for found in faults):
        return _loose(file, *faults)
    return Opened(exact, raw, known, signature, faults)


def _loose(file: IO[bytes], *faults: Fault) -> Opened:
    try:
        opened = _opened(Loose(zipfile.ZipFile(file)))
    except contents.DAMAGE as damage:
        return _remains(file, faults, damage)
    return Opened(
        opened.contents,
        opened.raw,
        opened.manifest,
        opened.signature,
        (*faults, *opened.faults),
    )


def _opened(found: Contents) -> Opened:
    if manifest.MANIFEST not in found.names():
        raise NotPackage("no manifest")
    raw = _or_nothing(found, manifest.MANIFEST, GREATEST_MANIFEST)
    signature = _or_nothing(found, manifest.SIGNATURE, GREATEST_NOTE)
    return Opened(found, raw, _parsed(raw), signature)


def _remains(
    file: IO[bytes], faults: tuple[Fault, ...], damage: BaseException
) -> Opened:
    """Say what is left of a package whose directory cannot be read."""
    start = _read_at(file, 0, zipped.first_header_size(manifest.MANIFEST))
    if manifest.MANIFEST.encode() not in start:
        raise NotPackage("not a ZIP with a manifest") from damage
    nothing = Exact(file, [])
    return Opened(nothing, b"", None, b"", (*faults, fault("not-opened")))


def _manifest_sizes(file: IO[bytes]) -> Iterator[int]:
    """Yield the sizes that the header and the directory tell of the manifest."""
    yield from _header_sizes(file, 0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive.getinfo(manifest.MANIFEST).file_size
    except (*contents.DAMAGE, KeyError):
        return


def _header_sizes(file: IO[bytes], at: int) -> tuple[int, int]:
    header = _read_at(file, at, 26)
    return (
        int.from_bytes(header[18:22], "little"),
        int.from_bytes(header[22:26], "little"),
    )


def _signature(file: IO[bytes], first: Member, rest: list[Member]) -> bytes:
    """Read the signature, even if its header tells two different sizes."""
    at = len(zipped.local_header(first)) + first.size
    one, two = _header_sizes(file, at)
    size = one if _total(first, one, rest) == file.seek(0, 2) else two
    header = len(zipped.local_header(Member(manifest.SIGNATURE, 0, 0)))
    return _read_at(file, at + header, min(size, GREATEST_NOTE))


def _total(first: Member, size: int, rest: list[Member]) -> int:
    members = [first, Member(manifest.SIGNATURE, size, 0), *rest]
    *_, directory = zipped.offsets(members)
    return directory + sum(map(len, zipped.directory(members)))


def _read_at(file: IO[bytes], at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(min(size, GREATEST_MANIFEST))


def _or_nothing(found: Contents, name: str, limit: int) -> bytes:
    try:
        return contents.read(found, name, limit)
    except contents.Unreadable:
        return b""


def _parsed(raw: bytes) -> Manifest | None:
    try:
        return manifest.parse(raw)
    except manifest.NotManifest:
        return None
