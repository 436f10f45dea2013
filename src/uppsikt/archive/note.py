"""Signed notes and log checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint)."""

import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from uppsikt.archive import canonical, merkle

_ED25519 = b"\x01"
_KEY_SIZE = 32
_ID_SIZE = 4
_GREATEST_NOTE = 1_000_000  # characters; sixteen post-quantum signatures fit well
_UNFIT = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_MARK = "— "  # an em dash and a space begin each signature line


class NotSigned(ValueError):
    """The note does not bear a valid signature by the given key."""


class BadKey(ValueError):
    """The text is not a verifier key."""


class BadName(ValueError):
    """A key name is empty, or has a space or a plus sign in it."""


class NotCheckpoint(ValueError):
    """The text is not a checkpoint."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under, as others are told it."""

    name: str
    id: bytes
    public: Ed25519PublicKey


def key_id(name: str, public: Ed25519PublicKey) -> bytes:
    """Compute the four bytes by which a signature line tells whose it is."""
    named = name.encode() + b"\n" + _ED25519 + public.public_bytes_raw()
    return hashlib.sha256(named).digest()[:_ID_SIZE]


def verifier_key(name: str, public: Ed25519PublicKey) -> str:
    """Write a public key as one line that people can publish and compare (a vkey).

    Raises:
        BadName: the name is empty or has a space, a plus sign or a control in it.
    """
    _refuse_bad(name)
    coded = canonical.to_base64(_ED25519 + public.public_bytes_raw())
    return f"{name}+{key_id(name, public).hex()}+{coded}"


def parse_key(vkey: str) -> VerifierKey:
    """Read a verifier key.

    Raises:
        BadKey: not three parts, another algorithm, or an id that does not follow.
    """
    try:
        name, digits, coded = vkey.split("+", 2)
        _refuse_bad(name)
        raw = canonical.from_base64(coded)
        known_by = canonical.from_hex(digits, _ID_SIZE)
    except ValueError as fault:
        raise BadKey(str(fault)) from fault
    if raw[:1] != _ED25519 or len(raw) != 1 + _KEY_SIZE:
        raise BadKey("not an Ed25519 key")
    public = Ed25519PublicKey.from_public_bytes(raw[1:])
    if key_id(name, public) != known_by:
        raise BadKey("the key's id does not follow from its name and bytes")
    return VerifierKey(name, known_by, public)


def sign(text: str, name: str, private: Ed25519PrivateKey) -> str:
    """Sign `text`, which ends with a line feed, and return the whole note.

    Raises:
        BadName: the name is empty or has a space, a plus sign or a control in it.
        ValueError: the text does not end with a line feed or holds a control.
    """
    _refuse_bad(name)
    if not text.endswith("\n") or _is_unfit(text):
        raise ValueError("a note is whole lines without control characters")
    signature = key_id(name, private.public_key()) + private.sign(text.encode())
    return f"{text}\n{_MARK}{name} {canonical.to_base64(signature)}\n"


def verify(note: str, vkey: str) -> str:
    """Return the text of a note that the key has signed.

    Signatures by other keys are passed over, for a witness may have added his.

    Raises:
        NotSigned: no signature by the key, or one that does not hold.
        BadKey: `vkey` is not a verifier key.
    """
    key = parse_key(vkey)
    text, lines = _split(note)
    ours = [found for line in lines if (found := _signature(line, key)) is not None]
    if not ours:
        raise NotSigned("no signature by the key")
    try:
        for signature in ours:
            key.public.verify(signature, text.encode())
    except InvalidSignature as fault:
        raise NotSigned("the signature does not hold") from fault
    return text


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large a log was and the root of its tree then."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Write the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{canonical.to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the three lines; extension lines, which nobody audits, are refused.

        Raises:
            NotCheckpoint: any other text.
        """
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0]:  # noqa: PLR2004 (three lines)
            raise NotCheckpoint("not three lines")
        try:
            size = canonical.from_decimal(lines[1])
            root = canonical.from_base64(lines[2])
        except canonical.NotCanonical as fault:
            raise NotCheckpoint(str(fault)) from fault
        if len(root) != merkle.HASH_SIZE:
            raise NotCheckpoint("not a hash of 32 bytes")
        return cls(lines[0], size, root)


def verify_checkpoint(note: str, vkey: str) -> Checkpoint:
    """Return the checkpoint that the log's key has signed under the log's own name.

    Raises:
        NotSigned: not signed by the key, or another log than the key's name.
        NotCheckpoint: signed, but not a checkpoint.
        BadKey: `vkey` is not a verifier key.
    """
    checkpoint = Checkpoint.parse(verify(note, vkey))
    if checkpoint.origin != parse_key(vkey).name:
        raise NotSigned("signed under another name than the log's")
    return checkpoint


def _split(note: str) -> tuple[str, list[str]]:
    text, blank, signatures = note.rpartition("\n\n")
    lines = signatures.split("\n")
    whole = blank and lines.pop() == "" and lines
    if not whole or len(note) > _GREATEST_NOTE or _is_unfit(note):
        raise NotSigned("not a signed note")
    if not all(line.startswith(_MARK) for line in lines):
        raise NotSigned("a line that is not a signature")
    return text + "\n", lines


def _signature(line: str, key: VerifierKey) -> bytes | None:
    """Return the signature on the line, if the line says that it is by `key`."""
    name, _, coded = line.removeprefix(_MARK).partition(" ")
    if name != key.name:
        return None
    try:
        signature = canonical.from_base64(coded)
    except canonical.NotCanonical as fault:
        raise NotSigned("a signature that cannot be read") from fault
    return signature[_ID_SIZE:] if signature[:_ID_SIZE] == key.id else None


def _refuse_bad(name: str) -> None:
    if not name or "+" in name or name.split() != [name] or _is_unfit(name):
        raise BadName(name)


def _is_unfit(text: str) -> bool:
    """Tell whether there is a control sign or half a sign in the text."""
    return _UNFIT.search(text) is not None
