"""The way out never leads into our own network, and never drowns us."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.platforms.wire import patient
from uppsikt.platforms.answers import ask
from uppsikt.platforms.base import PlatformError
from uppsikt.platforms.http import ForbiddenAddress, TooLarge, client, is_public

LOCAL = frozenset({"127.0.0.1", "localhost"})


class Handler(BaseHTTPRequestHandler):
    """Answers by path with what a careless or hostile server might."""

    def do_GET(self) -> None:
        body = b"x" * 5_000 if self.path == "/large" else b"{}"
        self.send_response(302 if self.path == "/moved" else 200)
        if self.path == "/moved":
            self.send_header("Location", "http://169.254.169.254/latest/meta-data")
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
        if self.path != "/endless":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if self.path != "/endless" else b"x" * 5_000)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def get(url: str, allowed: frozenset[str] = frozenset(), **more: Any) -> httpx.Response:
    with client(allowed=allowed, **more) as out:
        return out.get(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_a_private_address_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["193.10.10.10", "2a00:1450:400f::1", "64:ff9b::5db8:d70e"]
)
def test_a_public_address_is(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@patient
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_an_ipv6_address_fares_as_it_does_alone(
    address: ipaddress.IPv4Address,
) -> None:
    mapped = ipaddress.IPv6Address(f"::ffff:{address}")
    translated = ipaddress.IPv6Address((0x64FF9B << 96) | int(address))

    assert is_public(mapped) == is_public(address)
    assert is_public(translated) == is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1:5432/",
    ],
)
def test_an_address_on_our_own_network_is_refused_unreached(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        get(url)


def test_a_name_with_one_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", names("193.10.10.10", "10.0.0.1"))

    with pytest.raises(ForbiddenAddress):
        get("https://sly.example/")


def test_a_name_that_changes_between_check_and_connection_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([names("193.10.10.10"), names("127.0.0.1")])
    reached: list[str] = []

    def resolve(*arguments: Any, **more: Any) -> Any:
        return next(answers)(*arguments, **more)

    def connect(self: object, host: str, *_: Any) -> httpcore.NetworkStream:
        reached.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)

    with pytest.raises(httpx.ConnectError):
        get("https://rebinding.example/")
    assert reached == ["193.10.10.10"]


def test_the_next_address_is_tried_when_the_first_is_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reached: list[str] = []

    def connect(self: object, host: str, *_: Any) -> httpcore.NetworkStream:
        reached.append(host)
        raise httpcore.ConnectError

    both = names("2a00:1450:400f::1", "193.10.10.10")
    monkeypatch.setattr(socket, "getaddrinfo", both)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)

    with pytest.raises(httpx.ConnectError):
        get("https://two.example/")
    assert reached == ["2a00:1450:400f::1", "193.10.10.10"]


def test_an_unknown_name_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(httpx.ConnectError):
        get("https://nowhere.example/")


@pytest.mark.parametrize("url", ["http://193.10.10.10/", "file:///etc/hostname"])
def test_only_https_leaves_the_house(url: str) -> None:
    with pytest.raises(ForbiddenAddress, match="https"):
        get(url)


def test_a_host_that_is_allowed_is_reached(port: int) -> None:
    assert get(f"http://127.0.0.1:{port}/", LOCAL).json() == {}


def test_only_the_host_that_is_allowed_is(port: int) -> None:
    with pytest.raises(ForbiddenAddress):
        get(f"http://127.0.0.1:{port}/", frozenset({"localhost"}))


def test_a_redirect_is_not_followed(port: int) -> None:
    assert get(f"http://127.0.0.1:{port}/moved", LOCAL).status_code == 302


@pytest.mark.parametrize("path", ["/large", "/endless"])
def test_a_large_answer_is_dropped(port: int, path: str) -> None:
    with pytest.raises(TooLarge):
        get(f"http://127.0.0.1:{port}{path}", LOCAL, max_bytes=4_000)


def test_a_packed_answer_is_dropped_before_it_is_unpacked(port: int) -> None:
    with pytest.raises(TooLarge):
        get(f"http://127.0.0.1:{port}/packed", LOCAL)


def test_an_answer_that_never_ends_is_dropped(port: int) -> None:
    with pytest.raises(httpx.ReadTimeout):
        get(f"http://127.0.0.1:{port}/large", LOCAL, max_seconds=-1)


def test_the_environment_names_no_proxy(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    assert get(f"http://127.0.0.1:{port}/", LOCAL).is_success


@pytest.mark.parametrize(
    ("path", "words"), [("/large", "more than"), ("/moved", "moved")]
)
def test_what_is_refused_on_the_way_is_permanent_and_in_words(
    port: int, path: str, words: str
) -> None:
    with client(allowed=LOCAL, max_bytes=4_000) as out:
        request = out.build_request("GET", f"http://127.0.0.1:{port}{path}")
        with pytest.raises(PlatformError, match=words) as refused:
            ask(out, request)
    assert refused.value.permanent


def test_a_private_address_is_permanent_and_in_words() -> None:
    with client() as out, pytest.raises(PlatformError, match="internet") as refused:
        ask(out, out.build_request("GET", "https://192.168.0.1/"))
    assert refused.value.permanent


def names(*addresses: str) -> Callable[..., Any]:
    """Return a name server that gives these addresses for every name."""

    def resolve(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        return [(None, None, None, "", (a, 443)) for a in addresses]

    return resolve
