"""Any pasted address leads to one account in one spelling, or to none, and says why."""

import pytest

from uppsikt.platforms.accounts import (
    Account,
    NoAccount,
    address_of,
    canonical,
    keys_of,
    plain,
)
from uppsikt.platforms.accounts_reading import Why
from uppsikt.platforms.accounts_table import WAYS
from uppsikt.platforms.catalogue import SITES

UC = "UCabcDEFghi-jklMNO_pqrst"
DID = "did:plc:abcdefghijklmnopqrstuvwx"


@pytest.mark.parametrize(
    ("pasted", "site", "handle", "url"),
    [
        ("facebook.com/Lasrum", "facebook", "lasrum", "https://www.facebook.com/lasrum"),
        ("https://m.me/lasrum", "facebook", "lasrum", "https://www.facebook.com/lasrum"),
        ("fb.com/pg/lasrum/about", "facebook", "lasrum", "https://www.facebook.com/lasrum"),
        (
            "https://www.facebook.com/groups/Lasare/",
            "facebook",
            "groups/lasare",
            "https://www.facebook.com/groups/lasare",
        ),
        (
            "https://www.facebook.com/profile.php?sk=about&id=1000",
            "facebook",
            "1000",
            "https://www.facebook.com/profile.php?id=1000",
        ),
        (
            "https://sv-se.facebook.com/pages/Lasrum/1000?ref=ts",
            "facebook",
            "1000",
            "https://www.facebook.com/profile.php?id=1000",
        ),
        (
            "https://www.facebook.com/Las-rum-100064000000",
            "facebook",
            "100064000000",
            "https://www.facebook.com/profile.php?id=100064000000",
        ),
        ("fb://page/1000", "facebook", "1000", "https://www.facebook.com/profile.php?id=1000"),
        ("instagram.com/las.rum/", "instagram", "las.rum", "https://www.instagram.com/las.rum/"),
        (
            "instagram://user?username=Lasrum",
            "instagram",
            "lasrum",
            "https://www.instagram.com/lasrum/",
        ),
        (
            "https://se.linkedin.com/company/L%C3%A4srum/about/",
            "linkedin",
            "läsrum",
            "https://www.linkedin.com/company/l%C3%A4srum/",
        ),
        (
            "linkedin.com/school/lasrum",
            "linkedin",
            "school/lasrum",
            "https://www.linkedin.com/school/lasrum/",
        ),
        ("https://www.youtube.com/@Lasrum/videos", "youtube", "lasrum", "https://www.youtube.com/@lasrum"),
        (
            f"https://m.youtube.com/channel/{UC}",
            "youtube",
            f"channel/{UC}",
            f"https://www.youtube.com/channel/{UC}",
        ),
        ("youtube.com/Lasrum", "youtube", "c/lasrum", "https://www.youtube.com/c/lasrum"),
        ("youtube.com/user/lasrum", "youtube", "user/lasrum", "https://www.youtube.com/user/lasrum"),
        ("https://mobile.twitter.com/Lasrum", "x", "lasrum", "https://x.com/lasrum"),
        ("https://twitter.com/intent/user?screen_name=lasrum", "x", "lasrum", "https://x.com/lasrum"),
        ("https://x.com/i/user/1000", "x", "i/user/1000", "https://x.com/i/user/1000"),
        ("tiktok.com/%40lasrum", "tiktok", "lasrum", "https://www.tiktok.com/@lasrum"),
        ("threads.net/@lasrum", "threads", "lasrum", "https://www.threads.com/@lasrum"),
        ("bsky.app/profile/Lasrum.example", "bluesky", "lasrum.example", "https://bsky.app/profile/lasrum.example"),
        ("https://lasrum.bsky.social/", "bluesky", "lasrum.bsky.social", "https://bsky.app/profile/lasrum.bsky.social"),
        (f"at://{DID}", "bluesky", DID, f"https://bsky.app/profile/{DID}"),
        ("@Lasrum@social.example", "mastodon", "lasrum@social.example", "https://social.example/@lasrum"),
        ("https://social.example/users/lasrum", "mastodon", "lasrum@social.example", "https://social.example/@lasrum"),
        ("https://forum.example/Las/?utm_source=x", "other", "forum.example/Las", "https://forum.example/Las"),
        ("https://forum.example/u?id=5", "other", "forum.example/u?id=5", "https://forum.example/u?id=5"),
    ],
)  # fmt: skip
def test_an_address_leads_to_one_account(
    pasted: str, site: str, handle: str, url: str
) -> None:
    found = canonical(pasted)

    assert isinstance(found, Account)
    assert (found.site, found.handle, found.url) == (site, handle, url)
    assert canonical(found.url) == Account(site, handle, url, found.remote_id)


