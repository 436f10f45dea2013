"""Which account a row of a list means, told from platform, address and account name."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from uppsikt.channels import addresses
from uppsikt.channels.headings import site_called
from uppsikt.channels.likeness import platform_like
from uppsikt.platforms.catalogue import SITES, Site
from uppsikt.policy.words import N_, Message

_ELSEWHERE: Final = N_(
    "This address does not lead to %(platform)s. Look at it again, letter by "
    "letter: look-alike addresses are used to deceive."
)


class Fault(ValueError):
    """The row does not say which account it means. `reason` is for people."""

    def __init__(self, words: str, **details: object) -> None:
        self.reason = Message(words, details)
        super().__init__(str(self.reason))


@dataclass(frozen=True, slots=True)
class Account:
    """An account at a platform, and what is to be said of how it was told."""

    site: str
    handle: str
    url: str
    warnings: tuple[Message, ...] = ()


def told(platform: str, address: str, handle: str) -> Account:
    """Return the account that a row means.

    Raises:
        Fault: it tells none, or the address leads somewhere else than it says.
    """
    if addresses.looks_like_address(handle) and not address:
        address, handle = handle, ""
    url = _whole(address) if address else ""
    site = _site(platform, url)
    name = addresses.plain(handle)
    url = url or addresses.address_of(site, name)
    if not url:
        raise Fault(N_("The address is missing. Paste it from the browser."))
    _must_lead(site, url)
    return _agreed(site, url, name)


def _whole(address: str) -> str:
    try:
        url = addresses.whole(address)
    except addresses.NoAddress as stop:
        raise Fault(stop.words) from None
    if len(url) > addresses.LONGEST:
        raise Fault(N_("The address is longer than any account's."))
    return url


def _site(platform: str, url: str) -> Site:
    """Return the platform that is named, or else the one whose host the address has."""
    if platform:
        if name := site_called(platform):
            return SITES[name]
        words = N_("“%(name)s” is no platform we know. Write “Annan” if it is another.")
        raise Fault(words, name=platform[:80])
    if site := addresses.site_told(url) if url else None:
        return site
    if url and (alike := _looks_like(url)):
        raise Fault(_ELSEWHERE, platform=alike)
    raise Fault(N_("The platform is missing, and the address does not tell it."))


def _must_lead(site: Site, url: str) -> None:
    try:
        addresses.must_lead_to(site, url)
    except addresses.NotThere:
        raise Fault(_ELSEWHERE, platform=site.label) from None
    if not site.hosts and (alike := _looks_like(url)):
        raise Fault(_ELSEWHERE, platform=alike)


def _looks_like(url: str) -> str:
    """Return the platform that a strange host wants to be taken for, or ""."""
    return platform_like(urlsplit(url).hostname or "")


def _agreed(site: Site, url: str, handle: str) -> Account:
    there = addresses.handle_in(site, url)
    if there and handle and there != handle:
        words = N_("The address leads to another account: %(told)s.")
        raise Fault(words, told=there)
    name = handle or there
    if not name:
        words = N_("The account name is missing, and the address does not tell it.")
        raise Fault(words)
    if len(name) > addresses.LONGEST_NAME:
        raise Fault(N_("The account name is longer than any account's."))
    warnings = () if there else (Message(N_("Check that the address leads there.")),)
    return Account(site.name, name, url, warnings)
