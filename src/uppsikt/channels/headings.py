"""Which column of a list of channels is what, told from its headings in Swedish."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from uppsikt.platforms.catalogue import SITES
from uppsikt.records.table_rows import Row, Table

FIELDS: Final = (
    "name",
    "site",
    "url",
    "handle",
    "department",
    "unit",
    "owner",
    "deputy",
    "purpose_codes",
    "purpose",
    "audience",
    "description",
    "contact",
)
"""What is read in, in the order of our own file."""
_FIRST_ROWS: Final = 10
_ENOUGH: Final = 2
_SIGNS: Final = re.compile(r"[^a-zåäöéü0-9]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand, and the column of each field, counted from 0.

    `doubtful` are fields for which more than one column came into question.
    """

    header: Row
    columns: Mapping[str, int]
    doubtful: frozenset[str] = frozenset()

    @property
    def sure(self) -> bool:
        """Tell whether nobody need be asked: what must be there is, and once."""
        return not self.doubtful and self.enough

    @property
    def enough(self) -> bool:
        """Tell whether a row can be understood at all: a name, an account, a place."""
        told = self.columns.keys()
        account = "url" in told or {"site", "handle"} <= told
        return "name" in told and account and bool({"department", "unit"} & told)


def recognised(table: Table) -> Layout:
    """Return the layout that the headings tell; a title above them is passed over."""
    best = max(table.rows[:_FIRST_ROWS], key=lambda row: len(_told(row).columns))
    layout = _told(best)
    return layout if len(layout.columns) >= _ENOUGH else Layout(table.rows[0], {})


def chosen(table: Table, columns: Mapping[str, int]) -> Layout:
    """Return the layout that a person has chosen, with the headings where they are."""
    return Layout(recognised(table).header, columns)


def labels() -> dict[str, str]:
    """Return what each column is called in our own files, in order."""
    return {field: _file()[field]["label"] for field in (*FIELDS, "status")}


def site_called(text: str) -> str:
    """Return the platform that people call so, or ""."""
    return _sites().get(folded(text), "")


def folded(text: str) -> str:
    """Return a text as it is compared: small letters, and no spaces or signs."""
    return _SIGNS.sub("", text.casefold())


def _told(row: Row) -> Layout:
    columns: dict[str, int] = {}
    doubtful = set[str]()
    for place, cell in enumerate(row.cells):
        field = _fields().get(folded(cell), "")
        if field in columns:
            doubtful.add(field)
        elif field in FIELDS:
            columns[field] = place
    return Layout(row, columns, frozenset(doubtful))


@cache
def _fields() -> dict[str, str]:
    """Return the field of each heading that is known."""
    return {
        folded(heading): field
        for field, said in _file().items()
        for heading in (said["label"], *said["also"])
    }


@cache
def _sites() -> dict[str, str]:
    said = _read("platform_names.toml")
    own = {folded(site.label): site.name for site in SITES.values()}
    names = {folded(name): name for name in SITES}
    called = {folded(word): name for name, words in said.items() for word in words}
    return {**called, **own, **names}


@cache
def _file() -> dict[str, Any]:
    return _read("headings.toml")


def _read(name: str) -> dict[str, Any]:
    text = resources.files("uppsikt.channels").joinpath(name).read_text("utf-8")
    return tomllib.loads(text)
