"""Measure the ledger in the database: acts appended and sequenced, beside bare rows.

Both are committed one act at a time, in a database file of their own, in rounds that
alternate. A batch of a hundred members is measured in the same way, per member.
"""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

import django
from django.core.management import call_command
from django.db import connection, transaction

ACTS = 1_500
FETCHES = 60
MEMBERS = 100
ROUNDS = 3
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def seconds(work: Callable[[], object]) -> float:
    """Time one piece of work."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def append_acts() -> None:
    """Commit acts one by one, then number and sign them."""
    from uppsikt.records import ledger

    for n in range(ACTS):
        with transaction.atomic():
            facts: dict[str, ledger.JsonValue] = {"before": "seen", "after": "done"}
            ledger.append("item.close", f"item:{n}", facts, actor="user:1", at=AT)
    ledger.sequence(AT)


def append_fetches() -> None:
    """Commit fetches of a hundred items, then number and sign them."""
    from uppsikt.records import ledger

    members: list[dict[str, ledger.JsonValue]] = [
        {"item": f"at://did:plc:example/post/{n}", "version": 1, "text": "b" * 64}
        for n in range(MEMBERS)
    ]
    for n in range(FETCHES):
        with transaction.atomic():
            subject = f"channel:{n}"
            ledger.append_batch("inbox.fetch", subject, members, {}, actor="c", at=AT)
    ledger.sequence(AT)


def bare_rows(table: str, commits: int, rows: int) -> None:
    """Insert as many bare rows of the same size, with the same commits."""
    insert = f"INSERT INTO {table} (act, subject, at, leaf) VALUES (%s, %s, %s, %s)"
    row = ("item.close", "item:1", AT.isoformat(), b"x" * 110)
    for _ in range(commits):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(insert, [row] * rows)


def bare_acts() -> None:
    """Insert two bare rows for each act: what it is and what it opens to."""
    bare_rows("bare", ACTS, 2)


def bare_fetches() -> None:
    """Insert a bare row for each member of each fetch."""
    bare_rows("bare", FETCHES, MEMBERS)


def told(
    name: str, count: int, work: Callable[[], None], floor: Callable[[], None]
) -> None:
    """Print the figure, its floor, and the share."""
    pairs = [(seconds(work), seconds(floor)) for _ in range(ROUNDS)]
    ours, bare = (min(column) for column in zip(*pairs, strict=True))
    print(f"{name}: {count / ours:,.0f}/s")
    print(f"bare rows with the same commits (floor): {count / bare:,.0f}/s")
    print(f"share of the floor: {bare / ours:.0%}")


def main() -> None:
    """Print leaves per second and the share of bare inserts."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["UPPSIKT_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "uppsikt.web.settings"
        django.setup()
        call_command("migrate", "records", verbosity=0, skip_checks=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE bare (id INTEGER PRIMARY KEY, "
                "act TEXT, subject TEXT, at TEXT, leaf BLOB)"
            )
        told("acts appended and sequenced", ACTS, append_acts, bare_acts)
        members = FETCHES * MEMBERS
        told("members of fetches", members, append_fetches, bare_fetches)
        connection.close()


if __name__ == "__main__":
    main()
