"""The library's town, founded once by the real acts, and set up again for each test.

To found it takes some thirty acts. They run for the first test of a process that asks
for the library's channel; what they left, rows and files, is put back for the others.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from uppsikt.channels import register_cache
from uppsikt.records.models import Blob

Row: TypeAlias = tuple[Any, ...]
Rows: TypeAlias = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What founding the town left: its people and places, rows, and vault files."""

    things: dict[str, Any]
    rows: Rows
    files: dict[Path, bytes]

    def set_up(self) -> dict[str, Any]:
        """Put all of it into an empty database and vault, and return the things."""
        with transaction.atomic():
            for table, rows in self.rows.items():
                _insert(table, rows)
            _count_on()
        # The ledger is the same each time, so an answer of another test would pass.
        register_cache.forget()
        for path, content in self.files.items():
            target = Path(settings.VAULT) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return deepcopy(self.things)


def keep(things: dict[str, Any], before: Rows) -> Kept:
    """Keep what was made since the rows were as in `before`, of which none changed."""
    made = {}
    for table, rows in all_rows().items():
        there = before[table]
        assert all(row in rows for row in there), f"{table} has changed rows"
        made[table] = [row for row in rows if row not in there]
    vault = Path(settings.VAULT)
    names = set(Blob.objects.values_list("name", flat=True))
    files = {
        path.relative_to(vault): path.read_bytes()
        for path in vault.rglob("*")
        if path.is_file() and path.name.split(".")[0] in names
    }
    return Kept(deepcopy(things), {t: r for t, r in made.items() if r}, files)


def all_rows() -> Rows:
    """Return every row of every table, as the database tells it."""
    return {table: _rows(table) for table in _tables()}


def _tables() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table


def _rows(table: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return list(cursor.fetchall())


def _insert(table: str, rows: list[Row]) -> None:
    places = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)


def _count_on() -> None:
    """Let the next number of each table follow the highest that was put in."""
    reset = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    if reset:
        with connection.cursor() as cursor:
            cursor.execute(" ".join(reset))
