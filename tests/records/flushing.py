"""Lets the test database be emptied between tests although its tables refuse it.

A test that commits for real (`transaction=True`, a live server) is cleaned up after by
emptying all tables, which the triggers on what is written once rightly stop. So they
are lifted for that moment, and only then.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

_SQLITE = (
    "SELECT name, sql FROM sqlite_master "
    "WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
)
_POSTGRESQL = (
    "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal"
)
# A table with foreign keys still to be checked cannot be altered.
_NOW = "SET CONSTRAINTS ALL IMMEDIATE"


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

        def emptied(case: TransactionTestCase) -> None:
            with lifted():
                empty(case)

        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@contextmanager
def lifted() -> Iterator[None]:
    """Do without the triggers that refuse changes."""
    down, up = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    _run(down)
    try:
        yield
    finally:
        _run(up)


def _sqlite() -> tuple[list[str], list[str]]:
    rows = _rows(_SQLITE)
    return [f'DROP TRIGGER "{name}"' for name, _ in rows], [sql for _, sql in rows]


def _postgresql() -> tuple[list[str], list[str]]:
    tables = [table for (table,) in _rows(_POSTGRESQL)]
    return (
        [_NOW, *(f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in tables)],
        [_NOW, *(f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables)],
    )


def _rows(question: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
