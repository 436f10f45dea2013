"""Reads the functional suite: what must and what must not be flagged, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "functional"


@dataclass(frozen=True, slots=True)
class Row:
    """One text, and which signals it must and must not raise; others are not judged."""

    group: str
    id: str
    functionality: str
    text: str
    must: frozenset[str]
    must_not: frozenset[str]


def rows() -> Iterator[Row]:
    """Yield every row, by group; texts as they stand, with their hidden characters."""
    for path in sorted(FOLDER.glob("*.tsv")):
        lines = path.read_bytes().decode().split("\n")
        yield from (
            _row(path.stem, line) for line in lines if line[:2] not in ("", "# ")
        )


def _row(group: str, line: str) -> Row:
    name, expected, functionality, text = line.split("\t")
    asked = expected.split(",")
    must = frozenset(one[1:] for one in asked if one[:1] == "+")
    must_not = frozenset(one[1:] for one in asked if one[:1] == "-")
    assert len(must) + len(must_not) == len(asked), name
    return Row(group, name, functionality, text, must, must_not)
