"""Start server processes on free loopback ports, and end exactly those again."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

HERE = Path(__file__).parent


class NotStarted(Exception):
    """A server did not come up."""


def cache() -> Path:
    """Return the folder that `setup.sh` fills."""
    if named := os.environ.get("UPPSIKT_SERVERS_CACHE"):
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "uppsikt" / "servers"


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for s in sockets:
            s.bind(("127.0.0.1", 0))
        return [s.getsockname()[1] for s in sockets]


def start(
    command: list[str],
    *,
    log: Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
) -> subprocess.Popen[bytes]:
    """Start a server whose standard input ends when we do."""
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            user=user,
            group=user,
            extra_groups=[] if user else None,
            start_new_session=True,
        )


def wait(
    process: subprocess.Popen[bytes],
    ready: Callable[[], bool],
    *,
    log: Path,
    seconds: float,
) -> None:
    """Wait until `ready`, or raise `NotStarted` with the end of the log."""
    ends = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > ends:
            tail = log.read_text(errors="replace")[-2000:]
            raise NotStarted(f"{Path(str(process.args[0])).name}: {tail}")  # type: ignore[index]
        time.sleep(0.1)


def stop(
    process: subprocess.Popen[bytes], signal_number: int, *, seconds: float = 30
) -> None:
    """End one process, hard if it does not listen."""
    if process.stdin:
        process.stdin.close()
    if process.poll() is None:
        process.send_signal(signal_number)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    """Tell whether somebody listens on a loopback port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def system_user() -> str | None:
    """Return whom PostgreSQL must run as: it refuses root."""
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam("postgres").pw_name


def program(*names: str) -> str:
    """Return the path of the first program that is installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    for name in names:
        if found := shutil.which(name, path=path):
            return found
    raise NotStarted(f"{names[0]} is missing: run tests/servers/setup.sh")
