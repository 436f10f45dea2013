"""The manifest: what a package is, for whom, and every file in it."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import cast

from uppsikt.archive import canonical

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
CHECKPOINT = "checkpoint.txt"
KEY = "key.txt"
READ_ME = "LÄS MIG.txt"
SUMS = "sha256sums.txt"
VERIFIER = "verify.py"

FORMAT = "uppsikt-package/1"
EVIDENCE, RECORD, PROOF = "evidence", "record", "proof"
ALWAYS = frozenset({CHECKPOINT, KEY, READ_ME, SUMS, VERIFIER})
"""What every package has beside its manifest."""

_DEVICE = r"(?!(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$))"
_IN_FOLDER = re.compile(
    rf"(?:files|records|proofs)/{_DEVICE}[A-Za-z0-9_][A-Za-z0-9._-]{{0,199}}(?<!\.)"
)
_GREATEST_CRC = 0xFFFFFFFF
_GREATEST_FILE = 2**53 - 1


class NotManifest(ValueError):
    """The bytes are not a manifest of this format."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: `size` in bytes, `sha256` in hexadecimal, `record` its record's number.

    The role `evidence` means that the record itself names the file's SHA-256.
    """

    name: str
    size: int
    sha256: str
    crc32: int
    media_type: str
    role: str
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in `manifest.json`; `made_at` is written as RFC 3339."""

    what: str
    recipient: str
    made_at: str
    made_by: str
    guideline: str
    files: tuple[Entry, ...]

    def to_json(self) -> bytes:
        """Write the manifest so that both people and programs can read it."""
        content = {"format": FORMAT, **asdict(self)}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def is_safe(name: str) -> bool:
    """Tell whether a package may hold a file of this name.

    Only our own names and plain ones in our own folders: nothing that climbs out of the
    folder, hides in it, or means something else on another system.
    """
    return name in ALWAYS or _IN_FOLDER.fullmatch(name) is not None


def signed_text(sha256: str) -> str:
    """Write the lines of `manifest.sig` that are signed. They are no checkpoint."""
    return f"{FORMAT} manifest.json\nsha256 {sha256}\n"


def parse(data: bytes) -> Manifest:
    """Read a manifest and refuse whatever a package cannot have.

    Raises:
        NotManifest: not our format, a missing or foreign detail, an unsafe name, or the
            same name twice.
    """
    try:
        content = json.loads(data)
        rest = _head(content)
        manifest = Manifest(
            **{key: _text(rest, key) for key in _HEADINGS},
            files=tuple(_entry(item) for item in _list(rest["files"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise NotManifest(str(fault)) from fault
    names = {entry.name.casefold() for entry in manifest.files}
    if len(names) != len(manifest.files):
        raise NotManifest("a name stands twice")
    return manifest


_HEADINGS = ("what", "recipient", "made_at", "made_by", "guideline")


def _head(content: object) -> Mapping[str, object]:
    head = _mapping(content, {"format", "files", *_HEADINGS})
    if head["format"] != FORMAT:
        raise NotManifest("another format")
    return head


def _entry(item: object) -> Entry:
    given = _mapping(item, set(Entry.__slots__))
    name, record = _text(given, "name"), given["record"]
    if not is_safe(name):
        raise NotManifest(f"unsafe name: {name[:200]!r}")
    return Entry(
        name=name,
        size=_number(given["size"], _GREATEST_FILE),
        sha256=canonical.from_hex(given["sha256"], 32).hex(),
        crc32=_number(given["crc32"], _GREATEST_CRC),
        media_type=_text(given, "media_type"),
        role=_text(given, "role"),
        record=None if record is None else _number(record, _GREATEST_FILE),
    )


def _mapping(item: object, keys: set[str]) -> Mapping[str, object]:
    if not isinstance(item, dict) or set(item) != keys:
        raise NotManifest("missing or foreign details")
    return cast(Mapping[str, object], item)


def _list(items: object) -> list[object]:
    if not isinstance(items, list):
        raise NotManifest("not a list of files")
    return items


def _text(given: Mapping[str, object], key: str) -> str:
    text = given[key]
    if not isinstance(text, str):
        raise NotManifest(f"{key} is not text")
    return text


def _number(number: object, greatest: int) -> int:
    if type(number) is not int or not 0 <= number <= greatest:
        raise NotManifest("not a number within bounds")
    return number
