"""Ten thousand mutated addresses of three hundred accounts: found, or never official.

The mutations are written here, and not taken from the table that is tested.
"""

from collections.abc import Callable, Iterator
from random import Random
from urllib.parse import quote

import pytest

from uppsikt.platforms.accounts import Account, canonical
from uppsikt.platforms.catalogue import SITES

ACCOUNTS = 30  # at each of the ten platforms
MUTANTS = 1050  # for each platform, one half of each sort
SOUNDS = [
    "bib",
    "lo",
    "tek",
    "kom",
    "mun",
    "hal",
    "lan",
    "sko",
    "mu",
    "um",
    "fri",
    "tid",
]
ID_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789_-"
HOSTS = {
    "facebook": ["facebook.com", "www.facebook.com", "m.facebook.com", "fb.com"],
    "instagram": ["instagram.com", "www.instagram.com"],
    "linkedin": ["linkedin.com", "www.linkedin.com", "se.linkedin.com"],
    "youtube": ["youtube.com", "www.youtube.com", "m.youtube.com"],
    "x": ["x.com", "www.x.com", "twitter.com", "mobile.twitter.com"],
    "tiktok": ["tiktok.com", "www.tiktok.com"],
    "threads": ["threads.net", "www.threads.net", "threads.com", "www.threads.com"],
    "mastodon": ["social.example"],
    "bluesky": ["bsky.app", "www.bsky.app"],
    "other": ["forum.example"],
}
POSTS = {
    "facebook": "/posts/12",
    "instagram": "/p/Abc",
    "x": "/status/12",
    "tiktok": "/video/12",
    "threads": "/post/Abc",
    "mastodon": "/12",
    "bluesky": "/post/abc",
}
TRACKED = ["?fbclid=x", "?utm_source=a&utm_medium=b", "#om", "?igsh=1#x", ""]
LOOKS_LIKE = {"a": "\u0430", "o": "\u043e", "e": "\u0435", "c": "\u0441", "s": "\u0455"}


def word(chance: Random) -> str:
    return "".join(chance.choice(SOUNDS) for _ in range(chance.randint(2, 4)))


def path_of(site: str, name: str, chance: Random) -> str:
    """Return the path of an account called `name`, in one of the platform's shapes."""
    match site:
        case "facebook":
            return chance.choice([f"/{name}", f"/{name}", f"/groups/{name}"])
        case "linkedin":
            return f"/{chance.choice(['company', 'showcase', 'school'])}/{name}"
        case "youtube":
            secret = "UC" + "".join(chance.choices(ID_SIGNS, k=22))
            return chance.choice([f"/@{name}", f"/user/{name}", f"/channel/{secret}"])
        case "tiktok" | "threads" | "mastodon":
            return f"/@{name}"
        case "bluesky":
            return f"/profile/{name}.example"
    return f"/{name}"


def register(site: str, chance: Random) -> list[str]:
    """Return the paths of the accounts that are ours at a platform, each once."""
    paths: dict[str, str] = {}
    while len(paths) < ACCOUNTS:
        name = word(chance)
        paths.setdefault(name, path_of(site, name, chance))
    return list(paths.values())


def known(site: str, paths: list[str]) -> dict[str, str]:
    """Return the path of each account by every key it is known by."""
    found: dict[str, str] = {}
    for path in paths:
        account = canonical(f"https://{HOSTS[site][0]}{path}")
        assert isinstance(account, Account)
        assert account.site == site
        found |= dict.fromkeys(account.keys, path)
    assert len(found) >= ACCOUNTS
    return found


def owner(text: str, index: dict[str, str]) -> str | None:
    """Return the path of the registered account that a text leads to, if any."""
    found = canonical(text)
    if not isinstance(found, Account):
        return None
    return next((index[key] for key in found.keys if key in index), None)


def any_case(text: str, chance: Random) -> str:
    return "".join(chance.choice([c.lower(), c.upper()]) for c in text)


def escaped(path: str, chance: Random) -> str:
    """Return a path with one of its letters percent-encoded."""
    places = [i for i, c in enumerate(path) if c.isalnum() and i > path.rfind("/")]
    at = chance.choice(places)
    return f"{path[:at]}%{ord(path[at]):02X}{path[at + 1 :]}"


def variant(site: str, path: str, chance: Random) -> str:
    """Return another way to write the same address, as people paste it."""
    host = any_case(chance.choice(HOSTS[site]), chance)
    exact = site == "other" or path.startswith("/channel/")
    tail = path if exact else any_case(path, chance)
    if chance.random() < 0.3:
        tail = escaped(tail, chance)
    if chance.random() < 0.3 and "/groups/" not in path:
        tail += POSTS.get(site, "")
    if chance.random() < 0.2:
        host += "."
    scheme, port = chance.choice(
        [("https://", ""), ("http://", ":80"), ("HTTPS://", ":443"), ("", "")]
    )
    whole = f"{scheme}{host}{port}{tail}{chance.choice(['', '/'])}"
    around = chance.choice(["{}", "  {}\n", "<{}>", "\u200b{}\u200e", "Se {}!", "“{}”"])
    return around.format(whole + chance.choice(TRACKED))