@pytest.mark.parametrize(
    ("pasted", "remote_id"),
    [
        ("https://www.facebook.com/people/Las/1000/", "1000"),
        ("https://www.linkedin.com/company/1000/", "1000"),
        (f"https://www.youtube.com/channel/{UC}", UC),
        ("https://x.com/i/user/1000", "1000"),
        (f"https://bsky.app/profile/{DID}", DID),
        ("https://www.facebook.com/lasrum", ""),
    ],
)
def test_the_stable_id_is_told_where_the_address_has_it(
    pasted: str, remote_id: str
) -> None:
    found = canonical(pasted)

    assert isinstance(found, Account)
    assert found.remote_id == remote_id
    assert found.keys == keys_of(found.site, found.handle, remote_id)


@pytest.mark.parametrize(
    "pasted",
    [
        "https://www.facebook.com/lasrum/posts/12",
        "https://www.facebook.com/lasrum/photos/a.1/2",
        "https://www.facebook.com/permalink.php?story_fbid=2&id=1000",
        "https://www.facebook.com/groups/lasare/permalink/12/",
        "https://www.instagram.com/lasrum/reel/Abc/",
        "https://www.instagram.com/stories/lasrum/12/",
        "https://x.com/lasrum/status/12",
        "https://www.tiktok.com/@lasrum/video/12",
        "https://www.threads.com/@lasrum/post/Abc",
        "https://bsky.app/profile/lasrum.example/post/abc",
        "https://social.example/@lasrum/12",
    ],
)
def test_a_post_leads_to_the_account_that_its_address_names(pasted: str) -> None:
    found = canonical(pasted)

    assert isinstance(found, Account)
    assert found.post
    assert "lasrum" in found.handle or found.handle in ("1000", "groups/lasare")


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ("", Why.EMPTY),
        (" \n\u200b", Why.EMPTY),
        ("x" * 2001, Why.TOO_LONG),
        ("https://evil.example/" + "ö" * 400, Why.TOO_LONG),
        ("Är det här ni", Why.NO_ADDRESS),
        ("javascript://facebook.com/%0aalert(1)", Why.NO_ADDRESS),
        ("https://localhost/lasrum", Why.NO_ADDRESS),
        ("https://[facebook.com/", Why.NO_ADDRESS),
        ("https://facebook.com:port/", Why.NO_ADDRESS),
        ("instagram.com/a och instagram.com/b", Why.SEVERAL),
        ("@lasrum", Why.NAME_ALONE),
        ("lasrum", Why.NAME_ALONE),
        ("https://www.bit.ly/x", Why.SHORTENED),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.com%2Fa",
            Why.SHORTENED,
        ),
        ("https://www.google.com/url?q=https://x.com/lasrum&url=x", Why.SHORTENED),
        ("https://www.google.co.uk/url?url=https://x.com/lasrum", Why.SHORTENED),
        ("https://facebook.com@evil.example/", Why.DISGUISED),
        ("facebook.com@evil.example", Why.DISGUISED),
        ("https://facebook.com\\@evil.example/", Why.DISGUISED),
        ("https://facebook.com/x%2Flasrum", Why.DISGUISED),
        ("https://facebook.com/x%255Flasrum", Why.DISGUISED),
        ("https://facebook.com/x/../lasrum", Why.DISGUISED),
        ("https://facebook.com//lasrum", Why.DISGUISED),
        ("https://facebook.com/las\u200brum", Why.DISGUISED),
        ("https://facebook.com/\u202emurssal", Why.DISGUISED),
        ("https://facebook.com/las%E2%80%8Brum", Why.DISGUISED),
        ("https://facebook.com/las%rum", Why.DISGUISED),
        ("https://facebook.com/l%FFsrum", Why.DISGUISED),
        ("https://faceboo\u212a.com/lasrum", Why.DISGUISED),
        ("https://\uff46acebook.com/lasrum", Why.DISGUISED),
        ("https://facebook.com:8443/lasrum", Why.DISGUISED),
        ("https://x.com/intent/user?screen_name=las%E2%80%8Brum", Why.DISGUISED),
        ("https://fb.me/lasrum", Why.SHORTENED),
        ("https://youtu.be/lasrum", Why.SHORTENED),
        ("https://vm.tiktok.com/lasrum", Why.SHORTENED),
        ("https://l.facebook.com/l.php?h=1", Why.NO_ACCOUNT),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Ft.co%2Fx", Why.SHORTENED),
        ("https://evil.facebook.com/lasrum", Why.NO_ACCOUNT),
        ("https://www.facebook.com/sharer/sharer.php?u=x", Why.NO_ACCOUNT),
        ("https://www.facebook.com/groups/lasare/user/1000/", Why.NO_ACCOUNT),
        ("https://www.facebook.com/profile.php?id=1000&id=2000", Why.NO_ACCOUNT),
        ("https://www.facebook.com/profile.php?id=lasrum", Why.NO_ACCOUNT),
        ("https://www.instagram.com/p/Abc/", Why.NO_ACCOUNT),
        ("https://www.youtube.com/watch?v=1", Why.NO_ACCOUNT),
        (f"https://www.youtube.com/channel/{UC.lower()}", Why.NO_ACCOUNT),
        ("https://x.com/i/status/12", Why.NO_ACCOUNT),
        ("https://x.com/hashtag/lasrum", Why.NO_ACCOUNT),
        ("https://www.tiktok.com/foryou", Why.NO_ACCOUNT),
        ("https://social.example/@lasrum@other.example", Why.NO_ACCOUNT),
    ],
)
def test_what_tells_no_account_for_certain_says_why(pasted: str, why: Why) -> None:
    found = canonical(pasted)

    assert isinstance(found, NoAccount)
    assert found.why is why


