"""Let every test worker of one run share one set of servers.

The first to come starts them, the last to leave lets them stop.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import HERE, NotStarted

SECONDS = 300


@contextmanager
def hold(run: str) -> Iterator[dict[str, str]]:
    """Hold on to the servers of the test run `run`; yield their addresses."""
    folder = Path(tempfile.gettempdir()) / f"uppsikt-servers-{os.getuid()}-{run}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pipe, supervisor = _join(folder) or _begin(folder)
    try:
        yield json.loads((folder / "state.json").read_text())
    finally:
        os.close(pipe)
        if supervisor:
            supervisor.wait()


def _join(folder: Path) -> tuple[int, None] | None:
    """Take a writing end of the pipe if servers stand at the other."""
    if not (folder / "state.json").exists():
        return None
    try:
        return os.open(folder / "pipe", os.O_WRONLY | os.O_NONBLOCK), None
    except OSError:
        return None


def _begin(folder: Path) -> tuple[int, "subprocess.Popen[bytes]"]:
    """Start the supervisor, which reads the pipe that we write to."""
    _empty(folder)
    os.mkfifo(folder / "pipe")
    reading = os.open(folder / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    writing = os.open(folder / "pipe", os.O_WRONLY)
    log = folder / "supervisor.log"
    with log.open("wb") as out:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "tests.servers.supervisor", str(folder)],
            stdin=reading,
            stdout=out,
            stderr=out,
            cwd=HERE.parent.parent,
            start_new_session=True,
        )
    os.close(reading)
    try:
        _wait(supervisor, folder / "state.json", log)
    except BaseException:
        os.close(writing)
        supervisor.terminate()
        raise
    return writing, supervisor


def _wait(supervisor: "subprocess.Popen[bytes]", state: Path, log: Path) -> None:
    ends = time.monotonic() + SECONDS
    while not state.exists():
        if supervisor.poll() is not None or time.monotonic() > ends:
            raise NotStarted(log.read_text(errors="replace")[-2000:])
        time.sleep(0.1)


def _empty(folder: Path) -> None:
    """Remove what an earlier start left, but never the lock that is held."""
    for left in folder.iterdir():
        if left.name == "lock":
            continue
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()
