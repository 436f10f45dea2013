"""Make the base that the large measurements share: a million items in 300 channels.

It is laid in a SQLite database of the program's own shape, row by row without the
program's acts, because only its size matters; and kept in the machine's folder for
temporary files until the shape or this file changes. The texts are made up, the words
in them as unevenly common as in a language.
"""

import hashlib
import os
import random
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, Final

ITEMS: Final = 1_000_000
CHANNELS: Final = 300
UNITS: Final = 30
TEXTS: Final = 20_000
AT: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LONG_AGO: Final = AT - timedelta(days=2000)
YEARS: Final = timedelta(days=1800)
A_LOT: Final = 10_000
OFFICER: Final = "cecilia@exempelby.example"
LIBRARIAN: Final = "anna@exempelby.example"
COMMON: Final = 3
"""Letters of a word so short that it enters no compound."""
STATES: Final = {
    "answered": 0.55,
    "passed_by": 0.18,
    "ours": 0.15,
    "history": 0.10,
    "waiting": 0.016,
    "promised": 0.004,
}
WORDS: Final = Path(__file__).with_name("million_words.txt")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """The text of an item, and the stems by which it is found."""

    text: str
    stems: str


def ready(items: int = ITEMS) -> Path:
    """Set Django up on the base, made first if it is not there; return its folder."""
    folder = Path(tempfile.gettempdir()) / f"uppsikt-bench-{_shape()}-{items}"
    os.environ.update(UPPSIKT_DATA=str(folder), UPPSIKT_HOSTS="localhost")
    os.environ["DJANGO_SETTINGS_MODULE"] = "uppsikt.web.settings"
    import django

    django.setup()
    if not (folder / "whole").exists():
        _make(folder, items)
    return folder


def _shape() -> str:
    """Return what changes when the base must be made anew."""
    digest = hashlib.sha256(Path(__file__).read_bytes() + WORDS.read_bytes())
    source = Path(__file__).parent.parent / "src/uppsikt"
    for migration in sorted(source.glob("*/migrations/*.py")):
        digest.update(migration.read_bytes())
    digest.update((source / "records/stems.py").read_bytes())
    return digest.hexdigest()[:12]


