"""The Bluesky servers with what they need below them: PostgreSQL, Redis, Node."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.servers import processes
from tests.servers.backing import Postgres, Redis

NAMES = ("INTROSPECT", "PLC", "PDS", "APPVIEW", "OZONE", "NOBODY")


@contextmanager
def network(folder: Path) -> Iterator[dict[str, str]]:
    """Run the servers in `folder`; yield their addresses by name.

    PostgreSQL runs as another user when we are root, so others must be able to
    pass through `folder`.
    """
    with Postgres(folder) as postgres, Redis(folder) as redis:
        ports = dict(zip(NAMES, processes.free_ports(len(NAMES)), strict=True))
        temporary = folder / "tmp"
        temporary.mkdir()
        env = {
            **{f"PORT_{name}": str(port) for name, port in ports.items()},
            "TMPDIR": str(temporary),
            "DB_POSTGRES_URL": postgres.create("atproto"),
            "DB_POSTGRES_SCHEMA": "dev",
            "REDIS_HOST": f"127.0.0.1:{redis.port}",
            "LOG_ENABLED": "false",
            "NODE_ENV": "development",
        }
        with _node(folder, env, ports["INTROSPECT"]):
            yield {
                "pds": f"http://localhost:{ports['PDS']}",
                "appview": f"http://localhost:{ports['APPVIEW']}",
                "ozone": f"http://localhost:{ports['OZONE']}",
            }


@contextmanager
def _node(folder: Path, env: dict[str, str], probe: int) -> Iterator[None]:
    """Run `net.mjs` until the block ends. Modules are found beside the cache."""
    log = folder / "atproto.log"
    process = processes.start(_command(), log=log, cwd=_installed(), env=env)
    try:
        ready = lambda: _introspects(probe)  # noqa: E731
        processes.wait(process, ready, log=log, seconds=180)
        yield
    finally:
        processes.stop(process, signal.SIGTERM)


def _installed() -> Path:
    folder = processes.cache() / "atproto"
    if not (folder / ".fingerprint").exists():
        raise processes.NotStarted("run tests/servers/setup.sh")
    return folder


def _command() -> list[str]:
    """Return the command; Node resolves modules from where the script lies."""
    nodes = sorted(processes.cache().glob("node-*/bin/node"))
    if not nodes:
        raise processes.NotStarted("run tests/servers/setup.sh")
    source = (processes.HERE / "atproto" / "net.mjs").read_text()
    loopback = processes.HERE / "atproto" / "loopback.cjs"
    inline = ("--input-type=module", "--eval", source)
    return [str(nodes[-1]), "--require", str(loopback), *inline]


def _introspects(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", timeout=2).is_success
    except httpx.HTTPError:
        return False
