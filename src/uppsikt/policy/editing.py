"""Changing one value in a guideline file, and nothing else in it."""

import json
import re
from typing import Final

from uppsikt.policy import guideline as policy
from uppsikt.policy.guideline import Guideline

Simple = bool | int | str

_VALUE: Final = re.compile(r"^value[ \t]*=[ \t]*(?P<value>.*)$", re.MULTILINE)
_NEXT_TABLE: Final = re.compile(r"^\[", re.MULTILINE)


class NotSimple(Exception):
    """The parameter is no number, text or yes or no on a line of its own."""


class WrongKind(Exception):
    """The new value is of another kind than the one it replaces."""


def simple(guideline: Guideline) -> list[str]:
    """Return the names of the parameters that are one number, text, or yes or no."""
    rows = guideline.parameters.items()
    return [name for name, row in rows if isinstance(row.value, bool | int | str)]


def with_value(data: bytes, name: str, value: Simple) -> bytes:
    """Return the guideline file `data` with another value of parameter `name`.

    Everything else is left as it was written, comments too.

    Raises:
        NotSimple: there is no such parameter, or it is written over several lines.
        WrongKind: a number for a text, or the like.
        policy.Broken: the file itself cannot be read.
    """
    before = policy.parse(data)
    if name not in simple(before):
        raise NotSimple(name)
    if type(value) is not type(before.value(name)):
        raise WrongKind(name)
    text = data.decode()
    start, end = _line(text, name)
    changed = f"{text[:start]}{_written(value)}{text[end:]}".encode()
    if not _only_that(before, policy.parse(changed), name, value):
        raise NotSimple(name)
    return changed


def _line(text: str, name: str) -> tuple[int, int]:
    """Return where the value of a parameter is written, begin and end."""
    head = re.search(rf"^\[parameters\.{re.escape(name)}\][ \t]*$", text, re.MULTILINE)
    if head is None:
        raise NotSimple(name)
    following = _NEXT_TABLE.search(text, head.end())
    end = following.start() if following else len(text)
    found = _VALUE.search(text, head.end(), end)
    if found is None or found["value"].startswith(('"""', "'''")):
        raise NotSimple(name)
    return found.span("value")


def _written(value: Simple) -> str:
    """Return a value in TOML; what JSON escapes in a text, TOML reads the same way."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _only_that(before: Guideline, after: Guideline, name: str, value: Simple) -> bool:
    told = before.model_dump()
    told["parameters"][name]["value"] = value
    return told == after.model_dump()
