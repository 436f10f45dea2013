"""People in front of a browser, fully signed in."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.conftest import Cast
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Role

SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def fresh_house(settings: Settings) -> None:
    """Forget counted attempts; find static files when asked; hash in no time."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def signed_in() -> SignedIn:
    """Return a function that gives a browser in which a person is fully signed in."""

    def sign_in(user: User) -> Client:
        if not Authenticator.objects.filter(user=user).exists():
            totp.TOTP.activate(user, totp.generate_totp_secret())
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def karin_user(person: Cast, municipality: Node) -> User:
    """Karin, head of communications in the whole municipality."""
    director = Role.COMMUNICATIONS_DIRECTOR
    return person("Karin", "kommunikationschef", director, municipality)


@pytest.fixture
def sara_user(person: Cast, municipality: Node) -> User:
    """Sara, who keeps the system running."""
    return person("Sara", "systemförvaltare", Role.SYSTEM_ADMINISTRATOR, municipality)
