"""What the browser is told on every page, and that no page breaks it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

from tests.conftest import MONDAY, SignedIn
from tests.web import addresses, belongings
from tests.web.belongings import World
from uppsikt.channels.models import Channel
from uppsikt.governance.models import User

POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}

# Made to stand on other sites, and to fetch nothing but its style.
FRAMED = {"channel-excerpt"}
FREE = {
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors *",
    "form-action 'self'",
}

# What the vault keeps is handed out in a box of its own.
SEALED = {"channel-decision-page"}
SANDBOX = {"default-src 'none'", "sandbox"}


class Inline(HTMLParser):
    """Collects what a strict policy would stop, or what asks others than us."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [f"{tag} {name}" for name in given if _runs(name)]
        source = given.get("src") or given.get("href") or ""
        if source.startswith("javascript:"):
            self.found.append(f"{tag} {source}")
        if tag in ("script", "link", "img") and "//" in source.partition("?")[0]:
            self.found.append(f"{tag} {source}")
        data = given.get("type") in ("application/json", "application/ld+json")
        if tag == "style" or (tag == "script" and "src" not in given and not data):
            self.found.append(tag)


def _runs(attribute: str) -> bool:
    return attribute == "style" or attribute.startswith(("on", "hx-on"))


def inline(page: str) -> list[str]:
    parser = Inline()
    parser.feed(page)
    return parser.found


@pytest.fixture
def world(library_channel: Channel, anna_user: User) -> World:
    return belongings.of(library_channel, anna_user, "unknown", MONDAY)


@pytest.fixture
def visitors(
    client: Client, signed_in: SignedIn, karin_user: User, anna_user: User
) -> list[Client]:
    return [client, signed_in(karin_user), signed_in(anna_user)]


def pages(visitors: list[Client], world: World) -> Iterator[tuple[str, Any, str]]:
    for name in addresses.SAMPLES:
        for visitor in visitors:
            answer = visitor.get(addresses.path(name, world))
            yield name, answer, answer.content.decode(errors="replace")


def test_every_answer_carries_the_strict_policy(
    visitors: list[Client], world: World
) -> None:
    for name, answer, _ in pages(visitors, world):
        told = answer.headers["Content-Security-Policy"]
        assert {part.strip() for part in told.split(";")} in _policies(name), name
        framed = None if name in FRAMED else "DENY"
        assert answer.headers.get("X-Frame-Options") == framed, name
        assert "camera=()" in answer.headers["Permissions-Policy"], name


def _policies(name: str) -> tuple[set[str], ...]:
    if name in FRAMED:
        return (FREE,)
    return (POLICY, SANDBOX)


def test_a_sealed_decision_is_handed_out_in_a_box(
    visitors: list[Client], world: World
) -> None:
    found = [
        a for n, a, _ in pages(visitors, world) if n in SEALED and a.status_code == 200
    ]
    told = [a.headers["Content-Security-Policy"].split(";") for a in found]
    assert told
    assert all({part.strip() for part in one} == SANDBOX for one in told)


def _is_page(answer: HttpResponse) -> bool:
    """Tell whether a browser shows it as a page: a whole one, or a piece of one."""
    return answer.headers.get("Content-Type", "").startswith("text/html")


def test_no_page_has_script_or_style_in_it(
    visitors: list[Client], world: World
) -> None:
    assert {
        name: inline(page)
        for name, answer, page in pages(visitors, world)
        if _is_page(answer) and inline(page) and name not in SEALED
    } == {}


def test_every_whole_page_is_in_swedish_with_one_heading(
    visitors: list[Client], world: World
) -> None:
    for name, _, page in pages(visitors, world):
        if "<html" in page and name not in SEALED:
            assert '<html lang="sv"' in page, name
            assert page.count("<h1") == 1, name
            assert 'id="main"' in page, name


@pytest.mark.parametrize(
    "page",
    [
        '<p style="color:red">x</p>',
        '<p onclick="x()">x</p>',
        "<script>x()</script>",
        "<style>p{}</style>",
        '<a href="javascript:x()">x</a>',
        '<script src="https://elsewhere.example/x.js"></script>',
    ],
)
def test_what_a_strict_policy_stops_is_seen(page: str) -> None:
    assert inline(page)


def test_what_it_lets_through_is_let_be() -> None:
    assert not inline('<script src="/static/app.js"></script>')
    assert not inline('<script type="application/json">{}</script>')


def test_an_unknown_address_says_what_to_do(client: Client, db: None) -> None:
    answer = client.get("/finns-inte/")

    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.content.decode()


@override_settings(DEBUG=False)
def test_a_fault_of_ours_says_so_without_a_word_of_english(
    karin_user: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(karin_user)
    client.raise_request_exception = False
    monkeypatch.setattr("uppsikt.web.handbook.pages", lambda: 1 / 0)

    answer = client.get("/hjalp/")

    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.content.decode()
    assert not inline(answer.content.decode())
