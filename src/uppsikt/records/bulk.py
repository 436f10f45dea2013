"""Insert many rows of one kind at once: one prepared statement on SQLite.

Django writes a new statement for each few dozen rows, which costs several times more
than the inserting itself. PostgreSQL does well with Django's own way.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import connection, models, transaction

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def create(things: Sequence[M]) -> list[M]:
    """Insert `things`, all of one model and new, and give each its key.

    As `bulk_create`, it calls neither `save` nor what listens to it.
    """
    if not things:
        return []
    if connection.vendor != "sqlite":
        return type(things[0])._default_manager.bulk_create(things)
    return _prepared(list(things))


def _prepared(things: list[M]) -> list[M]:
    """Insert by one statement. Nobody else writes meanwhile, so keys are in a row."""
    meta = type(things[0])._meta
    fields = [f for f in meta.local_concrete_fields if not f.primary_key]
    name = connection.ops.quote_name
    columns = ", ".join(name(str(f.column)) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {name(meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 (our own names)
    told = [(f.attname, _adapter(f)) for f in fields]
    rows = [[adapt(getattr(t, at)) for at, adapt in told] for t in things]
    with connection.cursor() as cursor:
        cursor.executemany(insert, rows)
        cursor.execute("SELECT last_insert_rowid()")
        last = cursor.fetchone()[0]
    for thing, pk in zip(things, range(last - len(things) + 1, last + 1), strict=True):
        thing.pk = pk
        thing._state.adding = False
        thing._state.db = connection.alias
    return things


def _adapter(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    """Return what makes a value of `field` ready for the database.

    Plain text, numbers and nothing are ready as they are; most values are.
    """

    def adapt(value: Any) -> Any:
        if value is None or (plain and type(value) in _READY):
            return value
        return field.get_db_prep_save(value, connection)

    plain = isinstance(field, _PLAIN)
    return adapt


_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.FloatField,
    models.ForeignKey,
)
_READY = frozenset({str, int, float, bool})
