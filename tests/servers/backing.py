"""A private PostgreSQL and a private Redis in a folder, gone when they stop."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.servers import processes

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass
class Postgres:
    """A database server of our own on loopback, without passwords or durability.

    Used as a context manager: `with Postgres(folder) as server: server.url("name")`.
    The user is always `uppsikt`.
    """

    folder: Path

    def __enter__(self) -> "Postgres":
        self.user = processes.system_user()
        self.data = self.folder / "pg"
        self.log = self.folder / "pg.log"
        self._own(self.data)
        self._initdb()
        (self.port,) = processes.free_ports(1)
        self.process = self._start()
        try:
            processes.wait(self.process, self._ready, log=self.log, seconds=60)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        processes.stop(self.process, signal.SIGINT)

    def url(self, database: str) -> str:
        return f"postgresql://uppsikt@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Create a database and return its address."""
        self._run("createdb", *self._where(), database)
        return self.url(database)

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        if self.user:
            shutil.chown(folder, self.user, self.user)

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [processes.program(name), *arguments],
            check=True,
            capture_output=True,
            cwd=self.folder,
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            timeout=120,
        )

    def _initdb(self) -> None:
        how = ("-A", "trust", "-U", "uppsikt", "-E", "UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", str(self.data), "--no-sync", *how)

    def _start(self) -> "subprocess.Popen[bytes]":
        settings = ("max_connections=200", "unix_socket_directories=", *FAST)
        options = [part for s in settings for part in ("-c", s)]
        command = [processes.program("postgres"), "-D", str(self.data), "-h"]
        return processes.start(
            [*command, "127.0.0.1", "-p", str(self.port), *options],
            log=self.log,
            cwd=self.data,
            user=self.user,
        )

    def _where(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self.port), "-U", "uppsikt")

    def _ready(self) -> bool:
        try:
            self._run("pg_isready", *self._where())
        except subprocess.CalledProcessError:
            return False
        return True


@dataclass
class Redis:
    """A Redis (or Valkey) of our own on loopback that keeps nothing."""

    folder: Path

    def __enter__(self) -> "Redis":
        (self.port,) = processes.free_ports(1)
        log = self.folder / "redis.log"
        keep_nothing = ("--save", "", "--appendonly", "no", "--dir", str(self.folder))
        where = ("--bind", "127.0.0.1", "--port", str(self.port))
        self.process = processes.start(
            [processes.program("redis-server", "valkey-server"), *where, *keep_nothing],
            log=log,
            cwd=self.folder,
            env={"LC_ALL": os.environ.get("LC_ALL", "C.UTF-8")},
        )
        try:
            ready = lambda: processes.answers(self.port)  # noqa: E731
            processes.wait(self.process, ready, log=log, seconds=30)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        processes.stop(self.process, signal.SIGTERM)
