"""Bluesky made of captured answers, for the tests of the connectors."""

import pytest

from tests.platforms.bluesky_cast import credentials
from tests.platforms.wire import Wire
from uppsikt.platforms import Bluesky


@pytest.fixture
def wire() -> Wire:
    return Wire("bluesky")


@pytest.fixture
def bluesky(wire: Wire) -> Bluesky:
    return Bluesky(wire.client, credentials())
