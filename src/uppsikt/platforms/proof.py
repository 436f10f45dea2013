"""Prove by links in both directions that an account is the municipality's.

Our own page points to the account with rel="me", and the account points back: by its
handle, which is a name under our domain, or by rel="me" on its own page. Neither can be
made up by somebody who only copies a name and a picture. (Microformats rel-me; the AT
Protocol's handles are proved by the domain itself.)
"""

from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from uppsikt.platforms.answers import reached

PROVABLE: Final = frozenset({"bluesky", "mastodon"})
"""The platforms that show anybody, without signing in, where an account points."""
_LINKS: Final = frozenset({"a", "link"})


class Method(StrEnum):
    """How the account points back to us. The empty one: it does not."""

    NONE = ""
    REL_ME = "rel-me"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class Account:
    """The account that is to be proved: where, and by which name."""

    site: str
    handle: str
    url: str


def prove(http: httpx.Client, website: str, account: Account) -> Method:
    """Return how `account` and the page `website` point at each other, if they do.

    Raises:
        PlatformError: one of the two pages could not be read.
    """
    if account.site not in PROVABLE or not points_to(http, website, account.url):
        return Method.NONE
    if account.site == "bluesky":
        return Method.DOMAIN if is_under(account.handle, website) else Method.NONE
    return Method.REL_ME if points_to(http, account.url, website) else Method.NONE


def points_to(http: httpx.Client, page: str, target: str) -> bool:
    """Tell whether the page at `page` links to `target` with rel="me".

    Raises:
        PlatformError: the page could not be read.
    """
    request = http.build_request("GET", page, headers={"Accept": "text/html"})
    response = reached(http, request)
    finder = _RelMe(page)
    finder.feed(response.text)
    wanted = plain(target)
    return bool(wanted) and wanted in map(plain, finder.found)


def is_under(handle: str, website: str) -> bool:
    """Tell whether `handle` is the website's domain or a name under it."""
    domain = (urlsplit(website).hostname or "").removeprefix("www.")
    name = handle.lower().lstrip("@").rstrip(".")
    return bool(domain) and (name == domain or name.endswith(f".{domain}"))


def plain(url: str) -> str:
    """Return an address as we tell two apart: host and path, without its trimmings."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    secure = parts.scheme == "https" and port in (None, 443)
    place = host if secure or port is None else f"{host}:{port}"
    return f"{place}{parts.path.rstrip('/')}" if host and not parts.username else ""


class _RelMe(HTMLParser):
    """Collects the addresses that a page gives as its own with rel="me"."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag not in _LINKS or "me" not in told.get("rel", "").lower().split():
            return
        try:
            self.found.append(urljoin(self.page, told.get("href", "")))
        except ValueError:
            return  # no address at all
