"""A real browser on the program's pages, which notes whatever a page does wrong."""

import base64
import hashlib
import hmac
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    FloatRect,
    Locator,
    Page,
    Playwright,
    Route,
    ViewportSize,
)

from tests.browser.cast import PASSWORD, SECRET
from tests.browser.town import Town
from uppsikt.records import chromium

ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
STEP = 30
STILL = """
Promise.all(document.getAnimations().filter((a) => a instanceof CSSTransition)
  .map((a) => a.finished.catch(() => null))).then(() => true)
"""
AIR = 16
WIDE: ViewportSize = {"width": 1280, "height": 900}


@dataclass
class Seen:
    """What went wrong while somebody browsed: nothing, or the test has failed."""

    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def told(self) -> list[str]:
        """Return what was noted so far, and forget it."""
        noted = self.outside + self.faults
        self.outside.clear()
        self.faults.clear()
        return noted

    def check(self) -> None:
        """Fail if a page reached out of this machine or complained in the console."""
        assert self.outside == []
        assert self.faults == []


@dataclass
class Visitor:
    """Somebody in front of the browser, at the pages of `town`."""

    town: Town
    context: BrowserContext
    page: Page
    seen: Seen

    def go(self, path: str) -> Page:
        """Open a page by its path and return it."""
        self.page.goto(self.town.url + path)
        return self.page

    def become(self, name: str) -> "Visitor":
        """Sign in with one click, as the demonstration lets one."""
        self.context.clear_cookies()
        self.go("/konto/logga-in/")
        button = self.page.locator("button").filter(has_text=f"Logga in som {name},")
        if not button.first.is_visible():
            self.page.locator("summary").filter(has_text="Fler personer").click()
        button.first.click()
        self.page.wait_for_url(self.town.url + "/")
        return self

    def sign_in(self, name: str) -> "Visitor":
        """Sign in as people do: password, then the code of the authenticator."""
        self.context.clear_cookies()
        self.password(name)
        self.page.locator("[name=code]").fill(code(SECRET))
        self.press("Logga in")
        self.page.wait_for_url(self.town.url + "/")
        return self

    def password(self, name: str) -> None:
        """Give address and password, and stand at the second step."""
        self.go("/konto/logga-in/")
        self.page.get_by_label("E-post").fill(f"{name}@exempelby.example")
        self.page.get_by_label("Lösenord").fill(PASSWORD)
        self.press("Logga in")

    def press(self, label: str) -> None:
        """Press the button with this name."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=label, exact=True).first.click()

    def send(self, path: str, **fields: str) -> None:
        """Fill in and send the form that is posted to `path`, by the fields' names.

        A form that lies folded up is unfolded first, as a person must.
        """
        form = self.page.locator(
            f'form:is([action="{path}"], [action^="{path}?"])'
        ).first
        folded = self.page.locator("details:not([open])").filter(has=form)
        while folded.count():
            folded.first.locator("> summary").click()
        # What still unfolds moves under the pointer, and the click is lost.
        self.page.evaluate(STILL)
        for name, value in fields.items():
            _fill(form.locator(f'[name="{name}"]:not([type=hidden])'), value)
        with self.page.expect_navigation():
            form.locator("button").first.click()

    def submit(self) -> None:
        """Send the page's first form."""
        with self.page.expect_navigation():
            self.page.locator("main form button").first.click()

    def text(self) -> str:
        """Return what stands in the middle of the page."""
        return self.page.locator("main").inner_text()

    def follow(self, path: str, words: str) -> Page:
        """Open the page at `path`, and press the link there that says `words`."""
        link = self.go(path).locator("main a").filter(has_text=words).first
        with self.page.expect_navigation():
            link.click()
        return self.page

    def shoot(self, name: str, *parts: str, width: int = WIDE["width"]) -> None:
        """Picture the page, where `UPPSIKT_SHOTS` says that somebody wants to see.

        With `parts`, CSS selectors, only what they show and what lies between them.
        """
        if folder := os.environ.get("UPPSIKT_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.emulate_media(color_scheme="light")
            self.page.set_viewport_size({"width": width, "height": WIDE["height"]})
            path = Path(folder) / f"{name}.png"
            clip = _frame(self.page, parts) if parts else None
            self.page.screenshot(path=path, full_page=True, clip=clip)
            self.page.set_viewport_size(WIDE)


def _frame(page: Page, parts: tuple[str, ...]) -> FloatRect:
    """Return the part of the page that holds all of `parts`, with some air round."""
    page.evaluate("scrollTo(0, 0)")
    shown = [one for part in parts for one in page.locator(part).all()]
    boxes = [box for one in shown if (box := one.bounding_box())]
    left, top = (max(0, min(box[side] for box in boxes) - AIR) for side in ("x", "y"))
    right = max(box["x"] + box["width"] for box in boxes) + AIR
    bottom = max(box["y"] + box["height"] for box in boxes) + AIR
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _fill(field: Locator, value: str) -> None:
    kind = field.first.evaluate("(e) => e.type")
    if kind in ("radio", "checkbox"):
        field.and_(field.page.locator(f'[value="{value}"]')).check()
    elif kind == "file":
        field.set_input_files(value)
    elif kind.startswith("select"):
        field.select_option(value)
    else:
        field.fill(value)


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Run the machine's Chromium until the block ends."""
    browser = playwright.chromium.launch(
        executable_path=chromium.find(os.environ),
        args=list(ARGS),
        # Chromium refuses its own sandbox as root, as in a container.
        chromium_sandbox=os.geteuid() != 0,
    )
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def visiting(browser: Browser, town: Town, **how: Any) -> Iterator[Visitor]:
    """Let somebody in with a browser of their own, and check it when they leave."""
    wanted = {
        "viewport": WIDE,
        "locale": "sv-SE",
        "timezone_id": "Europe/Stockholm",
    }
    context = browser.new_context(**{**wanted, **how})
    context.set_default_timeout(60_000)
    seen = Seen()
    context.route("**/*", lambda route: _within(route, seen))
    context.on("weberror", lambda error: seen.faults.append(str(error.error)))
    context.on("console", lambda said: _complains(said, seen))
    try:
        yield Visitor(town, context, context.new_page(), seen)
    finally:
        context.close()
    seen.check()


def _within(route: Route, seen: Seen) -> None:
    parts = urlsplit(route.request.url)
    if parts.scheme in ("data", "blob") or parts.hostname in LOOPBACK:
        route.continue_()
    else:
        seen.outside.append(route.request.url)
        route.abort()


def _complains(said: Any, seen: Seen) -> None:
    # What the server refuses is a page of its own, which a test asks for on purpose.
    refused = "Failed to load resource" in said.text and "status of 4" in said.text
    if said.type in ("error", "warning") and not refused:
        seen.faults.append(f"{said.page and said.page.url}: {said.text}")


def code(secret: str, at: float | None = None) -> str:
    """Return the six digits that an authenticator shows (RFC 6238)."""
    counter = int((time.time() if at is None else at) // STEP)
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    place = digest[-1] & 0xF
    (number,) = struct.unpack(">I", digest[place : place + 4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06d}"
