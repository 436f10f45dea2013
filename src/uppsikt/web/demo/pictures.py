"""Screenshots for the demonstration: our own rendering, or drawn if need be."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from textwrap import wrap
from typing import Final

from PIL import Image, ImageDraw

from uppsikt.platforms import PlatformItem
from uppsikt.records import rendering
from uppsikt.records.camera import BrowserMissing, Camera
from uppsikt.records.picture import Limits

AT_ONCE: Final = 4
_SIZE: Final = (900, 420)

Thread = Sequence[PlatformItem]


def all_of(threads: Sequence[Thread], channel_names: Sequence[str]) -> list[bytes]:
    """Return a PNG of each thread, with the last thing in it marked."""
    pairs = list(zip(threads, channel_names, strict=True))
    try:
        with Camera(limits=Limits(at_once=AT_ONCE)) as camera, _pool() as pool:
            return list(pool.map(partial(_photographed, camera), pairs))
    except BrowserMissing:
        return [_drawn(thread) for thread, _ in pairs]


def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE)


def _photographed(camera: Camera, pair: tuple[Thread, str]) -> bytes:
    thread, name = pair
    subject = thread[-1]
    seen_at = subject.published_at
    html = rendering.render(
        thread,
        subject,
        channel_name=name,
        platform_label=name,
        heard_at=seen_at,
        municipality="Exempelby kommun",
    )
    needle = rendering.needle(subject)
    return camera.photograph_html(html, needle, clock=lambda: seen_at).png


def _drawn(thread: Thread) -> bytes:
    picture = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(picture)
    lines = [line for item in thread for line in _lines(item)]
    pen.multiline_text((30, 30), "\n".join(lines), fill="black", font_size=20)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _lines(item: PlatformItem) -> list[str]:
    head = f"{item.author.display_name}, {item.published_at:%Y-%m-%d %H:%M} UTC"
    return [head, *wrap(item.text, 80), ""]