def _make(folder: Path, items: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    print(f"Making {items:,} items in {folder}; the next run finds them there.")
    folder.mkdir(exist_ok=True)
    (folder / "uppsikt.sqlite3").unlink(missing_ok=True)
    call_command("migrate", verbosity=0)
    channels = _town()
    connection.close()
    with closing(sqlite3.connect(folder / "uppsikt.sqlite3")) as base:
        base.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000")
        _fill(base, channels, items)
        base.executescript("ANALYZE; PRAGMA optimize")
    (folder / "whole").touch()


def _town() -> list[tuple[int, str]]:
    """Make the municipality, two people and the channels; return key and path.

    The communications officer sees them all, the librarian publishes in one unit.
    """
    from uppsikt.governance import actors, adopting
    from uppsikt.governance.models import Node, User
    from uppsikt.policy.roles import Role

    adopting.adopt_packaged(
        "tyreso", decided_by="Kommundirektör", actor=actors.CLOCK, at=LONG_AGO
    )
    town = Node.plant(Node.Kind.MUNICIPALITY, "Exempelby kommun")
    units = [
        Node.plant(Node.Kind.UNIT, f"Enhet {number:02}", town)
        for number in range(UNITS)
    ]
    officer = User.objects.create_user(OFFICER, first_name="Cecilia", title="x")
    _hold(officer, town, Role.COMMUNICATIONS_OFFICE)
    librarian = User.objects.create_user(LIBRARIAN, first_name="Anna", title="x")
    _hold(librarian, units[0], Role.PUBLISHER)
    return [_channel(units[n % UNITS], n, officer) for n in range(CHANNELS)]


def _hold(user: Any, node: Any, role: str) -> None:
    from uppsikt.governance.models import Assignment

    Assignment.objects.create(user=user, node=node, role=role, starts_at=LONG_AGO)


def _channel(unit: Any, number: int, owner: Any) -> tuple[int, str]:
    from uppsikt.channels.models import Channel
    from uppsikt.governance.models import Node
    from uppsikt.policy.roles import Role

    name = f"Kanal {number:03}"
    node = Node.plant(Node.Kind.CHANNEL, name, unit)
    channel = Channel.objects.create(
        node=node,
        slug=f"bluesky-kanal-{number}",
        site="bluesky",
        handle=f"kanal{number}.exempelby.example",
        url=f"https://bsky.app/profile/kanal{number}.exempelby.example",
        name=name,
        status="active",
        applied_by=owner,
        applied_at=LONG_AGO,
        launched_at=LONG_AGO,
        cut_over_at=LONG_AGO,
        changed_at=LONG_AGO,
    )
    if number % 3:
        _hold(owner, node, Role.CHANNEL_OWNER)
    return channel.pk, node.path


def _fill(
    base: sqlite3.Connection, channels: list[tuple[int, str]], items: int
) -> None:
    rng = random.Random(1)
    texts = _texts(rng)
    rows = _rows(rng, channels, texts, items)
    with base:
        base.execute("BEGIN")
        while chunk := list(islice(rows, A_LOT)):
            _insert(base, "inbox_item", [item for item, _ in chunk])
            _insert(base, "records_searchdocument", [found for _, found in chunk])


def _insert(base: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    names = ", ".join(rows[0])
    places = ", ".join("?" * len(rows[0]))
    base.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({places})",
        [tuple(row.values()) for row in rows],
    )


def _texts(rng: random.Random) -> list[Made]:
    """Write texts of five to forty words, the first words of the list most often."""
    from uppsikt.records.stems import index_text

    words = _words()
    weights = list(accumulate(1 / (place + 3) for place in range(len(words))))
    made = []
    for _ in range(TEXTS):
        count = rng.randint(5, 40)
        text = " ".join(rng.choices(words, cum_weights=weights, k=count))
        made.append(Made(text.capitalize() + ".", index_text(text)))
    return made


def _words() -> list[str]:
    """Return the words of the list, and after them two of them joined to one."""
    words = WORDS.read_text().split()
    rare = [w for w in words if len(w) > COMMON]
    return words + [a + b for a in rare for b in rare]


def _rows(
    rng: random.Random,
    channels: list[tuple[int, str]],
    texts: list[Made],
    items: int,
) -> Iterator[tuple[Row, Row]]:
    """Yield each item and what finds it, oldest first; what is open is the newest."""
    busy = list(accumulate(1 / (place + 5) for place in range(len(channels))))
    states = _states(rng, items)
    blank = _blank()
    for number in range(items):
        channel, path = rng.choices(channels, cum_weights=busy)[0]
        came = AT - YEARS * (1 - number / items)
        told = rng.choice(texts)
        item = blank | _item(number + 1, channel, told.text, came, states[number], rng)
        yield item, _found(number + 1, path, told.stems, came)


def _states(rng: random.Random, items: int) -> list[str]:
    """Return the state of each item; what waits is among the last tenth."""
    settled = {k: v for k, v in STATES.items() if k not in ("waiting", "promised")}
    states = rng.choices(list(settled), list(settled.values()), k=items)
    for name in ("waiting", "promised"):
        for _ in range(int(items * STATES[name])):
            states[rng.randrange(items * 9 // 10, items)] = name
    return states


def _blank() -> Row:
    """Return what each column of an item holds unless told."""
    from uppsikt.inbox.models import Item

    fields = [f for f in Item._meta.concrete_fields if not f.primary_key]
    told = {str(f.column): f.get_default() for f in fields}
    return {"id": 0} | {k: _plain(v) for k, v in told.items()}


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def _item(
    number: int,
    channel: int,
    text: str,
    came: datetime,
    status: str,
    rng: random.Random,
) -> Row:
    name = f"at://did:plc:kim/app.bsky.feed.post/{number}"
    own = status == "ours"
    return {
        "id": number,
        "status": status,
        "channel_id": channel,
        "remote_id": name,
        "root_id": f"at://did:plc:us/app.bsky.feed.post/{channel}-{number // 2000}",
        "kind": "post" if own else "reply",
        "author_name": f"Kim {number % 9000}",
        "author_handle": f"kim{number % 9000}.exempelby.example",
        "text": text,
        "own": int(own),
        "public": 1,
        "how": "api",
        "published_at": _stored(came),
        "received_at": _stored(came),
        "question": int(rng.random() < 0.4),
        "flagged": int(rng.random() < 0.05),
        **(_clocks(came, status, rng) if status not in ("ours", "history") else {}),
    }


def _clocks(came: datetime, status: str, rng: random.Random) -> Mapping[str, object]:
    first, full = came + timedelta(days=1), came + timedelta(days=14)
    said = came + timedelta(hours=rng.expovariate(1 / 12))
    answered = said + timedelta(hours=rng.expovariate(1 / 30))
    waits = status == "waiting"
    done = status == "answered"
    due = {"waiting": _stored(first), "promised": _stored(full)}.get(status)
    return {
        "clock_from": _stored(came),
        "first_due_at": _stored(first),
        "full_due_at": _stored(full),
        "due_at": due,
        "first_contact_at": None if waits or status == "passed_by" else _stored(said),
        "answered_at": _stored(answered) if done else None,
        "first_took": None if waits or status == "passed_by" else _worked(said - came),
        "full_took": _worked(answered - came) if done else None,
    }


def _worked(passed: timedelta) -> int:
    """Return about how many minutes of it somebody was at work."""
    return int(passed.total_seconds() // 60 // 4)


def _found(number: int, path: str, stems: str, came: datetime) -> Row:
    from uppsikt.records.stems import STEMMER_VERSION

    return {
        "id": number,
        "subject": f"item:{number}",
        "path": path,
        "at": _stored(came),
        "stems": stems,
        "version": STEMMER_VERSION,
    }


def _stored(moment: datetime) -> str:
    """Write a moment as Django does on SQLite."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"
