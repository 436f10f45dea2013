"""A vault of its own for each test, and people in front of a browser."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.inbox.tales import FakePlatform, reach
from tests.web.conftest import fresh_house as fresh_house  # noqa: PLC0414 (a fixture)
from tests.web.conftest import signed_in as signed_in  # noqa: PLC0414 (a fixture)


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
