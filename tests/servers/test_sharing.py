"""The servers are shared by all who hold them, and gone with the last of them."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
import pytest

from tests.servers import processes
from tests.servers.bluesky import until

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("bluesky")]

HOLD = """
import sys, time
from tests.servers.shared import hold
with hold(sys.argv[1]) as addresses:
    print(addresses["pds"], flush=True)
    time.sleep(600)
"""


def holder(run: str) -> "subprocess.Popen[str]":
    """Start somebody who holds the servers of `run` until killed."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, run],
        stdout=subprocess.PIPE,
        text=True,
        cwd=processes.HERE.parent.parent,
    )


def address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def stands(url: str) -> bool:
    try:
        return httpx.get(f"{url}/xrpc/_health").is_success
    except httpx.HTTPError:
        return False


def test_a_killed_worker_leaves_others_their_servers_and_the_last_leaves_none() -> None:
    run = secrets.token_hex(6)
    first = holder(run)
    url = address(first)
    second = holder(run)
    try:
        assert address(second) == url

        kill(first)
        assert stands(url)
    finally:
        kill(first)
        kill(second)

    until(lambda: not stands(url))
    folder = f"uppsikt-servers-{os.getuid()}-{run}"
    until(lambda: not (Path(tempfile.gettempdir()) / folder).exists())
