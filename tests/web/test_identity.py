"""What stands between us and an identity provider: private addresses, and its words."""

import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from pytest_django import Settings

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
