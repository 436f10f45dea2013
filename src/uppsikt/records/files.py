"""Files that are on disk whole or not at all, also after a power failure."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import OperationalError

DRAFT = ".draft-"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_POSTGRESQL_FULL = "53100"


class NoRoom(Exception):
    """The disk is full, so nothing was kept."""


@contextmanager
def room() -> Iterator[None]:
    """Turn every way of saying that the disk is full into `NoRoom`.

    Raises:
        NoRoom: the file system, SQLite or PostgreSQL has no space left.
    """
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise NoRoom("the disk is full; nothing was kept") from fault
        raise
    except OperationalError as fault:
        if _is_full(fault):
            raise NoRoom("the database's disk is full; nothing was kept") from fault
        raise


def write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Let `fill` write a file that then appears under its name, whole and on disk.

    Raises:
        NoRoom: the disk is full; nothing is left of it.
    """
    with room():
        _folder(path.parent)
        draft = path.with_name(f"{DRAFT}{secrets.token_hex(8)}")
        try:
            # Ours alone from the first byte: evidence, and backups with keys in them.
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                fill(file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        settle(path.parent)


def settle(folder: Path) -> None:
    """Make the names in a folder survive a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settle(folder.parent)


def _is_full(fault: OperationalError) -> bool:
    state = getattr(fault.__cause__, "sqlstate", "")
    return state == _POSTGRESQL_FULL or "disk is full" in str(fault)
