"""What stands between us and an identity provider: private addresses, and its words."""

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from tests.conftest import MONDAY, Cast
from uppsikt.governance import actors, people
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Role
from uppsikt.web import identity, outward


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/.well-known/openid-configuration",
        "https://10.0.0.1/token",
        "https://[::1]/token",
        "https://169.254.169.254/latest/meta-data",
        "http://192.0.2.1/token",
    ],
)
def test_the_way_out_never_leads_into_our_own_network(url: str) -> None:
    with outward.session() as way, pytest.raises(OAuth2Error):
        way.get(url)


def test_the_way_out_reads_no_proxies_and_follows_nothing() -> None:
    way = outward.session()

    assert not way.trust_env
    assert way.max_redirects == 0


@pytest.mark.parametrize(
    ("claims", "two"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "https://refeds.org/profile/mfa"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({"acr": ""}, False),
        ({}, False),
    ],
)
def test_two_steps_are_believed_only_by_the_words_that_are_named(
    claims: dict[str, object], settings: Settings, *, two: bool
) -> None:
    settings.OIDC_TWO_STEPS = frozenset({"mfa", "https://refeds.org/profile/mfa"})

    assert identity.asked_for_two(claims) is two


def test_nothing_it_says_is_believed_where_no_words_are_named(
    settings: Settings,
) -> None:
    settings.OIDC_TWO_STEPS = frozenset()

    assert not identity.asked_for_two({"amr": ["mfa"], "acr": ""})


def _coming(subject: str, user: User) -> SocialLogin:
    """Return what allauth makes of a person known by their address at the provider."""
    account = SocialAccount(provider="municipality", uid=subject)
    known = SocialAccount.objects.filter(provider="municipality", uid=subject).first()
    login = SocialLogin(user=user, account=known or account)
    login.state = {"process": "login"}
    return login


def _request() -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    request.now = MONDAY  # type: ignore[attr-defined]
    return request


def test_an_address_given_to_a_new_colleague_does_not_give_them_the_old_account(
    anna_user: User, person: Cast, municipality: Node
) -> None:
    SocialAccount.objects.create(user=anna_user, provider="municipality", uid="anna-1")
    door = identity.ByTheMunicipality()

    door.pre_social_login(_request(), _coming("anna-1", anna_user))
    with pytest.raises(ImmediateHttpResponse):
        door.pre_social_login(_request(), _coming("anna-2", anna_user))

    head = person("Sixten", "administratör", Role.SYSTEM_ADMINISTRATOR, municipality)
    sixten = actors.of(head, at=MONDAY)
    people.reset_factor(anna_user, why="Ny inloggning", actor=sixten, at=MONDAY)
    request = _request()
    door.pre_social_login(request, _coming("anna-2", anna_user))
    assert request.session[identity.CAME_BY_IT] == anna_user.pk
