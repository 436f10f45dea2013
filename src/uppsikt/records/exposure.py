"""Take one picture: open the page, wait for the comment, prove it is seen, shoot."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from playwright.async_api import Error as PlaywrightError

from uppsikt.policy.words import N_, Message
from uppsikt.records import refusals
from uppsikt.records.fence import Fence
from uppsikt.records.picture import Limits, Method, Needle, NotInPicture, Picture
from uppsikt.records.sight import Aim, Box, Sight, has_ink
from uppsikt.records.traffic import Traffic

if TYPE_CHECKING:
    from datetime import datetime

    from playwright.async_api import Browser, BrowserContext, Page, Route

    from uppsikt.records.picture import Clock

_VIEW = 1280, 900
_SHEET = "1280px", "1810px"
_PLACES_TRIED = 5
_STEP_SECONDS = 0.1
_CALM_SECONDS = 0.3
_CLOSING_SECONDS = 5.0


class Stuck(Exception):
    """The browser no longer lets go of a page; it has to be replaced."""


@dataclass(frozen=True, slots=True)
class Order:
    """One picture that is asked for; `html` when it is our own rendering."""

    url: str
    needle: Needle
    clock: Clock
    html: str | None = None

    @property
    def method(self) -> Method:
        """Tell how the picture comes about."""
        return Method.PAGE if self.html is None else Method.RENDERING


async def expose(
    browser: Browser, order: Order, *, limits: Limits, allowed: frozenset[str]
) -> Picture:
    """Return the picture that `order` asks for, or say why there is none.

    Raises `NotInPicture` when the comment cannot be seen, `NotReached` when the page
    cannot be opened in time, and `Stuck` or Playwright's own error when the browser
    failed and another one may succeed.
    """
    fence = Fence(allowed, most_bytes=limits.bytes)
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(fence)
            context = await _context(browser, fence, order)
            stack.push_async_callback(_let_go, context)
            async with asyncio.timeout(limits.seconds):
                return await _Exposure(context, order, limits).take()
    except NotInPicture as error:
        if fence.overrun:
            raise refusals.too_large(order.url) from error
        raise
    except TimeoutError as error:
        raise refusals.too_slow(order.url) from error
    except PlaywrightError as error:
        if not browser.is_connected():
            raise
        raise refusals.understood(error, fence, order.url) from error


async def _let_go(context: BrowserContext) -> None:
    try:
        await asyncio.wait_for(context.close(), _CLOSING_SECONDS)
    except TimeoutError as error:
        raise Stuck from error


async def _context(browser: Browser, fence: Fence, order: Order) -> BrowserContext:
    context = await browser.new_context(
        viewport={"width": _VIEW[0], "height": _VIEW[1]},
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        accept_downloads=False,
        service_workers="block",
        reduced_motion="reduce",
        permissions=[],
        offline=order.html is not None,
        # Loopback too goes through the fence, which is where it is refused.
        proxy={"server": fence.address, "bypass": "<-loopback>"},
    )
    if order.html is not None:
        await context.route("**/*", partial(_answer, order.url, order.html))
    return context


async def _answer(url: str, html: str, route: Route) -> None:
    if route.request.url == url and route.request.is_navigation_request():
        await route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif route.request.url.startswith("data:"):
        await route.continue_()
    else:
        await route.abort()


@dataclass(frozen=True, slots=True)
class _Shot:
    png: bytes
    shown: Box
    began_at: datetime
    taken_at: datetime


class _Exposure:
    """The steps of one capture, in the order they are taken."""

    def __init__(self, context: BrowserContext, order: Order, limits: Limits) -> None:
        self._context = context
        self._order = order
        self._limits = limits
        self._traffic = Traffic(context)

    async def take(self) -> Picture:
        """Open, wait, prove, shoot."""
        began_at = self._order.clock()
        page = await self._open()
        sight = Sight(await self._context.new_cdp_session(page))
        places = await self._wait_for_needle(page, sight)
        aim = await self._proven(sight, places)
        shown = self._frame(aim)
        png = await sight.shoot(shown)
        taken_at = self._order.clock()
        if not await asyncio.to_thread(has_ink, png, shown, aim.lines):
            raise NotInPicture(Message(N_("The picture is blank at the comment.")))
        return await self._developed(
            page, sight, aim, _Shot(png, shown, began_at, taken_at)
        )

    async def _open(self) -> Page:
        refusals.refuse_scheme(self._order.url)
        page = await self._context.new_page()
        page.set_default_timeout(self._limits.seconds * 1000)
        answer = await page.goto(self._order.url, wait_until="domcontentloaded")
        if answer is not None:
            refusals.refuse_status(answer.status)
        refusals.refuse_sign_in(self._order.url, page.url)
        return page

    async def _wait_for_needle(self, page: Page, sight: Sight) -> int:
        clock = asyncio.get_running_loop().time
        until = clock() + self._limits.patience
        while True:
            await sight.open()
            if self._order.method is Method.PAGE:
                await sight.stroll(self._limits.height)
            places, texts = await sight.find(self._order.needle)
            calm = self._calm_after(places)
            if self._traffic.quiet_for(calm) or clock() > until:
                break
            await asyncio.sleep(_STEP_SECONDS)
        if places:
            return places
        refusals.refuse_sign_in(self._order.url, page.url)
        raise NotInPicture(_absence(texts))

    def _calm_after(self, places: int) -> float:
        # Our own rendering is whole when it is loaded: it has no scripts.
        if self._order.method is Method.RENDERING:
            return 0
        return _CALM_SECONDS if places else self._limits.quiet

    async def _proven(self, sight: Sight, places: int) -> Aim:
        for place in range(min(places, _PLACES_TRIED)):
            aim = await sight.aim(place)
            if aim is None or not aim.box.within(self._frame(aim)):
                continue
            if await sight.uncovered(place, aim):
                return aim
        raise NotInPicture(
            Message(
                N_(
                    "The comment is on the page but cannot be seen there: it is "
                    "hidden, cut off or covered."
                )
            )
        )

    def _frame(self, aim: Aim) -> Box:
        """Return the part of the page to shoot: its top, if the comment is there."""
        width = min(max(aim.page.width, _VIEW[0]), self._limits.width)
        height = min(aim.page.height, self._limits.height)
        if aim.box.bottom <= height:
            return Box(0, 0, width, height)
        middle = aim.box.y + aim.box.height // 2
        top = min(middle - height // 2, aim.page.height - height)
        return Box(0, top, width, height)

    async def _developed(
        self, page: Page, sight: Sight, aim: Aim, shot: _Shot
    ) -> Picture:
        # A page may hide things on paper; the PDF shows what the screen shows.
        await page.emulate_media(media="screen")
        # A lone half of a character pair cannot be written as UTF-8.
        dom = (await page.content()).encode("utf-8", "replace")
        text = await sight.text()
        pdf = await page.pdf(
            width=_SHEET[0], height=_SHEET[1], print_background=True, tagged=True
        )
        if len(shot.png) + len(dom) + len(pdf) > self._limits.bytes:
            raise refusals.too_large(self._order.url)
        browser = self._context.browser
        return Picture(
            png=shot.png,
            pdf=pdf,
            dom=dom,
            text=text,
            url=page.url,
            method=self._order.method,
            began_at=shot.began_at,
            taken_at=shot.taken_at,
            title=await page.title(),
            width=shot.shown.width,
            height=shot.shown.height,
            top=shot.shown.y,
            page_height=aim.page.height,
            browser=f"Chromium {browser.version}" if browser else "Chromium",
        )


def _absence(texts: int) -> Message:
    if texts:
        return Message(
            N_("The text is on the page, but not beside the name of its author.")
        )
    return Message(N_("The comment is not on the page."))
