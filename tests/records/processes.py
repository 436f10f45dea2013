"""See which processes a camera started, end them, and wait until they are gone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0
WORKER = """
import sys
from datetime import UTC, datetime
from tests.records import processes
from uppsikt.records.camera import Camera, Needle
with Camera(allowed={"127.0.0.1"}) as camera:
    needle = Needle("Varför är biblioteket stängt på lördagar?", "Kim Exempel")
    camera.photograph(sys.argv[1], needle, clock=lambda: datetime.now(UTC))
    print(*processes.below(), flush=True)
    sys.stdin.read()
"""


def _parents() -> dict[int, int]:
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if fields[0] != "Z":
            parents[int(entry.name)] = int(fields[1])
    return parents


def below(pid: int | None = None) -> set[int]:
    """Return the living processes below `pid`, or below this one."""
    parents = _parents()
    found = {pid or os.getpid()}
    while (
        more := {child for child, parent in parents.items() if parent in found} - found
    ):
        found |= more
    return found - {pid or os.getpid()}


def _command(pid: int) -> str:
    return (Path("/proc") / str(pid) / "cmdline").read_text().replace("\0", " ")


def browser(among: set[int]) -> int:
    """Return the browser's own process: the one without a type."""
    (found,) = (
        pid
        for pid in among
        if "--headless" in _command(pid) and "--type=" not in _command(pid)
    )
    return found


def driver(pid: int) -> int:
    """Return Playwright's driver below the worker `pid`."""
    (found,) = (one for one in below(pid) if "run-driver" in _command(one))
    return found


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def wait_until(seen: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not seen() and time.monotonic() < until:
        time.sleep(0.05)


def all_gone(pids: set[int]) -> bool:
    """Tell whether all of `pids` have ended, having given them time to."""
    wait_until(lambda: not pids & _parents().keys())
    return not pids & _parents().keys()


@contextmanager
def worker(url: str, scratch: Path) -> Iterator[tuple[subprocess.Popen[str], set[int]]]:
    """Run a process that has pictured `url` and keeps its browser warm.

    What it cannot tidy when it is killed lies in `scratch`.
    """
    paths = {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(scratch)}
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | paths,
    )
    with process:
        assert process.stdout is not None
        started = {int(pid) for pid in process.stdout.readline().split()}
        try:
            yield process, started
        finally:
            process.kill()
