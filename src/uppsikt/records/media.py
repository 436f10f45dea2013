"""What an uploaded file really is: told from its contents, never from its name."""

import re
from collections.abc import Callable, Collection, Mapping
from io import BytesIO
from typing import Final

from PIL import Image

from uppsikt.policy.words import N_, Message

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
PDF, TEXT = "application/pdf", "text/plain"
PICTURES: Final = (PNG, JPEG, WEBP)

MEBIBYTE: Final = 1 << 20
LARGEST: Final[Mapping[str, int]] = {
    PNG: 30 * MEBIBYTE,
    JPEG: 30 * MEBIBYTE,
    WEBP: 30 * MEBIBYTE,
    PDF: 100 * MEBIBYTE,
    TEXT: 5 * MEBIBYTE,
}
MOST_PIXELS: Final = 60_000_000
"""A picture of 10,000 by 6,000; unpacked it takes 240 MB at most."""
MOST_FRAMES: Final = 200
_TAIL = 2048
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


class NotWhatItSays(ValueError):
    """The file is not one of the kinds that are taken here. `reason` is for people."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def checked(data: bytes, allowed: Collection[str]) -> str:
    """Return the media type that the contents show; nothing is changed or stripped.

    Raises:
        NotWhatItSays: of no kind in `allowed`, damaged, or too large to be handled.
    """
    kind = _kind(data)
    if kind not in allowed:
        raise NotWhatItSays(
            Message(N_("The file is not of a kind that is taken here."))
        )
    if len(data) > LARGEST[kind]:
        limit = LARGEST[kind] // MEBIBYTE
        words = N_("The file is larger than %(limit)d MB, which is the most.")
        raise NotWhatItSays(Message(words, {"limit": limit}))
    _CHECKS.get(kind, _check_picture)(data)
    return kind


def _kind(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    return PDF if data.startswith(b"%PDF-") else TEXT


def _check_picture(data: bytes) -> None:
    """Decode the picture wholly, if its head tells of a size that is bearable."""
    try:
        with Image.open(BytesIO(data), formats=["PNG", "JPEG", "WEBP"]) as picture:
            _refuse_bomb(picture)
            picture.load()
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as fault:
        if isinstance(fault, NotWhatItSays):
            raise
        words = N_("The picture is damaged and cannot be shown.")
        raise NotWhatItSays(Message(words)) from fault


def _refuse_bomb(picture: Image.Image) -> None:
    frames = getattr(picture, "n_frames", 1)
    if picture.width * picture.height > MOST_PIXELS or frames > MOST_FRAMES:
        words = N_("The picture is too large to be unpacked.")
        raise NotWhatItSays(Message(words))


def _check_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-_TAIL:]:
        raise NotWhatItSays(Message(N_("The PDF file is cut off or damaged.")))


def _check_text(data: bytes) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        words = N_("The file is neither a picture, a PDF nor text in UTF-8.")
        raise NotWhatItSays(Message(words)) from fault
    if not text.strip() or _CONTROLS.search(text):
        words = N_("The file is empty, or holds signs that no text has.")
        raise NotWhatItSays(Message(words))


_CHECKS: Mapping[str, Callable[[bytes], None]] = {PDF: _check_pdf, TEXT: _check_text}
