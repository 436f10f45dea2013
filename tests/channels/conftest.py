"""People who have signed in with two factors, each with a browser of their own."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.conftest import LONG_AGO
from uppsikt.channels import actions
from uppsikt.channels.models import Channel
from uppsikt.governance import actors
from uppsikt.governance.models import User

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
    actions.approve(applied_channel, actor=bengt, at=LONG_AGO)
    return applied_channel
