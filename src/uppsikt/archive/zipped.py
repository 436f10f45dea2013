"""The one way a package is laid out as a ZIP, so that every byte can be foreseen.

Members are stored, not compressed: pictures, PDF and WACZ are compressed already, a
ZIP bomb has nothing to swell with, and the same contents give the same bytes whatever
compression library is at hand. Who knows the members' names, sizes and CRCs knows all
bytes between them. (APPNOTE.TXT 6.3, sections 4.3 and 4.5.)
"""

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")

_MADE_BY_UNIX = 3 << 8
_PLAIN = 20  # the ZIP version that reads stored members
_LARGE = 45  # the one that reads sizes beyond 32 bits
_UTF8_NAMES = 0x0800
_STORED = 0
_MIDNIGHT, _FIRST_DAY = 0, 0x21  # 1980-01-01: the same package, the same bytes
_READABLE_FILE = 0o100644 << 16
_FULL_16 = 0xFFFF
_FULL_32 = 0xFFFFFFFF
_EXTRA_64 = 1


class Member(NamedTuple):
    """What decides a member's headers: name, size in bytes and CRC-32."""

    name: str
    size: int
    crc: int


class NotOurs(ValueError):
    """The bytes are not the first header of a package."""


def local_header(member: Member) -> bytes:
    """Write the bytes that stand before a member's contents."""
    name, extra = member.name.encode(), b""
    version, size = _PLAIN, member.size
    if size >= _FULL_32:
        extra = struct.pack("<2H2Q", _EXTRA_64, 16, size, size)
        version, size = _LARGE, _FULL_32
    return (
        _LOCAL.pack(
            b"PK\x03\x04", version, _UTF8_NAMES, _STORED, _MIDNIGHT, _FIRST_DAY,
            member.crc, size, size, len(name), len(extra),
        )
        + name
        + extra
    )  # fmt: skip


def first_member(header: bytes, name: str) -> Member:
    """Read which member a package begins with, when it should be called `name`.

    Raises:
        NotOurs: the bytes are not exactly the header that such a member has.
    """
    if len(header) < _LOCAL.size:
        raise NotOurs("too short")
    fields = _LOCAL.unpack_from(header)
    member = Member(name, fields[8], fields[6])
    expected = local_header(member)
    if header[: len(expected)] != expected:
        raise NotOurs("another header")
    return member


def first_header_size(name: str) -> int:
    """Tell how many bytes `first_member` needs."""
    return _LOCAL.size + len(name.encode())


def offsets(members: Iterable[Member]) -> Iterator[int]:
    """Tell where each member's header begins, and last where the directory begins."""
    at = 0
    for member in members:
        yield at
        at += len(local_header(member)) + member.size
    yield at


def directory(members: Iterable[Member]) -> Iterator[bytes]:
    """Write the central directory and its end, piece by piece."""
    at = count = length = 0
    for member in members:
        entry = _central_header(member, at)
        yield entry
        at += len(local_header(member)) + member.size
        length += len(entry)
        count += 1
    yield _end(count, length, at)


def _central_header(member: Member, at: int) -> bytes:
    name, extra = member.name.encode(), b""
    size, offset = member.size, at
    if size >= _FULL_32:
        extra += struct.pack("<2Q", size, size)
        size = _FULL_32
    if at >= _FULL_32:
        extra += struct.pack("<Q", at)
        offset = _FULL_32
    version = _LARGE if extra else _PLAIN
    if extra:
        extra = struct.pack("<2H", _EXTRA_64, len(extra)) + extra
    return (
        _CENTRAL.pack(
            b"PK\x01\x02", _MADE_BY_UNIX | version, version, _UTF8_NAMES, _STORED,
            _MIDNIGHT, _FIRST_DAY, member.crc, size, size, len(name), len(extra),
            0, 0, 0, _READABLE_FILE, offset,
        )
        + name
        + extra
    )  # fmt: skip


def _end(count: int, length: int, at: int) -> bytes:
    short = _END.pack(
        b"PK\x05\x06", 0, 0, min(count, _FULL_16), min(count, _FULL_16),
        min(length, _FULL_32), min(at, _FULL_32), 0,
    )  # fmt: skip
    if count < _FULL_16 and length < _FULL_32 and at < _FULL_32:
        return short
    long = _END_64.pack(
        b"PK\x06\x06", _END_64.size - 12, _MADE_BY_UNIX | _LARGE, _LARGE, 0, 0,
        count, count, length, at,
    )  # fmt: skip
    return long + _LOCATOR_64.pack(b"PK\x06\x07", 0, at + length, 1) + short
