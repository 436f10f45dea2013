"""The only way out to a platform: bounded, patient and never into our own network."""

import ipaddress
import socket
import time
from collections.abc import Iterable, Iterator

import httpcore
import httpx

MEGABYTE = 1024 * 1024
MAX_BYTES = 8 * MEGABYTE
MAX_SECONDS = 60.0
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class ForbiddenAddress(httpx.TransportError):
    """The address is not one that a platform can have."""


class TooLarge(httpx.TransportError):
    """The platform answered with more than anybody asked for."""


def client(
    *,
    allowed: frozenset[str] = frozenset(),
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
) -> httpx.Client:
    """Build a client that reaches public addresses over TLS, and nothing else.

    Hosts in `allowed` are exempt, so that tests and the demo can talk to a server
    on this machine. Redirects are not followed, proxies and `.netrc` in the
    environment are not read, and an answer above `max_bytes` or slower than
    `max_seconds` is dropped.
    """
    return httpx.Client(
        transport=GuardedTransport(allowed, max_bytes, max_seconds),
        timeout=TIMEOUT,
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": "uppsikt", "Accept-Encoding": "identity"},
    )


def is_public(address: Address) -> bool:
    """Tell whether `address`, and any IPv4 address inside it, is a public one."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo


class GuardedTransport(httpx.HTTPTransport):
    """A transport that looks at each address before it connects to it."""

    def __init__(
        self, allowed: frozenset[str], max_bytes: int, max_seconds: float
    ) -> None:
        super().__init__(trust_env=False)
        self.allowed = allowed
        self.max_bytes = max_bytes
        self.max_seconds = max_seconds
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=20,
            keepalive_expiry=15.0,
            network_backend=GuardedBackend(allowed),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.scheme != "https" and request.url.host not in self.allowed:
            raise ForbiddenAddress("only https is allowed")
        ends = time.monotonic() + self.max_seconds
        response = super().handle_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()
            raise TooLarge("a packed answer was not asked for")
        assert isinstance(response.stream, httpx.SyncByteStream)  # noqa: S101
        response.stream = Bounded(response.stream, self.max_bytes, ends)
        return response


class Bounded(httpx.SyncByteStream):
    """A body that stops being read when it is too long or too slow."""

    def __init__(
        self, stream: httpx.SyncByteStream, max_bytes: int, ends: float
    ) -> None:
        self.stream = stream
        self.left = max_bytes
        self.ends = ends

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.stream:
            self.left -= len(chunk)
            if self.left < 0:
                raise TooLarge("the answer is too large")
            if time.monotonic() > self.ends:
                raise httpx.ReadTimeout("the answer took too long")
            yield chunk

    def close(self) -> None:
        self.stream.close()


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name once, refuses private addresses and connects to what it saw.

    The check and the connection use the same answer from the name server, so a
    name that changes between them (DNS rebinding) gains nothing.
    """

    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed = allowed
        self.plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = resolve(host, port)
        if host not in self.allowed and not all(is_public(a) for a in addresses):
            raise ForbiddenAddress("the address is not public")
        return self._first(addresses, port, timeout, socket_options)

    def _first(
        self,
        addresses: list[Address],
        port: int,
        timeout: float | None,
        options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        for address in addresses[:-1]:
            try:
                return self.plain.connect_tcp(
                    str(address), port, timeout, None, options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self.plain.connect_tcp(str(addresses[-1]), port, timeout, None, options)

    def sleep(self, seconds: float) -> None:
        self.plain.sleep(seconds)


def resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of `host`, each once, in the order the system gave."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise httpx.ConnectError("the name is not known") from error
    addresses = (str(sockaddr[0]).partition("%")[0] for *_, sockaddr in found)
    return [ipaddress.ip_address(a) for a in dict.fromkeys(addresses)]
