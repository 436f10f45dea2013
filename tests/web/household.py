"""An installation in a folder of its own, and real processes that run in it.

Run as a program it makes the installation and orders texts in it, so that the tests'
own process never shares a database with the workers.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0


@dataclass(slots=True)
class Household:
    """A data folder, the settings its processes get, and how to ask it things."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Return what a process of this installation sees, and nobody else's."""
        ours = {k: v for k, v in os.environ.items() if not k.startswith("UPPSIKT_")}
        ours.pop("DATABASE_URL", None)
        told = {"UPPSIKT_DATA": str(self.data), "UPPSIKT_PLATFORM_HOSTS": "127.0.0.1"}
        return {**ours, **told, "PYTHONPATH": str(ROOT), **self.settings}

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the program to its end."""
        return subprocess.run(
            [sys.executable, "-m", "uppsikt", *command],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def do(self, *words: str) -> Any:
        """Let this module do something in the installation and return what it says."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.web.household", *words],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def rows(self, statement: str) -> list[str]:
        """Run a statement beside the program and return the first column."""
        with closing(sqlite3.connect(self.data / "uppsikt.sqlite3")) as database:
            found = database.execute(statement).fetchall()
            database.commit()
        return [row[0] for row in found]

    def state(self) -> list[str]:
        """Return the status of each text on SQLite, without starting a process."""
        return self.rows("SELECT status FROM sending_outgoing ORDER BY id")

    def sent(self) -> int:
        """Return how often the ledger says that a text was sent."""
        return len(
            self.rows("SELECT id FROM records_entry WHERE act = 'outgoing.send'")
        )

    def expire(self) -> None:
        """Let time pass: every lease that is held has run out."""
        past = "2026-01-01 00:00:00"
        held = "lease_until IS NOT NULL"
        self.rows(f"UPDATE sending_outgoing SET lease_until = '{past}' WHERE {held}")

    @contextmanager
    def started(self, *command: str) -> Iterator["subprocess.Popen[str]"]:
        """Yield a process that runs a command, and end it and all it has started."""
        process = subprocess.Popen(
            [sys.executable, "-m", "uppsikt", *command],
            env=self.environment(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)


def _end(process: "subprocess.Popen[str]") -> None:
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)
    except ProcessLookupError:
        process.wait()
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def until(true: Callable[[], object]) -> None:
    """Wait until something is true, and fail if it never becomes so."""
    last = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < last, "it never happened"
        time.sleep(0.05)


def members(group: int) -> list[int]:
    """Return the processes of a group that live."""
    told = subprocess.run(
        ["ps", "-A", "-o", "pid=,pgid=,stat="],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = (line.split() for line in told.stdout.splitlines())
    return [int(p) for p, g, s in rows if int(g) == group and not s.startswith("Z")]


def prepare(server: str) -> None:
    """Make tables, a channel that is connected to `server`, with Anna's first text."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.web import household_people

    household_people.settle(server)
    household_people.order(1)


def tables() -> None:
    """Make the tables, and take a guideline into force so that the ledger begins."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from uppsikt.web.commands import preparing

    preparing.found("Exempelby kommun", timezone.now())


def order(count: int) -> list[str]:
    """Order so many posts, due at once; return their texts."""
    from tests.web import household_people

    return household_people.order(count)


def state() -> list[str]:
    """Return the status of each text, in the order they were written."""
    from uppsikt.sending.models import Outgoing

    return list(Outgoing.objects.order_by("pk").values_list("status", flat=True))


def sent() -> int:
    """Return how often the ledger says that a text was sent."""
    from uppsikt.records.models import Entry

    return Entry.objects.filter(act="outgoing.send").count()


def wake() -> int:
    """Call the worker; return how many wakes were taken or wait."""
    from uppsikt.web import waking

    waking.call()
    return 1


def main(words: list[str]) -> None:
    """Do one thing and say what came of it as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.web.settings")
    import django

    django.setup()
    acts: dict[str, Callable[..., object]] = {
        "prepare": prepare,
        "tables": tables,
        "order": lambda n: order(int(n)),
        "state": state,
        "sent": sent,
        "wake": wake,
    }
    sys.stdout.write(json.dumps(acts[words[0]](*words[1:])))


if __name__ == "__main__":
    main(sys.argv[1:])
