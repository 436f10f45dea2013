"""The rows of a table that somebody uploaded, bounded, whatever file they came in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from uppsikt.policy.words import N_, Message

MOST_COLUMNS: Final = 100
LONGEST_CELL: Final = 4000
EMPTY_ROWS: Final = 20
"""How many rows may be empty for each that is not: they may only have a format."""


class Unreadable(ValueError):
    """The file is no table that can be read here. `reason` is for people."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its number there, its cells, and which are formulas."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()

    def __getitem__(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells in Excel that are one, from the row `first` to `last`: "A3:A9"."""

    ref: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold anything, and where cells are merged."""

    rows: tuple[Row, ...]
    merged: tuple[Merged, ...] = ()


def kept(rows: Iterable[Row], most_rows: int) -> Iterator[Row]:
    """Yield the rows that hold anything, trimmed; raise when they are too many."""
    kept = 0
    for row in rows:
        trimmed = _trimmed(row)
        kept += bool(trimmed.cells)
        if kept > most_rows or row.number > EMPTY_ROWS * most_rows:
            raise too_long(most_rows)
        if trimmed.cells:
            yield trimmed


def _trimmed(row: Row) -> Row:
    cells = [cell.strip() for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    if any(len(cell) > LONGEST_CELL for cell in cells):
        words = N_("A cell in row %(row)d holds more than %(limit)d letters.")
        raise Unreadable(Message(words, {"row": row.number, "limit": LONGEST_CELL}))
    if len(cells) > MOST_COLUMNS:
        words = N_("Row %(row)d has more than %(limit)d columns.")
        raise Unreadable(Message(words, {"row": row.number, "limit": MOST_COLUMNS}))
    return Row(row.number, tuple(cells), row.formulas)


def too_long(most_rows: int) -> Unreadable:
    """Return the refusal of a table with more rows than are taken, headings too."""
    words = N_(
        "The file has more than %(limit)d rows below the headings, which is the most. "
        "Remove what is not the list of channels, or part it into several files."
    )
    return Unreadable(Message(words, {"limit": most_rows - 1}))
