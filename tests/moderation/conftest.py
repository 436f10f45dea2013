"""A comment on the library's channel, at a platform that the tests hold in hand."""

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.moderation.town import Bluesky, Lens, arrives, comment, reached_as
from uppsikt.channels import connecting
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance.models import User
from uppsikt.inbox.models import Item
from uppsikt.platforms import SeenState
from uppsikt.records import darkroom


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.VAULT = tmp_path / "data" / "vault"
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def connected(library_channel: Channel, anna_user: User, monday: datetime) -> Channel:
    """The library's channel, with a connection to its platform."""
    Connection.objects.create(
        channel=library_channel,
        connector="bluesky",
        credentials=b"sealed",
        tested_at=monday,
        tested_by=anna_user,
    )
    return Channel.objects.select_related("node").get(pk=library_channel.pk)


@pytest.fixture
def bluesky(monkeypatch: pytest.MonkeyPatch) -> Bluesky:
    platform = Bluesky()
    monkeypatch.setattr(connecting, "reached", lambda _: reached_as(platform))
    return platform


@pytest.fixture
def lens(monkeypatch: pytest.MonkeyPatch) -> Lens:
    camera = Lens()
    monkeypatch.setattr(darkroom, "camera", lambda: camera)
    return camera


@pytest.fixture
def insult(connected: Channel, bluesky: Bluesky, lens: Lens, monday: datetime) -> Item:
    """A comment that has come in, and stands at the platform for all to see."""
    told = comment("reply-1", monday)
    bluesky.items["reply-1"] = told
    bluesky.states["reply-1"] = SeenState.VISIBLE
    return arrives(connected, told, monday)
