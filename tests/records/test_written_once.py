"""The database itself refuses to change what has been written once."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from uppsikt.records import ledger
from uppsikt.records.models import Entry

pytestmark = pytest.mark.django_db


def refuses(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as fault:
        return "written once" in str(fault)
    return False


@pytest.fixture(autouse=True)
def two_sealed_acts_and_one_that_waits(noon: datetime) -> None:
    for n in range(2):
        ledger.append("a.b", f"case:{n}", {"n": n}, actor="user:1", at=noon)
    ledger.sequence(noon)
    ledger.append("a.b", "case:2", {"n": 2}, actor="user:1", at=noon)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_entry SET number = 9 WHERE number = 1",
        "UPDATE records_entry SET number = NULL WHERE number = 1",
        "UPDATE records_entry SET act = 'x' WHERE number = 1",
        "UPDATE records_entry SET subject = 'x' WHERE number IS NULL",
        "UPDATE records_entry SET number = 2, subject = 'x' WHERE number IS NULL",
        "UPDATE records_entry SET leaf = (SELECT leaf FROM records_entry "
        "WHERE number = 0) WHERE number = 1",
        "UPDATE records_entry SET at = CURRENT_TIMESTAMP WHERE number = 1",
        "DELETE FROM records_entry WHERE number = 1",
        "DELETE FROM records_entry WHERE number IS NULL",
        "UPDATE records_opening SET fields = '{}'",
        "UPDATE records_opening SET fields = NULL",
        "UPDATE records_opening SET disposed_under = 'x'",
        "DELETE FROM records_opening",
        "UPDATE records_treenode SET level = 9",
        "DELETE FROM records_treenode",
        "UPDATE records_checkpoint SET note = 'x'",
        "DELETE FROM records_checkpoint",
    ],
)
def test_what_is_written_once_is_not_changed_even_by_hand(statement: str) -> None:
    assert refuses(statement)


@pytest.mark.parametrize("table", ["entry", "opening", "treenode", "checkpoint"])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way round")
def test_a_row_cannot_be_put_in_the_place_of_another(table: str) -> None:
    assert refuses(
        f"INSERT OR REPLACE INTO records_{table} SELECT * FROM records_{table}"
    )


@pytest.mark.parametrize("table", ["entry", "opening", "treenode", "checkpoint"])
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own way")
def test_a_table_cannot_be_emptied_at_one_blow(table: str) -> None:
    assert refuses(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE records_{table} CASCADE")


def test_an_opening_is_emptied_once_and_only_with_its_decision() -> None:
    emptied = (
        "UPDATE records_opening SET fields = NULL, disposed_under = '{}' "
        "WHERE entry_id = (SELECT MIN(entry_id) FROM records_opening)"
    )

    assert not refuses(emptied.format("KS 2019:44"))
    assert refuses(emptied.format("KS 2020:1"))


def test_an_entry_that_waits_may_be_given_its_number() -> None:
    assert not refuses("UPDATE records_entry SET number = 2 WHERE number IS NULL")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_empty_tables_and_their_locks(turn: int) -> None:
    assert Entry.objects.count() == 3, "what the turn before left is gone"
    assert refuses("DELETE FROM records_entry")
