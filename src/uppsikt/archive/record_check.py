"""Checking the records of a package: true to the log, and true to their evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from uppsikt.archive import batch, contents, manifest, proof, record
from uppsikt.archive.contents import Contents
from uppsikt.archive.faults import Fault, fault
from uppsikt.archive.manifest import Entry, Manifest
from uppsikt.archive.note import Checkpoint
from uppsikt.archive.record import Record

_GREATEST = 1 << 26  # bytes of one record or proof


@dataclass(frozen=True, slots=True)
class Log:
    """A checkpoint note and, when its signature holds, the checkpoint in it."""

    note: str
    checkpoint: Checkpoint | None


@dataclass(slots=True)
class Bundle:
    """The files of a package that belong to one record."""

    record: Entry | None = None
    proof: Entry | None = None
    evidence: list[Entry] = field(default_factory=list)
    others: list[Entry] = field(default_factory=list)


def bundles(known: Manifest) -> dict[int, Bundle]:
    """Sort the files that belong to records by record."""
    sorted_: dict[int, Bundle] = {}
    for entry in known.files:
        if entry.record is not None:
            _put(sorted_.setdefault(entry.record, Bundle()), entry)
    return sorted_


def bundle_faults(
    found: Contents, number: int, bundle: Bundle, log: Log, states: dict[int, str]
) -> Iterator[Fault]:
    """Check a record with its proof and evidence, and note its state in `states`."""
    if bundle.record is None:
        for entry in (bundle.proof, *bundle.evidence, *bundle.others):
            if entry is not None:
                yield fault("record-missing", record=number, name=entry.name)
        return
    try:
        told = record.parse(contents.read(found, bundle.record.name, _GREATEST))
    except (contents.Unreadable, record.NotRecord):
        yield fault("record-unreadable", record=number)
        return
    states[number] = told.state
    proof_text = _text(found, bundle.proof)
    yield from record_faults(number, told, proof_text, log)
    for entry in bundle.evidence:
        if not told.names_file(entry.sha256):
            yield fault("evidence-unnamed", record=number, name=entry.name)


def record_faults(
    number: int, told: Record, proof_text: str | None, log: Log
) -> Iterator[Fault]:
    """Check one record, which should have `number`, with its proof against a log.

    Under a checkpoint that is not signed nothing is proved, so then the proof is not
    asked; that fault is the checkpoint's.
    """
    if told.number != number:
        yield fault("record-other", record=number)
    if not told.is_true():
        yield fault("record-changed", record=number)
    if proof_text is None:
        yield fault("proof-missing", record=number)
    elif log.checkpoint is not None:
        yield from _proof_faults(number, told, proof_text, log.note, log.checkpoint)


def _proof_faults(
    number: int, told: Record, text: str, signed: str, checkpoint: Checkpoint
) -> Iterator[Fault]:
    try:
        path = proof.read(text)
    except proof.NotProof:
        yield fault("proof-unreadable", record=number)
        return
    if path.checkpoint != signed:
        yield fault("proof-checkpoint", record=number)
    elif not _leads(told, path, checkpoint):
        yield fault("proof-broken", record=number)


def _leads(told: Record, path: proof.Proof, checkpoint: Checkpoint) -> bool:
    try:
        leaf = told.leaf_hash()
    except batch.NotMember:
        return False
    return proof.follows(path, leaf, checkpoint)


def _put(bundle: Bundle, entry: Entry) -> None:
    if entry.role == manifest.RECORD:
        bundle.record = entry
    elif entry.role == manifest.PROOF:
        bundle.proof = entry
    elif entry.role == manifest.EVIDENCE:
        bundle.evidence.append(entry)
    else:
        bundle.others.append(entry)


def _text(found: Contents, entry: Entry | None) -> str | None:
    """Read a proof; one that is no text cannot be read as a proof either."""
    if entry is None:
        return None
    try:
        data = contents.read(found, entry.name, _GREATEST)
    except contents.Unreadable:
        return None
    return data.decode(errors="replace")
