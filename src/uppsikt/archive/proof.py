"""Proofs that travel alone: one entry is in the log (c2sp.org/tlog-proof@v1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.archive import canonical, merkle, note

_HEAD = "c2sp.org/tlog-proof@v1"
_LONGEST_PATH = 64


class NotProof(ValueError):
    """The text is not a log proof."""


class NotInLog(ValueError):
    """The entry does not lead to the root of the signed checkpoint."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an entry stands, its path to the root, and the checkpoint note.

    `extra` is signed by nobody: nothing may be believed because it says so.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""


def write(
    index: int, proof: Sequence[bytes], checkpoint_note: str, extra: bytes = b""
) -> str:
    """Write a `.tlog-proof` file."""
    lines = [_HEAD]
    if extra:
        lines.append(f"extra {canonical.to_base64(extra)}")
    lines.append(f"index {index}")
    lines.extend(canonical.to_base64(step) for step in proof)
    return "\n".join(lines) + "\n\n" + checkpoint_note


def read(text: str) -> Proof:
    """Read a `.tlog-proof` file; the checkpoint's signature is not yet checked.

    Raises:
        NotProof: any other text, or more hashes than a log can need.
    """
    head, blank, checkpoint = text.partition("\n\n")
    first, *lines = head.split("\n")
    if not blank or first != _HEAD:
        raise NotProof("not a c2sp.org/tlog-proof@v1 file")
    try:
        extra = canonical.from_base64(_value(lines, "extra ") or "")
        index = canonical.from_decimal(_value(lines, "index ") or "")
        hashes = tuple(canonical.from_base64(line) for line in lines)
    except canonical.NotCanonical as fault:
        raise NotProof(str(fault)) from fault
    if len(hashes) > _LONGEST_PATH or {len(step) for step in hashes} - {
        merkle.HASH_SIZE
    }:
        raise NotProof("not a path of hashes")
    return Proof(index, hashes, checkpoint, extra)


def check(proof: Proof, leaf_hash: bytes, vkey: str) -> note.Checkpoint:
    """Return the signed checkpoint under which the entry stands.

    Raises:
        NotInLog: the entry does not lead to the checkpoint's root.
        note.NotSigned: the checkpoint is not signed by the key.
        note.NotCheckpoint: the proof carries something else than a checkpoint.
    """
    checkpoint = note.verify_checkpoint(proof.checkpoint, vkey)
    if not follows(proof, leaf_hash, checkpoint):
        raise NotInLog(f"entry {proof.index}")
    return checkpoint


def follows(proof: Proof, leaf_hash: bytes, checkpoint: note.Checkpoint) -> bool:
    """Tell whether the path leads from the entry to the checkpoint's root."""
    return merkle.verify_inclusion(
        leaf_hash, proof.index, checkpoint.size, proof.hashes, checkpoint.root
    )


def _value(lines: list[str], word: str) -> str | None:
    """Take the first line's value off, if the line begins with `word`."""
    if lines and lines[0].startswith(word):
        return lines.pop(0).removeprefix(word)
    return None
