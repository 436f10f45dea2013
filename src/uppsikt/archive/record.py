"""One record of a package: an act in the log, shown, partly masked or disposed of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from uppsikt.archive import batch, canonical, commitment, merkle
from uppsikt.archive.batch import Membership
from uppsikt.archive.commitment import Opening

FILES = "files"
"""The field that names a record's evidence: a list of `sha256:` and 64 digits each."""

State: TypeAlias = Literal["whole", "masked", "disposed"]


class NotRecord(ValueError):
    """The bytes are not a record."""


@dataclass(frozen=True, slots=True)
class Record:
    """An act's commitment, what is shown of it, and its place if it is in a batch.

    `opening` is None when the act's contents have been disposed of (gallrats).
    """

    number: int
    commitment: bytes
    opening: Opening | None
    place: Membership | None = None

    def to_json(self) -> bytes:
        """Write the record as canonical JSON."""
        return canonical.dumps(
            {
                "v": 1,
                "number": self.number,
                "commitment": self.commitment.hex(),
                "opening": self.opening,
                "batch": None if self.place is None else _place_json(self.place),
            }
        )

    @property
    def state(self) -> State:
        """Tell how much is shown of the act."""
        if self.opening is None:
            return "disposed"
        return "masked" if commitment.masked_fields(self.opening) else "whole"

    def is_true(self) -> bool:
        """Tell whether what is shown is what was committed to."""
        opening = self.opening
        return opening is None or commitment.verify_opening(opening, self.commitment)

    def leaf_hash(self) -> bytes:
        """Compute the hash of the leaf under which the act stands in the log.

        Raises:
            batch.NotMember: the act has no such place in a batch.
        """
        if self.place is None:
            leaf = commitment.leaf_data("entry", self.commitment)
        else:
            leaf = batch.leaf_of(self.commitment, self.place)
        return merkle.leaf_hash(leaf)

    def names_file(self, sha256: str) -> bool:
        """Tell whether the act itself names a file with these bytes."""
        shown = {} if self.opening is None else commitment.open_fields(self.opening)
        named = shown.get(FILES)
        return isinstance(named, list | tuple) and f"sha256:{sha256}" in named


def parse(data: bytes) -> Record:
    """Read a record; whether it is true is not yet checked.

    Raises:
        NotRecord: not canonical JSON, or not the details of a record.
    """
    try:
        content = _mapping(canonical.loads(data))
        if set(content) != {"v", "number", "commitment", "opening", "batch"}:
            raise NotRecord("missing or foreign details")
        place, opening = content["batch"], content["opening"]
        return Record(
            number=_number(content["number"]),
            commitment=canonical.from_hex(content["commitment"], merkle.HASH_SIZE),
            opening=None if opening is None else _opening(opening),
            place=None if place is None else _place(_mapping(place)),
        )
    except (KeyError, canonical.NotCanonical) as fault:
        raise NotRecord(str(fault)) from fault


def _place_json(place: Membership) -> dict[str, object]:
    path = [step.hex() for step in place.path]
    return {"index": place.index, "size": place.size, "path": path}


def _place(given: Mapping[str, object]) -> Membership:
    path = given["path"]
    if not isinstance(path, list):
        raise NotRecord("a path is a list")
    return Membership(
        _number(given["index"]),
        _number(given["size"]),
        tuple(canonical.from_hex(step, merkle.HASH_SIZE) for step in path),
    )


def _opening(given: object) -> Opening:
    fields = _mapping(given)
    if not all(isinstance(field, dict) for field in fields.values()):
        raise NotRecord("a field is neither shown nor masked")
    return cast(Opening, fields)


def _mapping(given: object) -> Mapping[str, object]:
    if not isinstance(given, dict):
        raise NotRecord("not an object")
    return cast(Mapping[str, object], given)


def _number(given: object) -> int:
    if type(given) is not int or given < 0:
        raise NotRecord("not a number")
    return given
