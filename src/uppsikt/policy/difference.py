"""What differs between two guidelines, row by row, so that a person can read it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from uppsikt.policy.guideline import Guideline

HEAD: Final = ""
"""The section of what the document says of itself."""
_HEAD_FIELDS: Final = (
    "title",
    "municipality",
    "registry_number",
    "decided",
    "decided_by",
    "owned_by",
)


class Kind(StrEnum):
    """What a row of a guideline is."""

    HEAD = "head"
    PARAMETER = "parameter"
    CONTROL = "control"
    MOVE = "move"
    RIGHT = "right"
    GROUND = "ground"
    FEATURE = "feature"
    BEYOND = "beyond"


# By what a row of each list is known.
_LISTED: Final = {
    Kind.CONTROL: "id",
    Kind.MOVE: "id",
    Kind.RIGHT: "id",
    Kind.FEATURE: "anchor",
    Kind.BEYOND: "anchor",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing said of a row, before and after."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is new, gone or said otherwise; `fields` holds what of it."""

    section: str
    kind: Kind
    name: str
    says: str
    fields: tuple[Field, ...]
    is_new: bool = False
    is_gone: bool = False


def between(before: Guideline, after: Guideline) -> list[Change]:
    """Return each row that `after` adds, drops or says otherwise (R-3.2-5)."""
    then, now = _rows(before), _rows(after)
    found = [_change(key, then.get(key), now.get(key)) for key in {**then, **now}]
    return [change for change in found if change is not None]


Row = Mapping[str, Any]
Key = tuple[Kind, str]


def _rows(guideline: Guideline) -> dict[Key, Row]:
    return {
        (kind, name): {**row, "section": row.get("section", HEAD)}
        for kind, name, row in _each(guideline)
    }


def _each(guideline: Guideline) -> Iterator[tuple[Kind, str, Row]]:
    yield from _head(guideline)
    for name, parameter in guideline.parameters.items():
        yield Kind.PARAMETER, name, parameter.model_dump()
    for ground in guideline.ground:
        yield Kind.GROUND, ground.code, asdict(ground)
    for kind, rows in _LISTED.items():
        for row in getattr(guideline, kind):
            yield kind, getattr(row, rows), row.model_dump()


def _head(guideline: Guideline) -> Iterator[tuple[Kind, str, Row]]:
    for field in _HEAD_FIELDS:
        yield Kind.HEAD, field, {"says": getattr(guideline, field)}
    for number, revision in enumerate(guideline.revision):
        yield Kind.HEAD, f"revision {number + 1}", revision.model_dump()


def _change(key: Key, before: Row | None, after: Row | None) -> Change | None:
    if before == after:
        return None
    kind, name = key
    row = after or before or {}
    return Change(
        section=row["section"],
        kind=kind,
        name=name,
        says=str(row.get("says") or row.get("label") or name),
        fields=_fields(before, after),
        is_new=before is None,
        is_gone=after is None,
    )


def _fields(before: Row | None, after: Row | None) -> tuple[Field, ...]:
    if before is None or after is None:
        return ()
    names = [n for n in {**before, **after} if before.get(n) != after.get(n)]
    return tuple(Field(n, before.get(n), after.get(n)) for n in names)
