"""Let the browser out to public addresses only, one proxy on loopback per capture.

A filter inside the browser sees neither where a redirect leads nor which address a
name turns into the second time it is asked for. A proxy sees both: it looks the name
up once, checks every address, and connects to the address it checked.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING, Self
from urllib.parse import SplitResult, urlsplit

from uppsikt.platforms.http import is_public

if TYPE_CHECKING:
    from collections.abc import Coroutine

_HEAD_LIMIT = 1 << 18
_CHUNK = 1 << 16
_CONNECT_SECONDS = 10.0
_INTERIM = range(100, 200)
_HOP_HEADERS = (b"connection:", b"proxy-connection:", b"keep-alive:", b"proxy-auth")


class Refused(Exception):
    """The browser asked for an address that is not public."""


class Fence:
    """A forward proxy that counts what it lets in and refuses what is not public.

    `allowed` are host names or addresses, as written in a URL, that are let through
    all the same. `refused` lists the hosts that were not; `overrun` tells that more
    than `most_bytes` came in and everything was cut.
    """

    def __init__(self, allowed: frozenset[str], *, most_bytes: int) -> None:
        self.refused: list[str] = []
        self.overrun = False
        self._allowed = allowed
        self._left = most_bytes
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", 0, limit=_HEAD_LIMIT
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self._cut()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=1)

    @property
    def address(self) -> str:
        """Return the proxy's URL."""
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def _cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    def _accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._writers.add(writer)
        # A connection that ends early is the browser's business: it reports it.
        with contextlib.suppress(
            Refused,
            OSError,
            EOFError,
            ValueError,
            TimeoutError,
            asyncio.LimitOverrunError,
        ):
            await self._exchange(reader, writer)
        self._writers.discard(writer)
        writer.transport.abort() if self.overrun else writer.close()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        tunnel = method == "CONNECT"
        url = urlsplit(f"//{target}" if tunnel else target)
        far_reader, far_writer = await self._connect(url)
        self._writers.add(far_writer)
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                far_writer.write(_as_origin_request(head, method, url))
            await _first_of(
                self._pump(reader, far_writer),
                self._answer(far_reader, writer, rewrite=not tunnel),
            )
        finally:
            self._writers.discard(far_writer)
            far_writer.close()

    async def _connect(
        self, url: SplitResult
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = url.hostname or "", url.port or 80
        addresses = await self._looked_up(host, port)
        async with asyncio.timeout(_CONNECT_SECONDS):
            for address in addresses[:-1]:
                with contextlib.suppress(OSError):
                    return await asyncio.open_connection(address, port)
            return await asyncio.open_connection(addresses[-1], port)

    async def _looked_up(self, host: str, port: int) -> list[str]:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )
        addresses = [str(row[4][0]) for row in found]
        ips = [ip_address(address.partition("%")[0]) for address in addresses]
        if host not in self._allowed and not all(map(is_public, ips)):
            self.refused.append(host)
            raise Refused(host)
        return addresses

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()

    async def _answer(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        *,
        rewrite: bool,
    ) -> None:
        if rewrite:
            await _pass_head(reader, writer)
        while data := await reader.read(_CHUNK):
            self._left -= len(data)
            if self._left < 0:
                self.overrun = True
                self._cut()
                return
            writer.write(data)
            await writer.drain()


def _as_origin_request(head: bytes, method: str, url: SplitResult) -> bytes:
    path = url._replace(scheme="", netloc="", fragment="").geturl() or "/"
    rest = _closing(head.split(b"\r\n", 1)[1])
    return f"{method} {path} HTTP/1.1\r\n".encode("latin-1") + rest


def _closing(headers: bytes) -> bytes:
    # One request per connection: the next one may be for another host.
    kept = [
        line
        for line in headers.split(b"\r\n")
        if line and not line.lower().startswith(_HOP_HEADERS)
    ]
    return b"\r\n".join([*kept, b"Connection: close", b"", b""])


async def _pass_head(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    while True:
        status, headers = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n", 1)
        if int(status.split(b" ")[1]) not in _INTERIM:
            writer.write(status + b"\r\n" + _closing(headers))
            return


async def _first_of(*work: Coroutine[None, None, None]) -> None:
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
    for task in done:
        task.result()
