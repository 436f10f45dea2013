"""Processes beside the program under test: people who order, workers who carry out."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.browser.town import ROOT, Town


class Beside:
    """A process that answers each line with a line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def ask(self, line: str) -> str:
        """Say a line and return the answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"{line} was not answered: see the traceback on standard error"
        return answer


class People(Beside):
    """The people of a town: see `tests.servers.orders`."""

    def do(self, act: str, *told: object) -> Any:
        """Let them do something and return what came of it."""
        return json.loads(self.ask(json.dumps([act, *told])))


class Workers(Beside):
    """Workers one after the other: see `tests.servers.workers`."""

    @contextmanager
    def one(self) -> Iterator[int]:
        """Let a worker run and kill it outright at the end of the block."""
        pid = int(self.ask("start"))
        try:
            yield pid
        finally:
            os.kill(pid, signal.SIGKILL)
            self.ask("wait")


@contextmanager
def running(town: Town, module: str) -> "Iterator[subprocess.Popen[str]]":
    """Run a module in the environment of `town` until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", module],
        env=town.env(),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
