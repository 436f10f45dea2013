"""Measure the verifier on a large package beside `sha256sum` over the same bytes."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from uppsikt.archive import (
    canonical,
    commitment,
    merkle,
    note,
    package,
    proof,
    record_check,
)
from uppsikt.archive import record as records
from uppsikt.archive.package import File, Package
from uppsikt.archive.record import Record

FILES = 400
FILE_SIZE = 1_250_000  # bytes; a screenshot of a thread
LOG_SIZE = 100_000
ROUNDS = 5
ORIGIN = "kommun.example/liggare"


class Log:
    """A log whose first entries each name one file as their evidence."""

    def __init__(self, fingerprints: list[str]) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.vkey = note.verifier_key(ORIGIN, self.key.public_key())
        self.records = [_record(at, name) for at, name in enumerate(fingerprints)]
        self.leaves = [record.leaf_hash() for record in self.records]
        rest = range(len(self.leaves), LOG_SIZE)
        self.leaves += [merkle.leaf_hash(b"%d" % number) for number in rest]
        tree, self.nodes = merkle.Tree(), {}
        for leaf in self.leaves:
            for level, index, node in tree.append(leaf):
                self.nodes[level, index] = node
        self.checkpoint = note.Checkpoint(ORIGIN, LOG_SIZE, tree.root())
        self.signed = note.sign(self.checkpoint.text(), ORIGIN, self.key)

    def proof(self, index: int) -> str:
        """Write the proof of one entry from stored nodes."""
        path = merkle.inclusion_proof_from(self._node, index, LOG_SIZE)
        return proof.write(index, path, self.signed)

    def _node(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]


def _record(number: int, fingerprint: str) -> Record:
    fields: dict[str, canonical.Value] = {
        "kind": "removed",
        "at": "2026-03-02T08:15:00Z",
        "ground": "hot",
        "files": [f"sha256:{fingerprint}"],
    }
    opened = commitment.opening(fields, commitment.new_salts(fields))
    return Record(number, commitment.commitment_of(opened), opened)


def _picture(number: int) -> bytes:
    return random.Random(number).randbytes(FILE_SIZE)


def _files() -> Iterator[File]:
    for number in range(FILES):
        opened = partial(lambda at: BytesIO(_picture(at)), number)
        yield File(f"{number}.png", opened, "image/png", "evidence", number)


def _write(path: Path, log: Log) -> None:
    package.write(
        path,
        Package(
            what="bench",
            recipient="bench",
            made_at=datetime.now(UTC),
            made_by="bench",
            guideline="bench",
            records=((record, log.proof(record.number)) for record in log.records),
            files=_files(),
            checkpoint=log.signed,
            key=log.vkey,
            sign=partial(note.sign, name=ORIGIN, private=log.key),
        ),
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _one_record(log: Log) -> float:
    """Time a record from its files' bytes: parse, open, prove, check the signature."""
    data, text = log.records[7].to_json(), log.proof(7)

    def check() -> None:
        checkpoint = note.verify_checkpoint(log.signed, log.vkey)
        proved = record_check.Log(log.signed, checkpoint)
        faults = record_check.record_faults(7, records.parse(data), text, proved)
        assert not list(faults)

    return min(_seconds(check) for _ in range(ROUNDS))


def main() -> None:
    """Print how long the verifier takes, as a share of sha256sum, and one record."""
    log = Log([sha256(_picture(number)).hexdigest() for number in range(FILES)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        writing = _seconds(partial(_write, path, log))
        verifier = [sys.executable, "-m", "uppsikt.archive.verify", str(path)]
        verifier += ["--key", log.vkey]
        run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
        ours, floor = [], []
        for _ in range(ROUNDS):
            floor.append(_seconds(partial(run, ["sha256sum", str(path)])))
            ours.append(_seconds(partial(run, verifier)))
        size = path.stat().st_size
    print(f"package: {size / 1e6:,.0f} MB, {FILES} files; written in {writing:.1f} s")
    print(f"sha256sum (floor): {min(floor):.2f} s")
    print(f"verify, whole process: {min(ours):.2f} s")
    print(f"ratio: {min(ours) / min(floor):.2f} x (must be at most 2)")
    print(f"one record with its proof: {_one_record(log) * 1000:.2f} ms (at most 100)")


if __name__ == "__main__":
    main()
