"""A vault of its own for each test, and people in front of a browser."""

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.conftest import SignedIn
from tests.inbox.tales import FakePlatform, connected, one, reach
from tests.web.conftest import fresh_house as fresh_house  # noqa: PLC0414 (a fixture)
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.VAULT = tmp_path / "vault"


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> FakePlatform:
    """The platform that every channel leads to."""
    fake = FakePlatform()
    reach(monkeypatch, fake)
    return fake


@pytest.fixture
def item(library_channel: Channel, anna: Actor, monday: datetime) -> Item:
    """A question to the library, whose channel is connected."""
    connected(library_channel, anna.person, monday)
    return one(library_channel, at=monday)


@pytest.fixture
def now(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let every request come on that Monday morning."""
    monkeypatch.setattr(timezone, "now", lambda: monday)
    return monday


@pytest.fixture
def browser(now: datetime, anna: Actor, signed_in: SignedIn) -> Client:
    """Anna in front of a browser."""
    return signed_in(anna.person)
