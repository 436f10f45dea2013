"""What a form or a list asks of an address: which platform, account and spelling.

The answers are `platforms.accounts`'s; here they meet what a person wrote beside it.
"""

from collections.abc import Mapping
from typing import Final

from uppsikt.platforms import accounts
from uppsikt.platforms.accounts import Account
from uppsikt.platforms.accounts_reading import Why
from uppsikt.platforms.catalogue import SITES, Site
from uppsikt.policy.words import N_

LONGEST: Final = 500
LONGEST_NAME: Final = 200
"""Characters of a registered account's address, and of its name."""
WORDS: Final[Mapping[Why, str]] = {
    Why.EMPTY: N_("Paste the address of an account."),
    Why.TOO_LONG: N_("The text is too long to be an address. Paste only the address."),
    Why.NO_ADDRESS: N_("This is no web address. Paste the whole of it."),
    Why.SEVERAL: N_("There are several addresses. Paste one at a time."),
    Why.DISGUISED: N_(
        "The address hides where it leads. Open it with care, or not at all, and copy "
        "the address that stands in the browser."
    ),
    Why.SHORTENED: N_(
        "A short link does not say where it leads. Open the account and copy the "
        "address that stands in the browser."
    ),
    Why.NAME_ALONE: N_("A name is not enough: say at which platform it is."),
    Why.NO_ACCOUNT: N_(
        "The address leads to no account. Open the account and copy the address that "
        "stands in the browser."
    ),
}
"""What to do about a text that leads to no account, in words."""


class NotThere(ValueError):
    """The address does not lead to the platform, whatever it looks like."""


class NoAddress(ValueError):
    """The text is no address of an account. `words` says what to do."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.words = WORDS[why]


def looks_like_address(text: str) -> bool:
    """Tell whether somebody pasted an address, with or without its scheme."""
    if "://" in text or text.startswith("www."):
        return True
    found = accounts.canonical(text)
    return "/" in text and isinstance(found, Account) and bool(SITES[found.site].hosts)


def whole(text: str) -> str:
    """Return the account's address in its one spelling.

    Raises `NoAddress` for what leads to no account that can be told for certain, such
    as an address that hides where it leads (`https://facebook.com@evil.example`).
    """
    return _account(text).url


def begun_with(text: str) -> dict[str, str]:
    """Return what an address tells of an account, to fill a form in with.

    Platform, address and name in their one spelling; nothing of a text that tells no
    account for certain, or one that no register holds.
    """
    found = accounts.canonical(text)
    if not isinstance(found, Account) or len(found.url) > LONGEST:
        return {}
    told = {"site": found.site, "url": found.url, "handle": found.handle}
    return told if len(found.handle) <= LONGEST_NAME else {}


def site_told(url: str) -> Site | None:
    """Return the platform whose host the address has, or None when it tells none."""
    site = SITES[_account(url).site]
    return site if site.hosts else None


def must_lead_to(site: Site, url: str) -> None:
    """Raise `NotThere` unless the address leads to an account at the platform.

    A platform without hosts of its own, such as Mastodon, may be anywhere but at
    another platform.
    """
    try:
        told = site_told(url)
    except NoAddress:
        raise NotThere(url) from None
    if told is not (site if site.hosts else None):
        raise NotThere(url)


def handle_in(site: Site, url: str) -> str:
    """Return the account name that an address tells, or "" when it tells none."""
    try:
        found = _account(url)
    except NoAddress:
        return ""
    if site.name == "other":
        return found.url.partition("://")[2]
    return found.handle if found.site == site.name else ""


def id_in(url: str) -> str:
    """Return the platform's own stable id in an address, or "" when it has none."""
    found = accounts.canonical(url)
    return found.remote_id if isinstance(found, Account) else ""


def address_of(site: Site, handle: str) -> str:
    """Return the address of an account, or "" when its name does not tell."""
    return accounts.address_of(site.name, handle)


def plain(handle: str) -> str:
    """Return an account name as it is kept: without @ before it, in small letters."""
    return accounts.plain(handle)


def _account(text: str) -> Account:
    found = accounts.canonical(text)
    if not isinstance(found, Account):
        raise NoAddress(found.why)
    return found