@pytest.mark.parametrize("site", sorted(WAYS))
def test_no_reserved_word_is_an_account(site: str) -> None:
    ways = WAYS[site]
    for word in sorted(ways.reserved):
        found = canonical(f"{ways.home}{ways.lead}{word}")
        assert isinstance(found, NoAccount), word


@pytest.mark.parametrize(
    "pasted",
    [
        "https://l.facebook.com/l.php?u=https%3A%2F%2Finstagram.com%2Flasrum&h=AT0",
        "https://www.youtube.com/redirect?event=about&q=instagram.com%2Flasrum",
        "Se https://www.instagram.com/lasrum/?igsh=abc!",
        "<https://instagram.com/lasrum>",
    ],
)
def test_a_page_that_sends_on_and_words_around_are_seen_through(pasted: str) -> None:
    found = canonical(pasted)

    assert isinstance(found, Account)
    assert found.keys == {"instagram:lasrum"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("facebook.com/las.rum", "facebook.com/lasrum"),
        ("x.com/lasrum", "twitter.com/LASRUM"),
        ("@lasrum@social.example", "https://SOCIAL.example/@Lasrum"),
    ],
)
def test_two_spellings_of_one_account_have_a_key_in_common(
    one: str, other: str
) -> None:
    first, second = canonical(one), canonical(other)
    assert isinstance(first, Account)
    assert isinstance(second, Account)
    assert first.keys & second.keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("facebook.com/lasare", "facebook.com/groups/lasare"),
        ("facebook.com/groups/las.are", "facebook.com/groups/lasare"),
        ("instagram.com/las.rum", "instagram.com/lasrum"),
        ("linkedin.com/company/lasrum", "linkedin.com/showcase/lasrum"),
        ("youtube.com/@lasrum", "youtube.com/user/lasrum"),
        (f"youtube.com/channel/{UC}", f"youtube.com/channel/{UC.swapcase()}"),
        ("forum.example/u?id=5", "forum.example/u?id=6"),
        ("facebook.com/lasrum", "facebook.com/l\u0430srum"),
    ],
)
def test_two_accounts_have_no_key_in_common(one: str, other: str) -> None:
    first, second = canonical(one), canonical(other)
    assert isinstance(first, Account)
    assert not isinstance(second, Account) or not first.keys & second.keys


@pytest.mark.parametrize(
    ("site", "handle", "url"),
    [
        ("facebook", "lasrum", "https://www.facebook.com/lasrum"),
        ("facebook", "groups/lasare", "https://www.facebook.com/groups/lasare"),
        ("youtube", f"channel/{UC}", f"https://www.youtube.com/channel/{UC}"),
        ("mastodon", "lasrum@social.example", "https://social.example/@lasrum"),
        ("bluesky", DID, f"https://bsky.app/profile/{DID}"),
        ("mastodon", "lasrum", ""),
        ("x", "../etc", ""),
        ("x", "home", ""),
        ("other", "lasrum", ""),
        ("other", "forum.example/las", "https://forum.example/las"),
    ],
)
def test_an_account_tells_its_address(site: str, handle: str, url: str) -> None:
    assert address_of(site, handle) == url


def test_a_name_is_an_account_once_the_platform_is_told() -> None:
    found = canonical("@Las.rum", site="instagram")

    assert isinstance(found, Account)
    assert found.url == "https://www.instagram.com/las.rum/"
    assert canonical("@lasrum", site="mastodon") == NoAccount(
        Why.NAME_ALONE, "lasrum", "mastodon"
    )


def test_a_name_is_kept_in_small_letters_but_an_id_as_it_is() -> None:
    assert plain(" @LasRum ") == "lasrum"
    assert plain(f"channel/{UC}") == f"channel/{UC}"


def test_every_platform_of_the_catalogue_has_its_ways() -> None:
    assert set(WAYS) | {"mastodon", "other"} == set(SITES)
    for site, ways in WAYS.items():
        assert {"youtu.be", "fb.me", "lnkd.in", "bsky.social"} | ways.hosts >= SITES[
            site
        ].hosts


def test_a_long_address_is_known_by_a_short_key_of_its_own() -> None:
    long = "https://evil.example/in?to=" + "a" * 1900
    one, same, other = (canonical(t) for t in (long, f"{long}#om", f"{long}b"))

    assert isinstance(one, Account)
    assert isinstance(other, Account)
    assert one == same
    assert max(map(len, one.keys)) <= 300
    assert not one.keys & other.keys
