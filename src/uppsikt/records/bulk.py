"""Insert many rows of one kind at once: one prepared statement on SQLite.

Django writes a new statement for each few dozen rows, which costs several times more
than the inserting itself. PostgreSQL does well with Django's own way.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction

M = TypeVar("M", bound=models.Model)
Column: TypeAlias = "models.Field[Any, Any]"

AT_ONCE = 500


@transaction.atomic
def create(things: Sequence[M]) -> list[M]:
    """Insert `things`, all of one model and new, and give each its key.

    As `bulk_create`, it calls neither `save` nor what listens to it.
    """
    if not things:
        return []
    if connection.vendor != "sqlite":
        return type(things[0])._default_manager.bulk_create(things, AT_ONCE)
    last = _insert(things)
    # Nobody else writes meanwhile, so the keys are in a row.
    for thing, pk in zip(things, range(last - len(things) + 1, last + 1), strict=True):
        thing.pk = pk
        thing._state.adding = False
        thing._state.db = connection.alias
    return list(things)


@transaction.atomic
def put(things: Sequence[M], *, unique: str, update: Sequence[str]) -> None:
    """Insert `things`, or `update` those columns where one with `unique` is there."""
    if not things:
        return
    if connection.vendor == "sqlite":
        _insert(things, _or_update(unique, update))
        return
    type(things[0])._default_manager.bulk_create(
        things,
        AT_ONCE,
        update_conflicts=True,
        unique_fields=[unique],
        update_fields=update,
    )


def _insert(things: Sequence[models.Model], otherwise: str = "") -> int:
    """Insert by one statement; return the key of the last row."""
    meta = type(things[0])._meta
    fields = [f for f in meta.local_concrete_fields if not f.primary_key]
    name = connection.ops.quote_name
    columns = ", ".join(name(str(f.column)) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    table = name(meta.db_table)
    insert = f"INSERT INTO {table} ({columns}) VALUES ({places}){otherwise}"  # noqa: S608 (our own names)
    with connection.cursor() as cursor:
        cursor.executemany(insert, list(_rows(things, fields)))
        cursor.execute("SELECT last_insert_rowid()")
        return int(cursor.fetchone()[0])


def _or_update(unique: str, update: Sequence[str]) -> str:
    name = connection.ops.quote_name
    given = ", ".join(f"{name(u)} = excluded.{name(u)}" for u in update)
    return f" ON CONFLICT ({name(unique)}) DO UPDATE SET {given}"


def _rows(things: Sequence[models.Model], fields: Sequence[Column]) -> Iterator[Any]:
    """Yield the values of each thing as the database takes them.

    Plain text and numbers are ready as they are; only the others are made ready.
    """
    values = attrgetter(*(f.attname for f in fields))
    made = [(n, _ready(f)) for n, f in enumerate(fields) if not isinstance(f, _PLAIN)]
    for thing in things:
        row = list(values(thing))
        for number, ready in made:
            if row[number] is not None:
                row[number] = ready(row[number])
        yield row


def _ready(field: Column) -> Callable[[Any], Any]:
    """Return what makes a value ready. The same moment comes often, and is kept."""

    def ready(value: Any) -> Any:
        return field.get_db_prep_save(value, database)

    database = connections[DEFAULT_DB_ALIAS]
    return cache(ready) if isinstance(field, models.DateTimeField) else ready


_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.FloatField,
    models.ForeignKey,
)
