"""Measure taking in items against bare inserts of the same rows, committed alike.

Fetches of 100 on SQLite with the program's own settings, one core. The floor writes
exactly the rows that taking in left behind, table by table with `executemany`, one
commit for each fetch, into a second database of the same shape: the same settings, so
foreign keys are checked; the same indexes and triggers, so the search index is written
too; as many rows before. No minute comes in two rounds, so that clocks are worked out
anew. Time is this process's own, so that a busy machine does not blur it. It prints
ratios and asserts nothing.
"""

import os
import random
import sqlite3
import tempfile
import time
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from uppsikt.channels.models import Channel
    from uppsikt.platforms import Batch

ROUNDS = 5
FETCHES = 12
A_FETCH = 100
_SUBJECT = "'item:' || item_id"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TABLES = (
    "inbox_item",
    "inbox_itemversion",
    "inbox_itemsignal",
    "records_entry",
    "records_opening",
    "records_blob",
    "records_searchdocument",
)
TEXTS = (
    "Hej! När öppnar badet i sommar, och vad kostar det för en familj?",
    "Tack för en fin dag på biblioteket, personalen var jättehjälpsam mot oss.",
    "Snön ligger kvar på gångvägen vid skolan sedan en vecka. Vem ansvarar för det?",
    "Ring mig på 070-123 45 67 så berättar jag mer om lekparken.",
    "Vilken jävla väg, ni borde skämmas!",
    "Bra jobbat!",
)


