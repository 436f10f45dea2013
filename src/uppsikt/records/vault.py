"""Where bytes that may have to be forgotten are kept, and where they are forgotten.

The name is a salted digest, so that a short text cannot be guessed back from it once
bytes and salt are disposed of. Small things lie in the row, in the act's transaction;
large ones in a file that is on disk before its row is, so that a crash leaves at most a
file that nobody knows, which `sweep` removes. (D-17, D-38)

Who opens restricted evidence is recorded by the caller, who knows who it is.
"""

import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from uppsikt.records import files, keys
from uppsikt.records.files import NoRoom as NoRoom  # noqa: PLC0414 (known from here)
from uppsikt.records.models import Blob, PictureReading

SMALL: Final = 64 * 1024
"""Bytes that still lie in the row."""
ORPHAN_AGE: Final = timedelta(days=1)
"""How old an unknown file is before it cannot belong to a transaction under way."""
_SALT_SIZE = 16
_NONCE_SIZE = 12
_CHUNK = 1 << 18


class Damaged(Exception):
    """The bytes are gone, or no longer those that were kept."""


class Disposed(Exception):
    """The bytes have been disposed of; `under` names the decision."""

    def __init__(self, under: str) -> None:
        super().__init__(under)
        self.under = under


def keep(
    data: bytes, media_type: str, *, at: datetime, restricted: bool = False
) -> Blob:
    """Keep `data` under a salted name, encrypted if restricted.

    Raises:
        NoRoom: the disk is full; nothing was kept.
    """
    salt = secrets.token_bytes(_SALT_SIZE)
    blob = Blob(
        name=hashlib.sha256(salt + data).hexdigest(),
        salt=salt,
        size=len(data),
        media_type=media_type,
        restricted=restricted,
        kept_at=at,
    )
    stored = _locked(blob.name, data) if restricted else data
    if blob.size <= SMALL:
        blob.data = stored
    return _store(blob, lambda out: out.write(stored))


def keep_file(
    path: Path, media_type: str, *, at: datetime, restricted: bool = False
) -> Blob:
    """Keep what lies in a file, such as a package, without reading it into memory.

    Restricted files are read, for they are encrypted as a whole. The file itself is
    left to its owner.

    Raises:
        NoRoom: the disk is full; nothing was kept.
    """
    if restricted or path.stat().st_size <= SMALL:
        return keep(path.read_bytes(), media_type, at=at, restricted=restricted)
    salt = secrets.token_bytes(_SALT_SIZE)
    digest = hashlib.sha256(salt)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    blob = Blob(
        name=digest.hexdigest(),
        salt=salt,
        size=path.stat().st_size,
        media_type=media_type,
        kept_at=at,
    )
    return _store(blob, partial(_copy, path))


def open_(blob: Blob) -> bytes:
    """Return the bytes, after checking that they are those that were kept.

    Raises:
        Damaged: they are missing or changed.
        Disposed: they have been disposed of.
        keys.KeyMissing: they are restricted and the key is gone.
    """
    if blob.disposed_at is not None:
        raise Disposed(blob.disposed_under)
    stored = _stored(blob)
    data = _unlocked(blob.name, stored) if blob.restricted else stored
    if hashlib.sha256(bytes(blob.salt) + data).hexdigest() != blob.name:
        raise Damaged(blob.name)
    return data


@transaction.atomic
def restrict(blob: Blob) -> None:
    """Encrypt what was kept open, because it turned out to need it (D-17).

    Raises:
        Damaged, Disposed, NoRoom: nothing has changed.
    """
    if blob.restricted:
        return
    locked = _locked(blob.name, open_(blob))
    if not blob.in_file:
        blob.data = locked
    else:
        files.write(path_of(blob.name, restricted=True), lambda out: out.write(locked))
        transaction.on_commit(partial(_forget, path_of(blob.name, restricted=False)))
    blob.restricted = True
    blob.save(update_fields=["data", "restricted"])
    PictureReading.objects.filter(blob=blob).delete()


@transaction.atomic
def dispose(blob: Blob, *, under: str, at: datetime) -> None:
    """Forget bytes and salt by the decision `under`; the row tells that they were here.

    The file goes when the transaction has held; should we die between, `sweep` ends it.
    """
    path = path_of(blob.name, restricted=blob.restricted) if blob.in_file else None
    blob.data, blob.salt = None, b""
    blob.disposed_at, blob.disposed_under = at, under
    blob.save(update_fields=["data", "salt", "disposed_at", "disposed_under"])
    PictureReading.objects.filter(blob=blob).delete()
    if path is not None:
        transaction.on_commit(partial(_forget, path))


def sweep(now: datetime) -> int:
    """Remove files that no row keeps, left by a crash or disposed of; tell how many."""
    old = [path for path in _files() if _written_at(path) < now - ORPHAN_AGE]
    unknown = [path for path in old if not _is_kept(path)]
    for path in unknown:
        _forget(path)
    return len(unknown)


def path_of(name: str, *, restricted: bool) -> Path:
    """Return where the file of a large blob lies."""
    suffix = ".locked" if restricted else ""
    return Path(settings.VAULT) / name[:2] / (name + suffix)


def _store(blob: Blob, fill: Callable[[BinaryIO], object]) -> Blob:
    """Write the file, if the bytes are not in the row, and only then the row."""
    path = path_of(blob.name, restricted=blob.restricted) if blob.in_file else None
    if path is not None:
        files.write(path, fill)
    try:
        with files.room():
            blob.save(force_insert=True)
    finally:
        if blob._state.adding and path is not None:
            _forget(path)
    return blob


def _copy(path: Path, out: BinaryIO) -> None:
    with path.open("rb") as file:
        shutil.copyfileobj(file, out, _CHUNK)


def _stored(blob: Blob) -> bytes:
    if blob.data is not None:
        return bytes(blob.data)
    try:
        return path_of(blob.name, restricted=blob.restricted).read_bytes()
    except FileNotFoundError as fault:
        raise Damaged(blob.name) from fault


def _locked(name: str, data: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_SIZE)
    return nonce + AESGCM(keys.make_vault_key()).encrypt(nonce, data, name.encode())


def _unlocked(name: str, stored: bytes) -> bytes:
    nonce, secret = stored[:_NONCE_SIZE], stored[_NONCE_SIZE:]
    try:
        return AESGCM(keys.vault_key()).decrypt(nonce, secret, name.encode())
    except (InvalidTag, ValueError) as fault:
        raise Damaged(name) from fault


def _files() -> Iterator[Path]:
    return (path for path in Path(settings.VAULT).rglob("*") if path.is_file())


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _is_kept(path: Path) -> bool:
    rows = Blob.objects.filter(name=path.stem, data=None, disposed_at=None)
    return rows.filter(restricted=path.suffix == ".locked").exists()


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        files.settle(path.parent)
