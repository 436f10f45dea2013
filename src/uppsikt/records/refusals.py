"""Say in words why a page could not be opened, and whether a new try can help."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from uppsikt.policy.words import N_, Message
from uppsikt.records.picture import NotReached

if TYPE_CHECKING:
    from playwright.async_api import Error as PlaywrightError

    from uppsikt.records.fence import Fence

_PASSING = frozenset({408, 425, 429})
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_WANTS_SIGN_IN = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_SIGN_IN_PATH = re.compile(
    r"/(log-?in|sign-?in|logon|logga-in|auth|authwall|checkpoint|sso|consent)\b",
    re.IGNORECASE,
)
_SIGN_IN_HOST = re.compile(r"(login|auth|accounts?|consent|sso|idp)\.", re.IGNORECASE)
_FILE_INSTEAD = ("Download is starting", "net::ERR_ABORTED")


def refuse_scheme(url: str) -> None:
    """Raise `NotReached` for an address that is not a page on the web."""
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        message = Message(N_("%(url)s is not an address of a web page."), {"url": url})
        raise NotReached(message, permanent=True)


def refuse_status(status: int) -> None:
    """Raise `NotReached` when the site answered with anything but a page."""
    if status < HTTPStatus.BAD_REQUEST:
        return
    if status in _WANTS_SIGN_IN:
        raise _wants_sign_in()
    if status in _GONE:
        message = Message(N_("The page is gone (%(status)d)."), {"status": status})
        raise NotReached(message, permanent=True)
    raise NotReached(
        Message(N_("The site answered with error %(status)d."), {"status": status}),
        permanent=status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _PASSING,
    )


def refuse_sign_in(asked: str, arrived: str) -> None:
    """Raise `NotReached` when the site sent us on to its sign-in or consent page."""
    if urldefrag(asked).url == urldefrag(arrived).url:
        return
    there = urlsplit(arrived)
    if _SIGN_IN_PATH.search(there.path) or _SIGN_IN_HOST.match(there.hostname or ""):
        raise _wants_sign_in()


def _wants_sign_in() -> NotReached:
    message = Message(N_("The site only shows the page to people who are signed in."))
    return NotReached(message, permanent=True)


def too_slow(url: str) -> NotReached:
    """Return the refusal for a page that was not ready in time."""
    message = Message(N_("%(url)s was not ready in time."), {"url": url})
    return NotReached(message, permanent=False)


def too_large(url: str) -> NotReached:
    """Return the refusal for a page with more on it than a record should hold."""
    message = Message(N_("%(url)s is too large to be kept."), {"url": url})
    return NotReached(message, permanent=True)


def understood(error: PlaywrightError, fence: Fence, url: str) -> NotReached:
    """Return what went wrong when the browser says that it could not load `url`."""
    if fence.refused:
        message = Message(
            N_("%(host)s is not a public address, so nothing was fetched from it."),
            {"host": fence.refused[0]},
        )
        return NotReached(message, permanent=True)
    if fence.overrun:
        return too_large(url)
    if "Timeout" in error.message:
        return too_slow(url)
    if any(words in error.message for words in _FILE_INSTEAD):
        message = Message(N_("%(url)s is a file and not a page."), {"url": url})
        return NotReached(message, permanent=True)
    message = Message(
        N_("%(url)s could not be opened (%(reason)s)."),
        {"url": url, "reason": _first_line(error.message)},
    )
    return NotReached(message, permanent=False)


def _first_line(message: str) -> str:
    code = re.search(r"net::\w+", message)
    return code[0] if code else message.partition("\n")[0]


def browser_died(url: str) -> NotReached:
    """Return the refusal for a page at which the browser itself fails, each time."""
    message = Message(N_("The browser stopped working at %(url)s."), {"url": url})
    return NotReached(message, permanent=False)
