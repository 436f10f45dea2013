"""A real installation in a folder of its own: its data, its web server, its worker."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.servers import processes

ROOT = Path(__file__).parents[2]
NAMES = Path(__file__).with_name("names")
# What the environment of whoever runs the tests may not decide.
OURS = ("UPPSIKT_", "DATABASE_URL", "DJANGO_")


@dataclass
class Town:
    """Exempelby: where it lies, at which address, and what is in its database."""

    folder: Path
    lease: int = 20
    """Seconds for which a worker that died keeps a row."""
    port: int = 0
    host: str = "127.0.0.1"
    """What a browser calls this machine; passkeys work at "localhost" only."""
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "town.log"

    def env(self) -> dict[str, str]:
        """Return the environment that the program runs in: nothing but this machine."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        if chromium := os.environ.get("UPPSIKT_CHROMIUM"):
            kept["UPPSIKT_CHROMIUM"] = chromium
        path = [str(NAMES), str(ROOT / "src"), str(ROOT)]
        return {
            **kept,
            "PYTHONPATH": os.pathsep.join(path),
            "DJANGO_SETTINGS_MODULE": "uppsikt.web.settings",
            "UPPSIKT_DATA": str(self.data),
            "UPPSIKT_DEMO": "1",
            "UPPSIKT_PLATFORM_HOSTS": "localhost,127.0.0.1",
            "UPPSIKT_LEASE_SECONDS": str(self.lease),
            "UPPSIKT_TEST_PARENT": str(os.getpid()),
            "UPPSIKT_TEST_NAMES": str(self.folder / "names"),
        }

    def run(self, *command: str, **kw: Any) -> "subprocess.CompletedProcess[str]":
        """Run Python to its end in the town's environment and return what it said."""
        return subprocess.run(
            [sys.executable, *command],
            env=self.env(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=kw.pop("check", True),
            timeout=kw.pop("timeout", 120),
            **kw,
        )

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one of the program's own commands, whatever its exit code."""
        return self.run("-m", "uppsikt", *words, check=False)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Read from the database, beside the program that is using it."""
        path = f"file:{self.data / 'uppsikt.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(path, uri=True, timeout=20)) as database:
            return database.execute(sql, values).fetchall()

    def value(self, sql: str, *values: object) -> Any:
        """Read one value, or None where there is no row."""
        found = self.rows(sql, *values)
        return found[0][0] if found else None

    def found(self, handle: str = "biblioteket.test") -> None:
        """Make the tables and let people, places and channels into them."""
        self.data.mkdir(parents=True)
        self.run("-m", "django", "migrate", "--verbosity", "0")
        told = self.run("-m", "tests.browser.cast", handle).stdout
        self.known = json.loads(told)

    @contextmanager
    def open(self, *how: str) -> Iterator["Town"]:
        """Let the program run, web and worker, until the block ends."""
        (self.port,) = processes.free_ports(1)
        with self.started("start", "--port", str(self.port), *how) as program:
            processes.wait(program, self._answers, log=self.log, seconds=480)
            yield self

    @contextmanager
    def started(self, *words: str) -> "Iterator[subprocess.Popen[bytes]]":
        """Run one of the program's commands until the block ends."""
        program = self.start(*words)
        try:
            yield program
        finally:
            processes.stop(program, signal.SIGTERM, seconds=60)

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start one of the program's commands; whoever starts it ends it."""
        command = [sys.executable, "-m", "uppsikt", *words]
        return processes.start(command, log=self.log, cwd=ROOT, env=self.env())

    def browsers(self) -> list[int]:
        """Return the processes of browsers that the program started and left."""
        ours = f"UPPSIKT_DATA={self.data}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                environ = (entry / "environ").read_bytes().split(b"\0")
                command = (entry / "cmdline").read_bytes()
            except OSError:  # it ended while we looked
                continue
            if ours in environ and b"chrom" in command:
                found.append(int(entry.name))
        return found

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/halsa/redo/", trust_env=False).is_success
        except httpx.HTTPError:
            return False


def wait_for(look: Any, *, seconds: float = 60) -> Any:
    """Look until there is something; raise `TimeoutError` when it never comes."""
    ends = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > ends:
            raise TimeoutError("it never came")
        time.sleep(0.1)
    return seen
