"""Salted commitments: the log knows an act by a hash that nobody can guess back.

Each field is hashed with sixteen random bytes of its own, and the fields' hashes are
the leaves of a small tree whose root is the commitment. To show a field is to give its
value and salt; to mask it is to give its hash alone; to dispose of the act is to drop
values and salts. The commitment, and with it the log, stays whole in all three cases.
The name of a masked field is not part of what the commitment vouches for.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Literal, NotRequired, TypeAlias, TypedDict, cast

from uppsikt.archive import canonical, merkle
from uppsikt.archive.canonical import Value

SALT_SIZE = 16


class OpenField(TypedDict):
    """A field that is shown."""

    value: Value
    salt: str


class MaskedField(TypedDict):
    """A field of which only the hash is given."""

    hash: str


Opening: TypeAlias = Mapping[str, OpenField | MaskedField]
LeafKind: TypeAlias = Literal["entry", "batch"]


class Leaf(TypedDict):
    """What stands in the log: nothing of the act in clear."""

    v: int
    kind: LeafKind
    commitment: str
    size: NotRequired[int]


class BadOpening(ValueError):
    """The opening has no fields, or a field that is neither shown nor masked."""


def new_salts(names: Iterable[str]) -> dict[str, bytes]:
    """Draw sixteen random bytes for each field."""
    return {name: secrets.token_bytes(SALT_SIZE) for name in names}


def commit(fields: Mapping[str, Value], salts: Mapping[str, bytes]) -> bytes:
    """Compute the commitment to `fields`: 32 bytes.

    Raises:
        BadOpening: no fields, or fields and salts of different names or sizes.
        canonical.NotCanonical: a value that has no single spelling.
    """
    _refuse_unsalted(fields, salts)
    return merkle.root(
        _open_hash(name, fields[name], salts[name]) for name in sorted(fields)
    )


def opening(fields: Mapping[str, Value], salts: Mapping[str, bytes]) -> Opening:
    """Put together what it takes to show every field.

    Raises:
        BadOpening: no fields, or fields and salts of different names or sizes.
    """
    _refuse_unsalted(fields, salts)
    return {
        name: {"value": value, "salt": salts[name].hex()}
        for name, value in fields.items()
    }


def open_fields(opening: Opening) -> dict[str, Value]:
    """Return the values of the fields that are shown."""
    shown = {name: field for name, field in opening.items() if "value" in field}
    return {name: cast(OpenField, field)["value"] for name, field in shown.items()}


def masked_fields(opening: Opening) -> list[str]:
    """Return the names of the fields that are masked, in order."""
    return sorted(name for name, field in opening.items() if "hash" in field)


def mask(opening: Opening, names: Iterable[str]) -> Opening:
    """Return the opening with the named fields reduced to their hashes.

    Raises:
        BadOpening: the opening cannot be read.
        KeyError: there is no such field, so what was to be hidden is elsewhere.
    """
    hidden: dict[str, MaskedField] = {
        name: {"hash": _field_hash(name, opening[name]).hex()} for name in names
    }
    return {**opening, **hidden}


def verify_opening(opening: Opening, commitment: bytes) -> bool:
    """Tell whether every field, shown or masked, is one that was committed to."""
    try:
        return commitment_of(opening) == commitment
    except (BadOpening, canonical.NotCanonical):
        return False


def commitment_of(opening: Opening) -> bytes:
    """Compute the commitment that an opening leads to: 32 bytes.

    Raises:
        BadOpening: no fields, or a field that is neither shown nor masked.
        canonical.NotCanonical: a value, salt or hash that has no single spelling.
    """
    if not opening:
        raise BadOpening("no fields")
    return merkle.root(_field_hash(name, opening[name]) for name in sorted(opening))


def leaf_data(kind: LeafKind, commitment: bytes, size: int | None = None) -> bytes:
    """Write the bytes that go into the log for a commitment.

    `size` is the number of members when the commitment is to a batch.
    """
    leaf: Leaf = {"v": 1, "kind": kind, "commitment": commitment.hex()}
    if size is not None:
        leaf["size"] = size
    return canonical.dumps(leaf)


def _refuse_unsalted(fields: Mapping[str, Value], salts: Mapping[str, bytes]) -> None:
    if not fields or fields.keys() != salts.keys():
        raise BadOpening("each field has a salt, and there is at least one field")
    if {len(salt) for salt in salts.values()} != {SALT_SIZE}:
        raise BadOpening("a salt is sixteen bytes")


def _open_hash(name: str, value: object, salt: bytes) -> bytes:
    return merkle.leaf_hash(salt + canonical.dumps([name, value]))


def _field_hash(name: str, field: object) -> bytes:
    match field:
        case {"value": value, "salt": salt, **more} if not more:
            return _open_hash(name, value, canonical.from_hex(salt, SALT_SIZE))
        case {"hash": hashed, **more} if not more:
            return canonical.from_hex(hashed, merkle.HASH_SIZE)
        case _:
            raise BadOpening(name)
