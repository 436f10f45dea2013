"""How an act is laid out in its row of openings: alone, or with a batch's members.

A single act keeps each field with its value and its own salt. A batch keeps the values
of its head and members and one seed, from which the salt of each field follows, so that
a million fetched comments do not cost a million times six salts. To give one salt away
gives neither the seed nor any other salt away.
"""

import hashlib
import math
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias, cast

from django.utils import timezone

from uppsikt.archive import canonical, commitment
from uppsikt.archive.canonical import Value
from uppsikt.archive.commitment import SALT_SIZE, Opening

JsonValue: TypeAlias = (
    "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
)
Fields: TypeAlias = dict[str, Value]
Stored: TypeAlias = Mapping[str, Any]

RESERVED = frozenset({"act", "subject", "actor", "at"})
HEAD = 0
"""The place of the act's own fields in a batch; the members follow."""


class ReservedName(ValueError):
    """A fact has the name of one of the fields that every act has."""


def fields(
    act: str,
    subject: str,
    facts: Mapping[str, JsonValue],
    *,
    actor: str,
    at: datetime,
) -> Fields:
    """Put together what an act is committed to; `at` as read on the clock here (D-38).

    Raises:
        ReservedName: a fact is called `act`, `subject`, `actor` or `at`.
    """
    if taken := RESERVED & facts.keys():
        raise ReservedName(", ".join(sorted(taken)))
    local = at.astimezone(timezone.get_default_timezone())
    head = {"act": act, "subject": subject, "actor": actor, "at": local.isoformat()}
    return {**head, **spelled(facts)}


def spelled(facts: Mapping[str, JsonValue]) -> Fields:
    """Give each fact its one spelling: a fraction, which has many, becomes text."""
    return {name: _spelled(value) for name, value in facts.items()}


def alone(content: Fields) -> Opening:
    """Draw a salt for each field of a single act."""
    return commitment.opening(content, commitment.new_salts(content))


def together(contents: Sequence[Fields]) -> Stored:
    """Lay out a batch, its head first, with a new seed."""
    return {"seed": secrets.token_hex(SALT_SIZE), "members": list(contents)}


def commitments(stored: Stored) -> list[bytes]:
    """Compute the commitment of a batch's head and of each member."""
    seed = bytes.fromhex(stored["seed"])
    return [
        commitment.commit(content, _salts(seed, place, content))
        for place, content in enumerate(stored["members"])
    ]


def opening_at(stored: Stored, place: int) -> Opening:
    """Return what it takes to show the head or a member of a batch.

    Raises:
        IndexError: the batch has no such place.
    """
    content = cast(Fields, stored["members"][place])
    salts = _salts(bytes.fromhex(stored["seed"]), place, content)
    return commitment.opening(content, salts)


def _salts(seed: bytes, place: int, content: Fields) -> dict[str, bytes]:
    """Derive a salt for each field; one given away tells nothing of another."""
    prefix = seed + place.to_bytes(4, "big")
    return {
        name: hashlib.sha256(prefix + name.encode()).digest()[:SALT_SIZE]
        for name in content
    }


def _spelled(value: JsonValue) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, Mapping):
        return cast(Value, spelled(value))
    if isinstance(value, Sequence):
        return cast(Value, [_spelled(one) for one in value])
    return value


def _decimal(number: float) -> str:
    if not math.isfinite(number):
        raise canonical.NotCanonical("no number")
    return repr(number)
