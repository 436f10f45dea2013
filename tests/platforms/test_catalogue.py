"""The catalogue of platforms says what is so."""

import pytest

from uppsikt.platforms import PLATFORMS, Can
from uppsikt.platforms.catalogue import SITES, Hiding, site_of


def test_every_platform_a_municipality_may_have_is_there() -> None:
    known = (
        "facebook instagram linkedin youtube x tiktok threads mastodon bluesky other"
    )

    assert set(SITES) == set(known.split())


def test_every_site_has_a_connector_words_and_a_host_of_its_own() -> None:
    hosts = [host for site in SITES.values() for host in site.hosts]

    assert len(hosts) == len(set(hosts))
    for name, site in SITES.items():
        assert site.name == name
        assert site.connector in PLATFORMS
        assert site.text_placement_hint.endswith(".")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.facebook.com/exempelby", "facebook"),
        ("https://m.facebook.com/exempelby", "facebook"),
        ("https://youtu.be/abc", "youtube"),
        ("https://X.com/exempelby", "x"),
        ("https://bsky.app/profile/exempelby.se", "bluesky"),
        ("https://notfacebook.com/", "other"),
        ("https://facebook.com.evil.example/", "other"),
        ("https://mastodon.example/@kommun", "other"),
        ("facebook", "other"),
        ("https://[", "other"),
        ("", "other"),
    ],
)
def test_an_address_is_recognised_by_its_host_alone(url: str, name: str) -> None:
    assert site_of(url).name == name


def test_hiding_at_facebook_is_not_counted_as_real() -> None:
    assert SITES["facebook"].can_hide_comments
    assert not SITES["facebook"].hide_is_real
    assert [s.name for s in SITES.values() if s.hide_is_real] == ["youtube"]


def test_where_the_connector_hides_the_catalogue_says_so() -> None:
    for site in SITES.values():
        if Can.HIDE in PLATFORMS[site.connector].can:
            assert site.hiding is not Hiding.NONE
            assert site.max_comment_length == PLATFORMS[site.connector].max_length
