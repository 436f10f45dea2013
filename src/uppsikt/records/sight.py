"""Tell whether a comment can be seen on a page: found, uncovered, and in the pixels.

The proof is made with the eye's own means. The comment's lines are painted black and
then white; where nothing changes on the screen, the comment lies under something, is
cut off or is transparent, whatever trick the page uses for it.
"""

from __future__ import annotations

import base64
import io
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PIL import Image, ImageChops

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playwright.async_api import CDPSession

    from uppsikt.records.picture import Needle

_SCRIPT = Path(__file__).with_name("sight.js").read_text(encoding="utf-8")
_WORLD = "uppsikt"
# How much brightness must differ between black and white paint for the eye to follow.
_CHANGED = 100
# How much of a line's box must change. Emoji keep their colours under the paint, so of
# a line with emoji only the ground around them changes; images cannot be painted, the
# script has asked what lies uppermost there instead.
_FREE = {"text": 0.6, "emoji": 0.1, "image": 0.0}
# The least difference between ink and ground that counts as ink.
_INK = 24


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in whole px of the page."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Return the px just right of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Return the px just below the box."""
        return self.y + self.height

    def within(self, other: Box) -> bool:
        """Tell whether the whole box lies in `other`."""
        return (
            other.x <= self.x
            and other.y <= self.y
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def crop(self, seen_from: Box) -> tuple[int, int, int, int]:
        """Return the corners as they lie in a picture of `seen_from`."""
        x, y = self.x - seen_from.x, self.y - seen_from.y
        return x, y, x + self.width, y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comment on the page; `kind` is text, emoji or image."""

    box: Box
    kind: str


@dataclass(frozen=True, slots=True)
class Aim:
    """Where one place of the comment lies: its lines and the page's size in px."""

    lines: Sequence[Line]
    page: Box

    @property
    def box(self) -> Box:
        """Return the smallest box around all lines."""
        x = min(line.box.x for line in self.lines)
        y = min(line.box.y for line in self.lines)
        right = max(line.box.right for line in self.lines)
        bottom = max(line.box.bottom for line in self.lines)
        return Box(x, y, right - x, bottom - y)


class Sight:
    """Looks at one page through the browser's debugging session."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._world = 0

    async def open(self) -> None:
        """Enter the page as it is now; again after it may have moved on by itself."""
        tree = await self._session.send("Page.getFrameTree")
        frame = tree["frameTree"]["frame"]["id"]
        made = await self._session.send(
            "Page.createIsolatedWorld", {"frameId": frame, "worldName": _WORLD}
        )
        if made["executionContextId"] != self._world:
            self._world = made["executionContextId"]
            await self._run(_SCRIPT)

    async def stroll(self, height: int) -> None:
        """Walk down what is new of the page, at most `height` px."""
        await self._call("stroll", height)

    async def find(self, needle: Needle) -> tuple[int, int]:
        """Count the places of the comment beside its author's name, and of the text."""
        asked = {
            "text": needle.text,
            "author": needle.author.removeprefix("@"),
            "selector": needle.selector,
        }
        found = await self._call("find", asked)
        return found["places"], found["texts"]

    async def aim(self, place: int) -> Aim | None:
        """Bring `place` to the middle of the window; None when it takes no room."""
        seen = await self._call("aim", place)
        if seen is None:
            return None
        lines = [Line(_as_box(row), row["kind"]) for row in seen["lines"]]
        return Aim(lines, _as_page(seen["page"]))

    async def uncovered(self, place: int, aim: Aim) -> bool:
        """Tell whether every line of `place` is free for the eye."""
        black = await self._painted(place, "#000", aim.box)
        white = await self._painted(place, "#fff", aim.box)
        await self._call("paint", place, None)
        changed = ImageChops.difference(_opened(black), _opened(white)).convert("L")
        return all(_is_free(changed, line, aim.box) for line in aim.lines)

    async def text(self) -> str:
        """Return the page's visible text."""
        return str(await self._call("text"))

    async def shoot(self, box: Box) -> bytes:
        """Return a PNG of `box`, scrolled as the page now is."""
        clip = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        shot = await self._session.send(
            "Page.captureScreenshot",
            {
                "format": "png",
                "optimizeForSpeed": True,
                "captureBeyondViewport": True,
                "clip": clip | {"scale": 1},
            },
        )
        return base64.b64decode(shot["data"])

    async def _painted(self, place: int, colour: str, box: Box) -> bytes:
        await self._call("paint", place, colour)
        return await self.shoot(box)

    async def _call(self, name: str, *args: object) -> Any:
        return await self._run(f"sight.{name}(...{json.dumps(args)})")

    async def _run(self, expression: str) -> Any:
        answer = await self._session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": self._world,
                "returnByValue": True,
                "awaitPromise": True,
            },
        )
        if failure := answer.get("exceptionDetails"):
            raise RuntimeError(failure)
        return answer["result"].get("value")


def has_ink(png: bytes, shown: Box, lines: Iterable[Line]) -> bool:
    """Tell whether a picture of `shown` has more than bare ground on every line."""
    picture = _opened(png)
    return all(_inked(picture.crop(line.box.crop(shown))) for line in lines)


def _inked(line: Image.Image) -> bool:
    # The extremes of an RGB picture come as one (low, high) per band.
    bands = cast(tuple[tuple[int, int], ...], line.getextrema())
    return any(high - low >= _INK for low, high in bands)


def _is_free(changed: Image.Image, line: Line, seen_from: Box) -> bool:
    part = changed.crop(line.box.crop(seen_from))
    free = sum(part.histogram()[_CHANGED:]) / (line.box.width * line.box.height)
    return free >= _FREE[line.kind]


def _opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def _as_box(row: dict[str, float]) -> Box:
    x, y = math.floor(row["x"]), math.floor(row["y"])
    right = math.ceil(row["x"] + row["width"])
    return Box(x, y, right - x, math.ceil(row["y"] + row["height"]) - y)


def _as_page(size: dict[str, float]) -> Box:
    return Box(0, 0, math.ceil(size["width"]), math.ceil(size["height"]))
