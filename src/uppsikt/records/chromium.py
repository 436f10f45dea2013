"""Keep one warm Chromium: find it, start it, start it again, leave nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from playwright.async_api import Browser, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from uppsikt.policy.words import N_, Message

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTING = "UPPSIKT_CHROMIUM"
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Names are looked up by the fence alone, and WebRTC may not go round it.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_CLOSING_SECONDS = 5.0
_STARTING_SECONDS = 30.0


class BrowserMissing(Exception):
    """There is no Chromium to take pictures with; the message says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def find(environ: Mapping[str, str]) -> Path:
    """Return the Chromium that `UPPSIKT_CHROMIUM` names, or the machine's own."""
    if named := environ.get(SETTING):
        return _executable(named)
    for name in _NAMES:
        if found := which(name, path="/usr/bin:" + environ.get("PATH", "")):
            return Path(found)
    raise BrowserMissing(
        Message(
            N_(
                "No Chromium was found. Install it (on Debian: apt install "
                "chromium-headless-shell) or set %(setting)s to its path."
            ),
            {"setting": SETTING},
        )
    )


def _executable(named: str) -> Path:
    if os.access(named, os.X_OK) and Path(named).is_file():
        return Path(named)
    raise BrowserMissing(
        Message(
            N_("%(setting)s says %(path)s, but there is no program there to run."),
            {"setting": SETTING, "path": named},
        )
    )


class Chromium:
    """One browser process that is started when needed and replaced when it dies.

    When this process is killed outright, the pipe to Playwright's driver closes; the
    driver then ends the browser, and the browser ends when its own pipe closes.
    """

    def __init__(self, executable: Path) -> None:
        self._executable = executable
        self._lock = asyncio.Lock()
        self._driver: Playwright | None = None
        self._browser: Browser | None = None
        self._group: int | None = None

    async def ready(self) -> Browser:
        """Return the living browser, started anew when it was not there."""
        async with self._lock:
            if self._browser is None or not self._browser.is_connected():
                await self._end()
                await self._start()
            assert self._browser is not None  # noqa: S101 (_start sets it or raises)
            return self._browser

    async def close(self) -> None:
        """End the browser and its driver, by force when asking does not help."""
        async with self._lock:
            await self._end()

    async def discard(self, browser: Browser) -> None:
        """End `browser` unless it is already replaced; it no longer answers."""
        async with self._lock:
            if self._browser is browser:
                self._kill()
                await self._end()

    async def _start(self) -> None:
        self._driver = await async_playwright().start()
        try:
            self._browser = await self._launched(self._driver)
            self._group = await _process_group(self._browser)
        except PlaywrightError as error:
            raise _does_not_start(self._executable, error) from error

    async def _launched(self, driver: Playwright) -> Browser:
        return await driver.chromium.launch(
            executable_path=self._executable,
            args=list(_ARGS),
            # Chromium refuses its own sandbox as root, as in a container.
            chromium_sandbox=os.geteuid() != 0,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            timeout=_STARTING_SECONDS * 1000,
        )

    async def _end(self) -> None:
        if self._browser is not None:
            with contextlib.suppress(PlaywrightError, TimeoutError):
                await asyncio.wait_for(self._browser.close(), _CLOSING_SECONDS)
        self._kill()
        if self._driver is not None:
            with contextlib.suppress(PlaywrightError, TimeoutError):
                await asyncio.wait_for(self._driver.stop(), _CLOSING_SECONDS)
        self._browser = self._driver = None

    def _kill(self) -> None:
        if self._group is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._group, signal.SIGKILL)
        self._group = None


def _does_not_start(executable: Path, error: PlaywrightError) -> BrowserMissing:
    return BrowserMissing(
        Message(
            N_(
                "Chromium at %(path)s does not start: %(reason)s. Run it by hand "
                "with --headless to see what it lacks."
            ),
            {"path": executable, "reason": error.message.partition("\n")[0]},
        )
    )


async def _process_group(browser: Browser) -> int | None:
    session = await browser.new_browser_cdp_session()
    answer = await session.send("SystemInfo.getProcessInfo")
    await session.detach()
    pids = [row["id"] for row in answer["processInfo"] if row["type"] == "browser"]
    group = os.getpgid(pids[0])
    # Never our own group: that would end the worker too.
    return group if group != os.getpgrp() else None
