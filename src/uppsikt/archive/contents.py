"""Where a package's files are read from: our own ZIP, any other ZIP, or a folder."""

import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol, TypeAlias

from uppsikt.archive import zipped
from uppsikt.archive.faults import Fault, fault
from uppsikt.archive.zipped import Member

_CHUNK = 1 << 18  # stays in the processor's cache between reading and hashing
_ESCAPED = re.compile(r"#U([0-9a-f]{4})")

Chunk: TypeAlias = bytes | memoryview


class Unreadable(ValueError):
    """The file is missing, damaged, or longer than it may be."""


class Contents(Protocol):
    """Files by name, read piece by piece."""

    def names(self) -> list[str]:
        """List the names of all files, a name twice if it is there twice."""

    def chunks(self, name: str, size: int) -> Iterator[Chunk]:
        """Read a file, at most one chunk beyond `size` bytes.

        A chunk lives until the next is asked for.

        Raises:
            Unreadable: the file cannot be read.
        """


class Exact:
    """Our own ZIP, whose members stand where the manifest says that they stand."""

    def __init__(self, file: IO[bytes], members: list[Member]) -> None:
        self._file = file
        self._members = members
        *self._starts, self._end = zipped.offsets(members)
        self._place = {member.name: at for at, member in enumerate(members)}
        self._buffer = memoryview(bytearray(_CHUNK))

    def names(self) -> list[str]:
        """List the members in order."""
        return [member.name for member in self._members]

    def chunks(self, name: str, size: int) -> Iterator[Chunk]:
        """Read the bytes that stand where the member's contents should be."""
        place = self._place.get(name)
        if place is None:
            raise Unreadable(name)
        member = self._members[place]
        self._file.seek(self._starts[place] + len(zipped.local_header(member)))
        left = min(member.size, size + 1)
        while left:
            got = _read_into(self._file, self._buffer[:left])
            if not got:
                raise Unreadable(name)
            yield self._buffer[:got]
            left -= got

    def structure_faults(self) -> Iterator[Fault]:
        """Compare every byte that is not contents with what it must be."""
        for member, start in zip(self._members, self._starts, strict=True):
            header = zipped.local_header(member)
            yield from self._compare(start, header, member.name)
        at = self._end
        for piece in zipped.directory(self._members):
            yield from self._compare(at, piece, "innehållsförteckningen")
            at += len(piece)
        found = self._file.seek(0, os.SEEK_END)
        if found != at:
            yield fault("length", found=found, expected=at)

    def _compare(self, at: int, expected: bytes, part: str) -> Iterator[Fault]:
        self._file.seek(at)
        found = self._file.read(len(expected))
        if found == expected:
            return
        pairs = zip(found, expected, strict=False)
        same = next((n for n, (a, b) in enumerate(pairs) if a != b), len(found))
        yield fault("structure", at=at + same, part=part)


class Loose:
    """A ZIP that somebody else has packed, read as any program would read it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def names(self) -> list[str]:
        """List the members that are files."""
        return [i.filename for i in self._archive.infolist() if not i.is_dir()]

    def chunks(self, name: str, size: int) -> Iterator[Chunk]:
        """Read a member, unpacking no more than its size and one chunk."""
        try:
            with self._archive.open(name) as file:
                yield from _bounded(file, size)
        except (*DAMAGE, KeyError) as damage:
            raise Unreadable(name) from damage


class Folder:
    """A package that has been unpacked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths = {_usual(path, folder): path for path in _walk(folder)}

    def names(self) -> list[str]:
        """List all files below the folder, with / between folders on every system."""
        return list(self._paths)

    def chunks(self, name: str, size: int) -> Iterator[Chunk]:
        """Read a file, unless it is a link, a pipe or something else than a file."""
        path = self._paths.get(name)
        try:
            if path is None or not stat.S_ISREG(path.lstat().st_mode):
                raise Unreadable(name)
            with path.open("rb", buffering=0) as file:
                yield from _bounded(file, size)
        except OSError as damage:
            raise Unreadable(name) from damage


DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises on a ZIP that is damaged, locked or malicious."""


def read(contents: Contents, name: str, limit: int) -> bytes:
    """Read a whole file.

    Raises:
        Unreadable: the file is missing, damaged, or longer than `limit` bytes.
    """
    parts, size = [], 0
    for chunk in contents.chunks(name, limit):
        parts.append(bytes(chunk))
        size += len(chunk)
        if size > limit:
            raise Unreadable(name)
    return b"".join(parts)


def _bounded(file: IO[bytes], size: int) -> Iterator[Chunk]:
    read_so_far = 0
    while read_so_far <= size and (chunk := file.read(_CHUNK)):
        yield chunk
        read_so_far += len(chunk)


def _read_into(file: IO[bytes], buffer: memoryview) -> int:
    chunk: int = file.readinto(buffer)  # type: ignore[attr-defined]  # raw files have it
    return chunk


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        yield from (Path(here) / name for name in [*files, *links])


def _usual(path: Path, folder: Path) -> str:
    """Undo what unzip and file systems do to the letters of a name."""
    name = path.relative_to(folder).as_posix()
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)
    return unicodedata.normalize("NFC", plain)
