"""Insert many rows of one kind at once: one prepared statement on SQLite.

Django writes a new statement for each few dozen rows, which costs several times more
than the inserting itself. PostgreSQL does well with Django's own way.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction

M = TypeVar("M", bound=models.Model)
Column: TypeAlias = "models.Field[Any, Any]"
Row: TypeAlias = tuple[Any, ...]
"""The values of one row, in the order of the names that come with it."""

AT_ONCE = 500


def create(things: Sequence[M]) -> list[M]:
    """Insert `things`, all of one model and new, and give each its key.

    As `bulk_create`, it calls neither `save` nor what listens to it.
    """
    if not things:
        return []
    model = type(things[0])
    if connection.vendor != "sqlite":
        return model._default_manager.bulk_create(things, AT_ONCE)
    names = [f.attname for f in model._meta.local_concrete_fields if not f.primary_key]
    keys = _insert(model, names, map(attrgetter(*names), things))
    for thing, pk in zip(things, keys, strict=True):
        thing.pk = pk
        thing._state.adding = False
        thing._state.db = connection.alias
    return list(things)


def insert(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Row]
) -> Sequence[int]:
    """Insert `rows` of the columns `names`, which are all but the key; return the keys.

    For rows that nobody needs as things: to make a thing costs more than to insert it.
    """
    if not rows:
        return []
    if connection.vendor == "sqlite":
        return _insert(model, names, rows)
    made = model._default_manager.bulk_create(_things(model, names, rows), AT_ONCE)
    return [thing.pk for thing in made]


def put(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Row],
    *,
    unique: str,
    update: Sequence[str],
) -> None:
    """Insert `rows`, or `update` those columns where one with `unique` is there."""
    if not rows:
        return
    if connection.vendor == "sqlite":
        _insert(model, names, rows, _or_update(unique, update))
        return
    model._default_manager.bulk_create(
        _things(model, names, rows),
        AT_ONCE,
        update_conflicts=True,
        unique_fields=[unique],
        update_fields=update,
    )


def _things(model: type[M], names: Sequence[str], rows: Sequence[Row]) -> Iterator[M]:
    return (model(**dict(zip(names, row, strict=True))) for row in rows)


@transaction.atomic(savepoint=False)
def _insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Row],
    otherwise: str = "",
) -> range:
    """Insert by one statement; return the keys, if all were new."""
    meta = model._meta
    known = {f.attname: f for f in meta.local_concrete_fields}
    fields = [known[name] for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(f.column)) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quoted(meta.db_table)
    insert = f"INSERT INTO {table} ({columns}) VALUES ({places}){otherwise}"  # noqa: S608 (our own names)
    ready = list(_ready_rows(rows, fields))
    with connection.cursor() as cursor:
        cursor.executemany(insert, ready)
        cursor.execute("SELECT last_insert_rowid()")
        last = int(cursor.fetchone()[0])
    # Nobody else writes meanwhile, so the keys are in a row.
    return range(last - len(ready) + 1, last + 1)


def _or_update(unique: str, update: Sequence[str]) -> str:
    name = connection.ops.quote_name
    given = ", ".join(f"{name(u)} = excluded.{name(u)}" for u in update)
    return f" ON CONFLICT ({name(unique)}) DO UPDATE SET {given}"


def _ready_rows(rows: Iterable[Row], fields: Sequence[Column]) -> Iterator[Any]:
    """Yield the values of each row as the database takes them.

    Plain text and numbers are ready as they are; only the others are made ready, and
    a moment, which often comes again, once.
    """
    kept = cache(_prepared(models.DateTimeField()))
    made = [
        (n, kept if isinstance(f, models.DateTimeField) else _prepared(f))
        for n, f in enumerate(fields)
        if not isinstance(f, _PLAIN)
    ]
    for given in rows:
        row = list(given)
        for number, ready in made:
            if row[number] is not None:
                row[number] = ready(row[number])
        yield row


def _prepared(field: Column) -> Callable[[Any], Any]:
    """Return what makes a value of `field` ready for the database."""
    return partial(field.get_db_prep_save, connection=connections[DEFAULT_DB_ALIAS])


_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.FloatField,
    models.ForeignKey,
)
