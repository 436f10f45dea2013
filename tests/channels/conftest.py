"""People who have signed in with two factors, each with a browser of their own."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

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
