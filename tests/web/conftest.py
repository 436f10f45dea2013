"""People in front of a browser, fully signed in."""

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.conftest import Cast
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Role


@pytest.fixture(autouse=True)
def fresh_house(settings: Settings) -> None:
    """Forget counted attempts; find static files when asked; hash in no time."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def karin_user(person: Cast, municipality: Node) -> User:
    """Karin, head of communications in the whole municipality."""
    director = Role.COMMUNICATIONS_DIRECTOR
    return person("Karin", "kommunikationschef", director, municipality)


@pytest.fixture
def sara_user(person: Cast, municipality: Node) -> User:
    """Sara, who keeps the system running."""
    return person("Sara", "systemförvaltare", Role.SYSTEM_ADMINISTRATOR, municipality)
