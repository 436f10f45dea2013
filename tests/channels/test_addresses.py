"""An address tells the account, the account its address, and a look-alike nothing."""

import pytest

from uppsikt.channels import addresses, import_accounts
from uppsikt.platforms.accounts_reading import Why
from uppsikt.platforms.catalogue import SITES


@pytest.mark.parametrize(
    ("site", "url", "handle"),
    [
        ("facebook", "https://www.facebook.com/biblioteket/", "biblioteket"),
        ("facebook", "https://m.facebook.com/groups/lasare", "groups/lasare"),
        ("facebook", "https://www.facebook.com/profile.php?id=100", "100"),
        ("facebook", "https://www.facebook.com/login.php", ""),
        ("linkedin", "https://se.linkedin.com/company/kommunen/", "kommunen"),
        ("youtube", "https://www.youtube.com/@kommunen/videos", "kommunen"),
        ("youtube", "https://www.youtube.com/watch?v=1", ""),
        ("instagram", "https://x.com/kommunen", ""),
        ("mastodon", "https://social.example/@Kommunen", "kommunen@social.example"),
        ("mastodon", "https://social.example/about", ""),
        ("other", "https://forum.example/kommunen/", "forum.example/kommunen"),
        ("other", "https://forum.example/@kommunen", "forum.example/@kommunen"),
    ],
)
def test_an_address_tells_the_account(site: str, url: str, handle: str) -> None:
    assert addresses.handle_in(SITES[site], url) == handle


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
        ("facebook", "https://facebook.com@evil.example/"),
        ("instagram", "https://facebook.com/kommunen"),
        ("other", "https://facebook.com/kommunen"),
        ("mastodon", "https://x.com/@kommunen"),
    ],
)
def test_a_look_alike_does_not_lead_to_the_platform(site: str, url: str) -> None:
    with pytest.raises(addresses.NotThere):
        addresses.must_lead_to(SITES[site], url)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("https://facebook.com@evil.example/", Why.DISGUISED),
        ("https://fb.me/kommunen", Why.SHORTENED),
        ("https://localhost/kommunen", Why.NO_ADDRESS),
        ("kommunen", Why.NAME_ALONE),
    ],
)
def test_what_is_no_address_says_what_to_do(text: str, why: Why) -> None:
    with pytest.raises(addresses.NoAddress) as fault:
        addresses.whole(text)

    assert fault.value.words == addresses.WORDS[why]


def test_there_are_words_for_every_reason() -> None:
    assert set(addresses.WORDS) == set(Why)


def test_a_pasted_address_is_kept_over_https_and_without_tracking() -> None:
    pasted = "http://m.facebook.com/Kommunen/?fbclid=abc#om"

    assert addresses.whole(pasted) == "https://www.facebook.com/kommunen"
    assert addresses.looks_like_address("facebook.com/kommunen")
    assert not addresses.looks_like_address("kommunen@social.example")


def test_the_platforms_own_id_is_told_where_there_is_one() -> None:
    assert addresses.id_in("https://www.facebook.com/profile.php?id=100") == "100"
    assert addresses.id_in("https://www.facebook.com/kommunen") == ""
    assert addresses.id_in("kommunen") == ""


def test_a_site_with_swedish_letters_in_its_name_is_no_disguise() -> None:
    account = import_accounts.told("Annan", "https://växjö.example/bibblan", "")

    assert (account.site, account.handle) == ("other", "xn--vxj-qla6g.example/bibblan")
