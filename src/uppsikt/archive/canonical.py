"""One spelling for each value: canonical JSON and canonical base64."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Scalar: TypeAlias = str | int | bool | None
Value: TypeAlias = Scalar | Sequence[Scalar]

_GREATEST_INTEGER = 2**53 - 1
_ROWS = (list, tuple)
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class NotCanonical(ValueError):
    """The text or value has no single canonical spelling."""


def dumps(value: object) -> bytes:
    """Write `value` as JSON that has only one spelling, in UTF-8.

    Keys are sorted, nothing is spaced (RFC 8785). Fractions have many spellings and
    are refused, as are integers that JavaScript cannot hold.

    Raises:
        NotCanonical: a fraction, a great integer, a lone surrogate or a foreign type.
    """
    _refuse_ambiguous(value)
    try:
        return _ENCODER.encode(value).encode()
    except (ValueError, RecursionError) as fault:
        raise NotCanonical(str(fault)) from fault


def loads(data: bytes) -> object:
    """Read JSON that was written by `dumps`, and refuse any other spelling of it.

    Raises:
        NotCanonical: not JSON, or JSON that `dumps` would have written otherwise.
    """
    try:
        value: object = json.loads(data)
        same = dumps(value) == data
    except (ValueError, RecursionError) as fault:
        raise NotCanonical(str(fault)) from fault
    if not same:
        raise NotCanonical("another spelling of the same value")
    return value


def to_base64(data: bytes) -> str:
    """Write `data` in the standard alphabet with padding (RFC 4648, section 4)."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Read base64, and refuse every spelling but the one `to_base64` writes.

    Raises:
        NotCanonical: a foreign character, wrong padding or bits left over.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as fault:
        raise NotCanonical(str(fault)) from fault
    if to_base64(data) != text:
        raise NotCanonical("bits left over")
    return data


def from_hex(text: object, size: int) -> bytes:
    """Read `size` bytes written as lower-case hexadecimal digits.

    Raises:
        NotCanonical: another type, another length, upper case or a foreign character.
    """
    if not isinstance(text, str) or len(text) != 2 * size:
        raise NotCanonical("not the expected number of digits")
    try:
        data = bytes.fromhex(text)
    except ValueError as fault:
        raise NotCanonical(str(fault)) from fault
    if data.hex() != text:
        raise NotCanonical("not lower-case digits")
    return data


def from_decimal(text: str) -> int:
    """Read a whole number from zero up without sign, space or leading zero.

    Raises:
        NotCanonical: any other spelling, or more digits than a log can need.
    """
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(2**63))
    if not plain or str(int(text)) != text:
        raise NotCanonical(f"not a whole number: {text[:20]!r}")
    return int(text)


def _refuse_ambiguous(value: object) -> None:
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if type(part) is str:
            continue
        if isinstance(part, _ROWS):
            waiting.extend(part)
        elif isinstance(part, Mapping):
            waiting.extend(part.keys())
            waiting.extend(part.values())
            _refuse_foreign_keys(part)
        else:
            _refuse_ambiguous_scalar(part)


def _refuse_foreign_keys(part: Mapping[object, object]) -> None:
    if not all(isinstance(key, str) for key in part):
        raise NotCanonical("a key that is not text")


def _refuse_ambiguous_scalar(part: object) -> None:
    if not isinstance(part, str | int | None):
        raise NotCanonical(f"{type(part).__name__} has no canonical spelling")
    if isinstance(part, int) and abs(part) > _GREATEST_INTEGER:
        raise NotCanonical("an integer beyond 2**53 - 1")
