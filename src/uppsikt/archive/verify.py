"""Tell whether an archive package is whole, with nothing but Python and cryptography.

    python -m uppsikt.archive.verify PACKAGE [--key KEY] [--json]

Exit code 0: whole. 1: at least one fault, each named. 2: not a package, or bad usage.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from uppsikt.archive import contents, manifest, note, opening, record_check
from uppsikt.archive.contents import Contents
from uppsikt.archive.faults import TOLD, Fault, fault
from uppsikt.archive.manifest import Entry, Manifest
from uppsikt.archive.note import Checkpoint
from uppsikt.archive.opening import Opened

_STATES = {
    "whole": "hela",
    "masked": "delvis maskerade",
    "disposed": "utgallrade (innehållet är borta, beviset är kvar)",
}
_COMPARE = (
    "Nyckeln är paketets egen. Jämför den med den som kommunen publicerar,\n"
    "eller kontrollera igen med --key och den publicerade nyckeln."
)


@dataclass(slots=True)
class Report:
    """What was found: no faults means that the package is whole.

    `key_given` is False when the key came from the package itself, so that somebody
    must still compare it with the one that the municipality publishes.
    """

    key_given: bool
    faults: list[Fault] = field(default_factory=list)
    vkey: str = ""
    what: str = ""
    files: int = 0
    checkpoint: Checkpoint | None = None
    states: dict[int, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.faults


def verify(path: Path, vkey: str | None = None) -> Report:
    """Check every byte of a package, in its ZIP or unpacked in a folder.

    Raises:
        opening.NotPackage: not a package, nor the remains of one.
        note.BadKey: `vkey` is not a verifier key.
        OSError: the path cannot be read at all.
    """
    if vkey is not None:
        note.parse_key(vkey)
    if path.is_dir():
        return _report(opening.open_folder(path), vkey)
    with path.open("rb", buffering=0) as file:
        return _report(opening.open_zip(file), vkey)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        report = verify(given.package, given.key)
    except opening.NotPackage:
        return _refuse(f"{given.package} är inget arkivpaket från Uppsikt.")
    except note.BadKey:
        return _refuse("Det som står efter --key är ingen nyckel.")
    except OSError as fault:
        return _refuse(f"{given.package} går inte att läsa: {fault.strerror}.")
    sys.stdout.write(_as_json(report) if given.json else _as_text(report))
    return 0 if report.is_whole else 1


def _report(opened: Opened, vkey: str | None) -> Report:
    report = Report(key_given=vkey is not None)
    report.faults.extend(islice(_faults(opened, vkey, report), TOLD))
    return report


def _faults(opened: Opened, vkey: str | None, report: Report) -> Iterator[Fault]:
    yield from opened.faults
    if opened.manifest is None:
        yield fault("manifest-unreadable")
        return
    report.what, report.files = opened.manifest.what, len(opened.manifest.files)
    yield from _file_faults(opened.contents, opened.manifest)
    yield from _key_faults(opened.contents, vkey, report)
    yield from _manifest_faults(opened, report.vkey)
    yield from _log_faults(opened.contents, opened.manifest, report)


def _file_faults(found: Contents, known: Manifest) -> Iterator[Fault]:
    counted = Counter(found.names())
    expected = {manifest.MANIFEST, manifest.SIGNATURE}
    for entry in known.files:
        expected.add(entry.name)
        if counted[entry.name]:
            yield from _digest_faults(found, entry)
        else:
            yield fault("file-missing", name=entry.name)
    for name in manifest.ALWAYS - expected:
        yield fault("manifest-incomplete", name=name)
    for name, times in counted.items():
        if name not in expected:
            yield fault("file-extra", name=name)
        if times > 1:
            yield fault("file-twice", name=name)


def _digest_faults(found: Contents, entry: Entry) -> Iterator[Fault]:
    digest = hashlib.sha256()
    try:
        for chunk in found.chunks(entry.name, entry.size):
            digest.update(chunk)
    except contents.Unreadable:
        yield fault("file-unreadable", name=entry.name)
        return
    if digest.hexdigest() != entry.sha256:
        yield fault("file-changed", name=entry.name)


def _key_faults(found: Contents, vkey: str | None, report: Report) -> Iterator[Fault]:
    own = _text(found, manifest.KEY).removesuffix("\n")
    try:
        note.parse_key(own)
        report.vkey = vkey or own
    except note.BadKey:
        yield fault("key-unreadable")
        report.vkey = vkey or ""
    if vkey is not None and own != vkey:
        yield fault("key-other")


def _manifest_faults(opened: Opened, vkey: str) -> Iterator[Fault]:
    """Check the signature, which nobody but the installation may add lines to."""
    expected = manifest.signed_text(hashlib.sha256(opened.raw).hexdigest())
    lines = opened.signature.count(b"\n")
    try:
        signed = note.verify(opened.signature.decode(), vkey)
    except (note.NotSigned, note.BadKey, UnicodeDecodeError):
        signed = ""
    if signed != expected or lines != expected.count("\n") + 2:
        yield fault("manifest-signature")


def _log_faults(found: Contents, known: Manifest, report: Report) -> Iterator[Fault]:
    signed = _text(found, manifest.CHECKPOINT)
    try:
        report.checkpoint = note.verify_checkpoint(signed, report.vkey)
    except note.NotCheckpoint:
        yield fault("checkpoint-unreadable")
    except (note.NotSigned, note.BadKey):
        yield fault("checkpoint-signature")
    log = record_check.Log(signed, report.checkpoint)
    for number, bundle in record_check.bundles(known).items():
        yield from record_check.bundle_faults(found, number, bundle, log, report.states)


def _text(found: Contents, name: str) -> str:
    """Read a short text; what is missing or no text is as good as empty."""
    try:
        return contents.read(found, name, opening.GREATEST_NOTE).decode()
    except (contents.Unreadable, UnicodeDecodeError):
        return ""


def _as_text(report: Report) -> str:
    lines = [str(fault) for fault in report.faults]
    if len(lines) == TOLD:
        lines.append(f"Bara de {TOLD} första felen visas.")
    lines.append("PAKETET ÄR HELT." if report.is_whole else "PAKETET ÄR INTE HELT.")
    if report.what:
        lines.append(f"Innehåll: {' '.join(report.what.split())}")
    lines.append(f"Filer: {report.files}. Poster: {len(report.states)}.")
    for state, times in sorted(Counter(report.states.values()).items()):
        lines.append(f"  {times} {_STATES[state]}")
    if report.checkpoint is not None:
        size, origin = report.checkpoint.size, report.checkpoint.origin
        lines.append(f"Liggare: {origin}, {size} rader vid kontrollpunkten.")
    lines.append(f"Nyckel: {report.vkey or 'saknas'}")
    if not report.key_given:
        lines.append(_COMPARE)
    return "\n".join(lines) + "\n"


def _as_json(report: Report) -> str:
    checkpoint = report.checkpoint
    told = {
        "whole": report.is_whole,
        "faults": [{**asdict(fault), "text": str(fault)} for fault in report.faults],
        "what": report.what,
        "files": report.files,
        "records": [{"number": n, "state": s} for n, s in report.states.items()],
        "checkpoint": checkpoint
        and {"origin": checkpoint.origin, "size": checkpoint.size},
        "key": report.vkey,
        "key_given": report.key_given,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="verify", description="Kontrollera att ett arkivpaket är helt."
    )
    parser.add_argument(
        "package", type=Path, help="paketets zip-fil, eller mappen den packats upp i"
    )
    parser.add_argument("--key", help="kommunens publicerade nyckel, som i key.txt")
    parser.add_argument("--json", action="store_true", help="svara för maskiner")
    return parser


def _refuse(why: str) -> int:
    sys.stderr.write(why + "\n")
    return 2


def _run() -> int:
    """Run as a program, on terminals that cannot write every letter too."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    return main()


if __name__ == "__main__":
    sys.exit(_run())
