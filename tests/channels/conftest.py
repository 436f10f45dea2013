"""People who have signed in with two factors, each with a browser of their own."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.conftest import GROUNDS, LONG_AGO, MONDAY, Cast
from uppsikt.channels import actions
from uppsikt.channels.models import Channel
from uppsikt.governance import actors
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Role

SignIn = Callable[[User], Client]


@pytest.fixture
def signed_in(db: None) -> SignIn:
    """Return a function that gives a person's browser, signed in."""

    def sign_in(user: User) -> Client:
        kind = Authenticator.Type.TOTP
        Authenticator.objects.get_or_create(user=user, type=kind, data={"secret": "x"})
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def approved(applied_channel: Channel, bengt_user: User, cecilia_user: User) -> Channel:
    bengt = actors.of(bengt_user, at=LONG_AGO)
    actions.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=LONG_AGO)
    return applied_channel


@pytest.fixture
def kim_user(person: Cast, municipality: Node) -> User:
    return person("Kim", "strateg", Role.COMMUNICATIONS_OFFICE, municipality)


@pytest.fixture
def kim(kim_user: User) -> Actor:
    """Kim, of the communications office, who decides what is public."""
    return actors.of(kim_user, at=MONDAY)


@pytest.fixture
def places(anna_user: User, school: Node) -> None:
    """Stand the library and the school in the municipality, with Anna there."""