Hostile = Callable[[str, str, Random], str]


def another_name(host: str, path: str, chance: Random) -> str:
    """Change, add or leave out one letter of the name."""
    at = chance.randint(path.rfind("/") + 1, len(path) - 1)
    changed = chance.choice(["q", "qq", "", path[at] + "0", "_" + path[at]])
    return f"https://{host}{path[:at]}{changed}{path[at + 1 :]}"


def alike_name(host: str, path: str, chance: Random) -> str:
    return f"https://{host}{alike(path, chance)}"


def alike_host(host: str, path: str, chance: Random) -> str:
    return f"https://{alike(host, chance)}{path}"


def alike(text: str, chance: Random) -> str:
    """Return a text with one letter of another alphabet, or a full-width one."""
    start = text.rfind("/") + 1
    places = [i for i, c in enumerate(text) if c.isalpha() and i >= start]
    at = chance.choice(places)
    letter = text[at]
    stands_in = LOOKS_LIKE.get(letter, chr(ord(letter) - 0x21 + 0xFF01))
    return text[:at] + stands_in + text[at + 1 :]


def hidden(host: str, path: str, chance: Random) -> str:
    """Put an unseen character inside the name."""
    at = chance.randint(path.rfind("/") + 2, len(path) - 1)
    mark = chance.choice("\u200b\u200d\u202e\u2066\u00ad\ufeff\x00")
    mark = chance.choice([mark, quote(mark)])
    return f"https://{host}{path[:at]}{mark}{path[at:]}"


def around(host: str, path: str, chance: Random) -> str:
    """Put the real host where a reader looks, and another where the browser does."""
    return chance.choice(
        [
            f"https://evil-{host}{path}",
            f"https://{host}.example.se{path}",
            f"https://{host}@evil.example{path}",
            f"{host}@evil.example",
            f"https://evil.example/{host}{path}",
            f"https://{host}\\@evil.example{path}",
            f"https://{host}%2eevil.example{path}",
            f"https://evil.{host}{path}",
            f"https://{host}:8443{path}",
            f"https://{host.replace('.', '-', 1)}.com{path}",
            f"https://evil.example/?u=https://{host}{path}",
        ]
    )


def inside(host: str, path: str, chance: Random) -> str:
    """Put the name where another account, or none, is written."""
    name = path.rpartition("/")[2]
    return chance.choice(
        [
            f"https://{host}/x%2F{name}",
            f"https://{host}/x/..{path}",
            f"https://{host}//x{path}",
            f"https://{host}/qq{path}",
            f"https://{host}/share/{name}",
            f"https://{host}/login?next={name}",
            f"https://{host}/hashtag/{name}",
            f"https://{host}{path}%00",
            f"https://{host}{path}%2Fqq",
        ]
    )


HOSTILE: list[Hostile] = [
    another_name,
    alike_name,
    alike_host,
    hidden,
    around,
    inside,
]


def ours_in_truth(text: str, paths: set[str]) -> bool:
    """Tell whether a change of letters happened to write another account of ours."""
    host, _, tail = text.partition("://")[2].partition("/")
    return f"/{tail}" in paths and any(host in hosts for hosts in HOSTS.values())


def mutants(site: str, chance: Random) -> Iterator[tuple[str, str | None]]:
    """Yield mutated addresses, each with the path of the account it must lead to."""
    paths = register(site, Random(site))
    for number in range(MUTANTS):
        path = chance.choice(paths)
        if number % 2:
            yield variant(site, path, chance), path
            continue
        host = chance.choice(HOSTS[site])
        text = chance.choice(HOSTILE)(host, path, chance)
        if not ours_in_truth(text, set(paths)):
            yield text, None


@pytest.mark.parametrize("site", sorted(SITES))
def test_every_variant_is_found_and_nothing_else_is_official(site: str) -> None:
    index = known(site, register(site, Random(site)))
    tried = list(mutants(site, Random(20170919)))
    found = [(text, path, owner(text, index)) for text, path in tried]

    assert len(set(tried)) > MUTANTS // 2
    assert [one for one in found if one[1] != one[2]] == []


@pytest.mark.parametrize("site", sorted(SITES))
def test_the_same_names_at_another_platform_are_never_official(site: str) -> None:
    paths = register(site, Random(site))
    index = known(site, paths)
    elsewhere = [s for s in SITES if s != site]
    for path in paths:
        for other in elsewhere:
            assert owner(f"https://{HOSTS[other][0]}{path}", index) is None


def test_the_ids_of_channels_are_told_apart_by_case() -> None:
    paths = [p for p in register("youtube", Random("youtube")) if "channel" in p]
    index = known("youtube", register("youtube", Random("youtube")))

    assert paths
    for path in paths:
        assert owner(f"https://www.youtube.com{path}", index) == path
        assert owner(f"https://www.youtube.com{path.lower()}", index) is None
        assert owner(f"https://www.youtube.com{path.swapcase()}", index) is None