def main() -> None:
    """Print items per second and the share of the floor, without and with analysis."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(UPPSIKT_DATA=folder, UPPSIKT_HOSTS="localhost")
        os.environ["DJANGO_SETTINGS_MODULE"] = "uppsikt.web.settings"
        _measure(Path(folder))


def _measure(folder: Path) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    channel = _channel()
    _take("warm", 3, channel, START - timedelta(days=30))
    bare, whole, floor = _best(folder, channel)
    count = FETCHES * A_FETCH
    print(f"Fetches of {A_FETCH}, items per second, the best of {ROUNDS} rounds")
    print(f"  bare inserts of the same rows  {count / floor:8.0f}   1.00")
    print(f"  take in, without the analysis  {count / bare:8.0f}   {floor / bare:.2f}")
    print(f"  take in, with the analysis     {count / whole:8.0f}")
    print("  must reach: 0.35 without the analysis, 1,000 items/s with it")


def _best(folder: Path, channel: "Channel") -> tuple[float, float, float]:
    """Return the least seconds of each, in turn, so that all meet the same machine."""
    source, target = folder / "uppsikt.sqlite3", folder / "floor.sqlite3"
    bare, whole, floor = [], [], []
    for number in range(ROUNDS):
        day = START + timedelta(days=4 * number)
        _copy(source, target)
        with _without_analysis():
            bare.append(_take(f"bare{number}", FETCHES, channel, day))
        floor.append(_floor(source, target, f"bare{number}"))
        later = day + timedelta(days=2)
        whole.append(_take(f"whole{number}", FETCHES, channel, later))
    return min(bare), min(whole), min(floor)


def _channel() -> "Channel":
    from uppsikt.channels import actions as channels
    from uppsikt.governance import actors, adopting
    from uppsikt.governance.models import Assignment, Node, User
    from uppsikt.policy.roles import Role

    long_ago = START - timedelta(days=400)
    adopting.adopt_packaged(
        "tyreso", decided_by="Kommundirektör", actor=actors.CLOCK, at=long_ago
    )
    unit = Node.plant(Node.Kind.UNIT, "Biblioteket")
    owner = User.objects.create_user("anna@exempelby.example", first_name="Anna")
    Assignment.objects.create(
        user=owner, role=Role.PUBLISHER, node=unit, starts_at=long_ago
    )
    applied = channels.Application(
        "bluesky", "bibblan.test", "https://bsky.app/x", "Biblioteket", owner
    )
    actor = actors.of(owner, at=START)
    return channels.apply(unit, applied, actor=actor, at=START)


def _take(name: str, fetches: int, channel: "Channel", day: datetime) -> float:
    """Take in that many fetches; return the seconds of processor time."""
    from uppsikt.governance.actors import CLOCK
    from uppsikt.inbox import actions
    from uppsikt.inbox.models import Item

    batches = [_batch(name, number, day) for number in range(fetches)]
    began = time.process_time()
    for number, batch in enumerate(batches):
        at = day + timedelta(minutes=number)
        actions.take_in(channel, batch, how=Item.How.API, actor=CLOCK, at=at)
    return time.process_time() - began


def _batch(name: str, number: int, day: datetime) -> "Batch":
    from uppsikt.platforms import Author, Batch, ItemKind, PlatformItem

    rng = random.Random(f"{name}{number}")
    items = []
    for place in range(A_FETCH):
        remote_id = f"at://did:plc:{name}/app.bsky.feed.post/{number:05}{place:03}"
        text = f"{rng.choice(TEXTS)} {rng.choice(TEXTS)} {rng.randint(1, 999)}"
        items.append(
            PlatformItem(
                remote_id=remote_id,
                parent_id="at://did:plc:us/app.bsky.feed.post/1",
                root_id="at://did:plc:us/app.bsky.feed.post/1",
                kind=ItemKind.REPLY,
                author=Author(handle=f"n{place}.test", display_name="N", remote_id="d"),
                text=text,
                published_at=day - timedelta(seconds=rng.randint(0, 90_000)),
                url=f"https://bsky.app/profile/x/post/{place}",
                public=True,
                own=False,
                raw={"uri": remote_id, "record": {"text": text, "langs": ["sv"]}},
            )
        )
    return Batch(items=tuple(items), cursor=f"{name}-{number}")


def _without_analysis() -> AbstractContextManager[object]:
    return patch("uppsikt.inbox.intake.analyse", lambda text: ())


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(source)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there)


def _floor(source: Path, target: Path, name: str) -> float:
    """Insert anew the rows that the fetches called `name` left; return the seconds."""
    with closing(sqlite3.connect(source)) as read:
        rows = _rows(read, name)
        statements = {t: _insert(read, t) for t in TABLES}
    with closing(sqlite3.connect(target, isolation_level=None)) as bare:
        bare.executescript(f"{_settings()}; PRAGMA foreign_keys=ON")
        began = time.process_time()
        for fetch in rows:
            bare.execute("BEGIN IMMEDIATE")
            for table, given in fetch.items():
                bare.executemany(statements[table], given)
            bare.execute("COMMIT")
        return time.process_time() - began


def _settings() -> str:
    from django.db import connection

    return str(connection.settings_dict["OPTIONS"]["init_command"])


def _insert(read: sqlite3.Connection, table: str) -> str:
    width = len(read.execute(f"PRAGMA table_info({table})").fetchall())
    return f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"


def _rows(read: sqlite3.Connection, name: str) -> list[dict[str, list[Any]]]:
    """Return, fetch by fetch, the rows that each table got from it."""
    fetches = read.execute(
        "SELECT DISTINCT v.entry_id, v.raw_id FROM inbox_itemversion v "
        "JOIN inbox_item i ON i.id = v.item_id "
        "WHERE i.remote_id LIKE ? ORDER BY v.entry_id",
        [f"at://did:plc:{name}/%"],
    ).fetchall()
    return [_of_fetch(read, entry, blob) for entry, blob in fetches]


def _of_fetch(read: sqlite3.Connection, entry: int, blob: str) -> dict[str, list[Any]]:
    versions = "SELECT {} FROM inbox_itemversion WHERE entry_id = ?"
    items = versions.format("item_id")
    asked = {
        "records_blob": ("name = ?", blob),
        "records_entry": ("id = ?", entry),
        "records_opening": ("entry_id = ?", entry),
        "inbox_item": (f"id IN ({items})", entry),
        "inbox_itemversion": ("entry_id = ?", entry),
        "inbox_itemsignal": (f"version_id IN ({versions.format('id')})", entry),
        "records_searchdocument": (
            f"subject IN ({versions.format(_SUBJECT)})",
            entry,
        ),
    }
    return {
        table: read.execute(f"SELECT * FROM {table} WHERE {where}", [key]).fetchall()
        for table, (where, key) in asked.items()
    }


if __name__ == "__main__":
    main()
