"""Screenshots for the demonstration: our own rendering, or drawn if need be."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from io import BytesIO
from textwrap import wrap
from typing import Final

from PIL import Image, ImageDraw

from uppsikt.platforms import PlatformItem
from uppsikt.records import rendering
from uppsikt.records.camera import BrowserMissing, Camera
from uppsikt.records.picture import Limits

AT_ONCE: Final = 2
MUNICIPALITY: Final = "Exempelby kommun"
_SIZE: Final = (900, 420)

Take = Callable[[PlatformItem, str], "Future[bytes]"]


@contextmanager
def taking() -> Iterator[Take]:
    """Yield what pictures a comment in its channel's name, in the background."""
    with ExitStack() as kept:
        try:
            limits = Limits(at_once=AT_ONCE)
            camera = kept.enter_context(Camera(limits=limits))
            take = partial(_photographed, camera)
        except BrowserMissing:
            take = partial(_drawn)
        pool = kept.enter_context(ThreadPoolExecutor(AT_ONCE))
        yield partial(pool.submit, take)


def _photographed(camera: Camera, item: PlatformItem, channel: str) -> bytes:
    html = rendering.render(
        [item],
        item,
        channel_name=channel,
        platform_label=channel,
        heard_at=item.published_at,
        municipality=MUNICIPALITY,
    )
    seen = rendering.needle(item)
    try:
        return camera.photograph_html(html, seen, clock=lambda: item.published_at).png
    except BrowserMissing:
        return _drawn(item, channel)


def _drawn(item: PlatformItem, channel: str) -> bytes:
    """Draw what the comment says, where no Chromium can be started."""
    picture = Image.new("RGB", _SIZE, "white")
    written = f"{item.author.display_name}, {item.published_at:%Y-%m-%d %H:%M} UTC"
    lines = [channel, "", written, *wrap(item.text, 80)]
    pen = ImageDraw.Draw(picture)
    pen.multiline_text((30, 30), "\n".join(lines), fill="black", font_size=20)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
