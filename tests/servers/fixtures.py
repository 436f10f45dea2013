"""The fixture `bluesky`: one real network for all workers of a test run."""

import os
import secrets
from collections.abc import Iterator

import pytest

from tests.servers.bluesky import BlueskyServer


@pytest.fixture(scope="session")
def bluesky() -> Iterator[BlueskyServer]:
    """Yield the local Bluesky network; it starts with the first test that asks."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(6)
    server = BlueskyServer(run).start()
    yield server
    server.stop()
