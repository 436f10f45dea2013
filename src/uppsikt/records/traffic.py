"""Listen to a page's requests, to know when it has gone quiet."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Request


class Traffic:
    """The requests of one browser context, and since when there are none (seconds)."""

    def __init__(self, context: BrowserContext) -> None:
        self._open: set[Request] = set()
        self._last = time.monotonic()
        context.on("request", self._began)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)

    def _began(self, request: Request) -> None:
        self._open.add(request)
        self._last = time.monotonic()

    def _ended(self, request: Request) -> None:
        self._open.discard(request)
        self._last = time.monotonic()

    def quiet_for(self, seconds: float) -> bool:
        """Tell whether nothing has been asked for or answered for `seconds`."""
        return not self._open and time.monotonic() - self._last >= seconds
