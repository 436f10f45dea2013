"""The installation's own keys: made on first use, readable by its account alone."""

import base64
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from uppsikt.archive import note

ENVIRONMENT = "UPPSIKT_VAULT_KEY"
_VAULT_KEY_SIZE = 32


class KeyMissing(Exception):
    """A key that was used before is gone; a new one would hide the loss."""


class BadKey(ValueError):
    """A key file or the environment does not hold a key of the right kind."""


def origin() -> str:
    """Return the log's name, under which its checkpoints are signed."""
    return str(settings.UPPSIKT_ORIGIN)


def make_log_key() -> None:
    """Make the key that signs checkpoints, unless there is one."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    _keep_first(_log_key_file(), pem)


def log_key() -> Ed25519PrivateKey:
    """Return the key that signs checkpoints.

    Raises:
        KeyMissing: there is none.
        BadKey: the file holds something else.
    """
    return _read_log_key(_log_key_file())


def verifier_key() -> str:
    """Write the log's public key as the line that people publish and compare."""
    return note.verifier_key(origin(), log_key().public_key())


def sign(text: str) -> str:
    """Sign `text` in the log's name and return the whole note."""
    return note.sign(text, origin(), log_key())


def make_vault_key() -> bytes:
    """Return the key for restricted evidence, made now if there never was one."""
    if ENVIRONMENT not in os.environ:
        new = base64.b64encode(secrets.token_bytes(_VAULT_KEY_SIZE))
        _keep_first(_vault_key_file(), new)
    return vault_key()


def vault_key() -> bytes:
    """Return the key for restricted evidence: 32 bytes, base64 where it is written.

    Raises:
        KeyMissing: neither the environment nor a file has it.
        BadKey: what is there is no such key.
    """
    coded = os.environ.get(ENVIRONMENT) or _read(_vault_key_file()).decode()
    try:
        key = base64.b64decode(coded, validate=True)
    except ValueError as fault:
        raise BadKey(ENVIRONMENT) from fault
    if len(key) != _VAULT_KEY_SIZE:
        raise BadKey(ENVIRONMENT)
    return key


def _log_key_file() -> Path:
    return Path(settings.DATA) / "keys" / "log.key"


def _vault_key_file() -> Path:
    return Path(settings.DATA) / "keys" / "vault.key"


@cache
def _read_log_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(_read(path), None)
    except ValueError as fault:
        raise BadKey(path.name) from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(path.name)
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise KeyMissing(path.name) from fault


def _keep_first(path: Path, content: bytes) -> None:
    """Write a file whole and for ourselves alone; the first to come decides."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
