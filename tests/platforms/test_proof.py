"""An account is proved by links both ways, and by nothing less."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from uppsikt.platforms import PlatformError
from uppsikt.platforms.http import client
from uppsikt.platforms.proof import Account, Method, is_under, plain, prove

ME = '<p>Vi finns på <a rel="nofollow me" href="{}">sociala medier</a></p>'
NOT_ME = '<p>Vi finns på <a rel="nofollow" href="{}">sociala medier</a></p>'


class Web(ThreadingHTTPServer):
    """Pages by path, on this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, str] = {}

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Web

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path)
        body = (page or "borta").encode()
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Web]:
    """Yield a small web of pages, and end it."""
    web = Web()
    thread = Thread(target=web.serve_forever, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.shutdown()
        web.server_close()
        thread.join()


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as web:
        yield web


def proved(web: Web, account: Account) -> Method:
    with client(allowed=frozenset({"127.0.0.1"})) as http:
        return prove(http, web.at("/"), account)


@pytest.mark.parametrize(
    ("ours", "theirs", "method"),
    [
        (ME, ME, Method.REL_ME),
        (NOT_ME, ME, Method.NONE),
        (ME, NOT_ME, Method.NONE),
        (NOT_ME, NOT_ME, Method.NONE),
    ],
)
def test_mastodon_is_proved_by_rel_me_in_both_directions(
    web: Web, ours: str, theirs: str, method: Method
) -> None:
    account = Account("mastodon", "@kommun", web.at("/@kommun"))
    web.pages = {"/": ours.format(account.url), "/@kommun": theirs.format(web.at("/"))}

    assert proved(web, account) is method


def test_a_link_to_another_account_proves_nothing(web: Web) -> None:
    account = Account("mastodon", "@kommun", web.at("/@kommun"))
    web.pages = {
        "/": ME.format(web.at("/@kommun2")),
        "/@kommun": ME.format(web.at("/")),
    }

    assert proved(web, account) is Method.NONE


def test_bluesky_is_proved_by_a_handle_under_our_own_domain(web: Web) -> None:
    url = "https://bsky.app/profile/bibblan"
    web.pages = {"/": ME.format(url)}

    assert proved(web, Account("bluesky", "127.0.0.1", url)) is Method.DOMAIN
    assert proved(web, Account("bluesky", "bib.bsky.social", url)) is Method.NONE
    web.pages = {"/": NOT_ME.format(url)}
    assert proved(web, Account("bluesky", "127.0.0.1", url)) is Method.NONE


def test_a_relative_link_and_a_link_in_the_head_count(web: Web) -> None:
    account = Account("mastodon", "@kommun", web.at("/@kommun"))
    web.pages = {
        "/": '<head><LINK REL="me" HREF="/@kommun/"></head>',
        "/@kommun": ME.format(web.at("")),
    }

    assert proved(web, account) is Method.REL_ME


def test_where_a_platform_shows_no_links_nothing_is_asked_and_nothing_proved(
    web: Web,
) -> None:
    account = Account("facebook", "exempelby", "https://facebook.com/exempelby")
    assert proved(web, account) is Method.NONE


def test_a_page_that_is_gone_is_a_fault_and_no_answer(web: Web) -> None:
    with pytest.raises(PlatformError):
        proved(web, Account("mastodon", "@kommun", web.at("/@kommun")))


def test_an_address_in_our_own_network_is_not_asked(web: Web) -> None:
    web.pages = {"/": ME.format(web.at("/@kommun"))}
    account = Account("mastodon", "@kommun", web.at("/@kommun"))
    with client() as http, pytest.raises(PlatformError):
        prove(http, web.at("/"), account)


@pytest.mark.parametrize(
    ("handle", "under"),
    [
        ("exempelby.example", True),
        ("bibliotek.exempelby.example", True),
        ("@Bibliotek.Exempelby.Example", True),
        ("exempelby.example.evil.test", False),
        ("evil-exempelby.example", False),
        ("exempelby", False),
        ("", False),
    ],
)
def test_a_handle_is_ours_by_whole_names_only(handle: str, under: bool) -> None:  # noqa: FBT001
    assert is_under(handle, "https://www.exempelby.example/start") is under
    assert not is_under(handle, "")


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://exempelby.example", "exempelby.example"),
        ("http://www.exempelby.example/", "exempelby.example"),
        ("https://exempelby.example/a/", "exempelby.example/a"),
        ("https://exempelby.example:443/a", "exempelby.example/a"),
        ("http://exempelby.example:8000", "exempelby.example:8000"),
        ("https://exempelby.example@evil.test/", ""),
        ("https://[", ""),
        ("exempelby", ""),
    ],
)
def test_addresses_are_told_apart_by_host_and_path(url: str, same: str) -> None:
    assert plain(url) == same
