"""Picture a page as evidence, and fail when the comment cannot be seen (R-6.4-24).

The camera is never asked for anything on the path for suspected child abuse material:
opening such a page is itself a crime (BrB 16:10 a). Whoever orders a picture has chosen
an ordinary ground first.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from typing import TYPE_CHECKING, Self

from playwright.async_api import Error as PlaywrightError

from uppsikt.records import refusals
from uppsikt.records.chromium import BrowserMissing, Chromium, find
from uppsikt.records.exposure import Order, Stuck, expose
from uppsikt.records.picture import (
    Limits,
    Method,
    Needle,
    NotInPicture,
    NotReached,
    Picture,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uppsikt.records.picture import Clock

__all__ = [
    "BrowserMissing",
    "Camera",
    "Limits",
    "Method",
    "Needle",
    "NotInPicture",
    "NotReached",
    "Picture",
]

_RENDERING_URL = "https://rendering.invalid/"
_TRIES = 2


class Camera:
    """One warm Chromium and a fresh, empty profile for each picture.

    The browser lives in a thread of its own: Django's database refuses to work in a
    thread with a running event loop. Any thread may ask for a picture, and several at
    once; `limits.at_once` are taken at the same time.
    """

    def __init__(
        self, *, allowed: Iterable[str] = (), limits: Limits | None = None
    ) -> None:
        """Prepare a camera; hosts in `allowed` may be reached though not public."""
        self._allowed = frozenset(allowed)
        self._limits = limits or Limits()

    def __enter__(self) -> Self:
        self._chromium = Chromium(find(os.environ))
        self._turns = asyncio.Semaphore(self._limits.at_once)
        self._under_way: set[asyncio.Task[Picture]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="camera", daemon=True
        )
        self._thread.start()
        atexit.register(self.close)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the browser and its thread; a second call does nothing."""
        atexit.unregister(self.close)
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def photograph(self, url: str, needle: Needle, *, clock: Clock) -> Picture:
        """Return a picture of the open page `url` with the comment `needle` in it.

        `clock` is called in the browser's thread, so it may not ask the database.
        Raises `NotInPicture`, `NotReached` or `BrowserMissing`.
        """
        return self._ordered(Order(url, needle, clock))

    def photograph_html(
        self,
        html: str,
        needle: Needle,
        *,
        clock: Clock,
        base_url: str = _RENDERING_URL,
    ) -> Picture:
        """Return a picture of our own rendering `html`; nothing is fetched for it."""
        return self._ordered(Order(base_url, needle, clock, html))

    def _ordered(self, order: Order) -> Picture:
        return asyncio.run_coroutine_threadsafe(
            self._followed(order), self._loop
        ).result()

    async def _followed(self, order: Order) -> Picture:
        capture = asyncio.ensure_future(self._taken(order))
        self._under_way.add(capture)
        capture.add_done_callback(self._under_way.discard)
        return await capture

    async def _shut(self) -> None:
        for capture in self._under_way:
            capture.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._chromium.close()

    async def _taken(self, order: Order) -> Picture:
        async with self._turns:
            for _ in range(_TRIES):
                browser = await self._chromium.ready()
                try:
                    return await expose(
                        browser, order, limits=self._limits, allowed=self._allowed
                    )
                except (PlaywrightError, Stuck):
                    await self._chromium.discard(browser)
        raise refusals.browser_died(order.url)
