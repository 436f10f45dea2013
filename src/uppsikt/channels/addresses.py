"""Accounts and their addresses: each told from the other, and look-alikes seen."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from uppsikt.platforms.catalogue import SITES, Site, site_of


class NotThere(ValueError):
    """The address does not lead to the platform, whatever it looks like."""


class NoAddress(ValueError):
    """The text is no web address."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one platform writes the address of an account."""

    path: re.Pattern[str]
    url: str


def _pattern(path: str, url: str) -> Pattern:
    return Pattern(re.compile(path), url)


_NAME: Final = "([^/]+)"
_PATTERNS: Final = {
    "facebook": _pattern(
        rf"/(?!profile\.php|people/|pages/)(?:groups/)?{_NAME}",
        "https://www.facebook.com/{handle}",
    ),
    "instagram": _pattern(rf"/{_NAME}", "https://www.instagram.com/{handle}/"),
    "linkedin": _pattern(
        rf"/(?:company|showcase|school)/{_NAME}",
        "https://www.linkedin.com/company/{handle}/",
    ),
    "youtube": _pattern(
        rf"/(?:@|c/|user/){_NAME}", "https://www.youtube.com/@{handle}"
    ),
    "x": _pattern(rf"/{_NAME}", "https://x.com/{handle}"),
    "tiktok": _pattern(rf"/@{_NAME}", "https://www.tiktok.com/@{handle}"),
    "threads": _pattern(rf"/@{_NAME}", "https://www.threads.com/@{handle}"),
    "bluesky": _pattern(rf"/profile/{_NAME}", "https://bsky.app/profile/{handle}"),
}
_FEDERATED: Final = re.compile(r"([^@/\s]+)@([A-Za-z0-9.-]+)")
_WEB: Final = ("http", "https")


def looks_like_address(text: str) -> bool:
    """Tell whether somebody pasted an address, with or without its scheme."""
    return "://" in text or text.startswith("www.") or _host_first(text)


def _host_first(text: str) -> bool:
    return "/" in text and site_of(f"https://{text}") is not SITES["other"]


def whole(text: str) -> str:
    """Return a pasted address as one over https, without tracking and fragment.

    Raises `NoAddress` for what is none, such as one that hides where it leads
    (`https://facebook.com@evil.example`).
    """
    url = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NoAddress(text) from None
    if parts.scheme not in _WEB or "." not in host or "@" in parts.netloc:
        raise NoAddress(text)
    at = f"{host}:{port}" if port else host
    kept = f"?{parts.query}" if parts.path.endswith(".php") else ""
    return f"https://{at}{parts.path}{kept}"


def site_told(url: str) -> Site | None:
    """Return the platform whose host the address has, or None when it tells none."""
    site = site_of(url)
    return site if site.hosts else None


def must_lead_to(site: Site, url: str) -> None:
    """Raise `NotThere` unless the address's whole host is one of the platform's.

    A platform without hosts of its own, such as Mastodon, may be anywhere but at
    another platform.
    """
    told = site_told(url)
    if told is not (site if site.hosts else None):
        raise NotThere(url)


def handle_in(site: Site, url: str) -> str:
    """Return the account name that an address tells, or "" when it tells none."""
    parts = urlsplit(url)
    if site.name == "mastodon":
        name = re.fullmatch(r"/@([^/@]+)/?", parts.path)
        return f"{name[1]}@{parts.hostname}".lower() if name else ""
    if site.name not in _PATTERNS:
        return f"{parts.hostname}{parts.path}".rstrip("/")
    found = _PATTERNS[site.name].path.match(parts.path)
    return plain(found[1]) if found else ""


def address_of(site: Site, handle: str) -> str:
    """Return the address of an account, or "" when its name does not tell."""
    if site.name == "mastodon":
        found = _FEDERATED.fullmatch(handle)
        return f"https://{found[2]}/@{found[1]}" if found else ""
    if site.name not in _PATTERNS or re.search(r"[\s/?#]", handle):
        return ""
    return _PATTERNS[site.name].url.format(handle=handle)


def plain(handle: str) -> str:
    """Return an account name as it is kept: without @ before it, in small letters."""
    return handle.strip().removeprefix("@").lower()
