"""An address tells the account, the account its address, and a look-alike nothing."""

import pytest

from uppsikt.channels import addresses
from uppsikt.platforms.catalogue import SITES


@pytest.mark.parametrize(
    ("site", "url", "handle"),
    [
        ("facebook", "https://www.facebook.com/biblioteket/", "biblioteket"),
        ("facebook", "https://m.facebook.com/groups/lasare", "lasare"),
        ("facebook", "https://www.facebook.com/profile.php?id=100", ""),
        ("instagram", "https://instagram.com/Biblioteket", "biblioteket"),
        ("linkedin", "https://se.linkedin.com/company/kommunen/", "kommunen"),
        ("linkedin", "https://www.linkedin.com/in/nagon", ""),
        ("youtube", "https://www.youtube.com/@kommunen/videos", "kommunen"),
        ("youtube", "https://www.youtube.com/watch?v=1", ""),
        ("x", "https://x.com/kommunen", "kommunen"),
        ("tiktok", "https://www.tiktok.com/@kommunen", "kommunen"),
        ("threads", "https://www.threads.com/@kommunen", "kommunen"),
        ("mastodon", "https://social.example/@Kommunen", "kommunen@social.example"),
        ("mastodon", "https://social.example/about", ""),
        ("bluesky", "https://bsky.app/profile/kommunen.example", "kommunen.example"),
        ("other", "https://forum.example/kommunen/", "forum.example/kommunen"),
    ],
)
def test_an_address_tells_the_account(site: str, url: str, handle: str) -> None:
    assert addresses.handle_in(SITES[site], url) == handle


@pytest.mark.parametrize(
    ("site", "handle", "url"),
    [
        ("facebook", "biblioteket", "https://www.facebook.com/biblioteket"),
        ("mastodon", "kommunen@social.example", "https://social.example/@kommunen"),
        ("mastodon", "kommunen", ""),
        ("bluesky", "kommunen.example", "https://bsky.app/profile/kommunen.example"),
        ("x", "../etc", ""),
        ("other", "kommunen", ""),
    ],
)
def test_an_account_tells_its_address(site: str, handle: str, url: str) -> None:
    assert addresses.address_of(SITES[site], handle) == url


@pytest.mark.parametrize("site", [s for s in SITES if s not in ("other", "mastodon")])
def test_every_platform_leads_back_to_the_account_it_was_told_from(site: str) -> None:
    url = addresses.address_of(SITES[site], "kommunen")

    addresses.must_lead_to(SITES[site], url)
    assert addresses.handle_in(SITES[site], url) == "kommunen"


@pytest.mark.parametrize(
    ("site", "url"),
    [
        ("facebook", "https://facebook.com.evil.example/kommunen"),
        ("facebook", "https://faceb00k.com/kommunen"),
        ("facebook", "https://notfacebook.com/kommunen"),
        ("facebook", "https://f\u0430cebook.com/kommunen"),
        ("facebook", "https://evil.example/facebook.com"),
        ("instagram", "https://facebook.com/kommunen"),
        ("other", "https://facebook.com/kommunen"),
        ("mastodon", "https://x.com/@kommunen"),
    ],
)
def test_a_look_alike_does_not_lead_to_the_platform(site: str, url: str) -> None:
    with pytest.raises(addresses.NotThere):
        addresses.must_lead_to(SITES[site], url)


@pytest.mark.parametrize(
    "text",
    [
        "https://facebook.com@evil.example/",
        "javascript://facebook.com/%0aalert(1)",
        "https://localhost/kommunen",
        "https://facebook.com:port/",
        "https://[facebook.com/",
        "kommunen",
    ],
)
def test_what_hides_where_it_leads_is_no_address(text: str) -> None:
    with pytest.raises(addresses.NoAddress):
        addresses.whole(text)


def test_a_pasted_address_is_kept_over_https_and_without_tracking() -> None:
    pasted = "http://www.facebook.com/kommunen?fbclid=abc#om"
    assert addresses.whole(pasted) == "https://www.facebook.com/kommunen"
    assert addresses.looks_like_address("facebook.com/kommunen")
    assert not addresses.looks_like_address("kommunen@social.example")
