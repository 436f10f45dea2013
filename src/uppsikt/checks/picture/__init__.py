"""What a picture shows that a person must think of before it is used or handed out.

Where it was taken is read by Pillow. Words, faces and nakedness are seen by models that
come with the extra `[bild]`: they lie in installed packages, nothing is fetched and no
picture goes anywhere. A finding points; a person looks and decides (D-33).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Final, TypeVar

from PIL import Image, ImageOps

from uppsikt.checks.picture import eyes
from uppsikt.checks.picture.eyes import Eye, Frame
from uppsikt.checks.picture.position import has_position, without_position

__all__ = ["Eye", "Seen", "has_position", "installed", "look", "without_position"]

LONGEST_SIDE: Final = 2000
"""Pixels that the models are given at most: enough for small print, soon done."""
SHORTEST_SIDE: Final = 64
NARROWEST: Final = 4
"""How many times longer than wide a picture may be: a model that reads text enlarges
by the shorter side, so what is longer is laid on a wider ground."""

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen; None where the model that looks for it is not installed.

    `words` is the text in the picture, a line for each line, `faces` how many, and
    `naked` tells whether somebody may be undressed.
    """

    position: bool
    words: str | None = None
    faces: int | None = None
    naked: bool | None = None


def installed() -> frozenset[Eye]:
    """Return which models are here."""
    return frozenset(eye for eye in Eye if eyes.is_installed(eye))


def look(data: bytes) -> Seen:
    """Return what `data`, a picture whose contents are checked, shows.

    Bounded: no model is given more than `LONGEST_SIDE` pixels a side. A few seconds of
    one processor, so it is the worker's to call.
    """
    frame = _frame(data)
    return Seen(
        position=has_position(data),
        words=_if_installed(Eye.WORDS, eyes.words, frame),
        faces=_if_installed(Eye.FACES, eyes.faces, frame),
        naked=_if_installed(Eye.NAKED, eyes.naked, frame),
    )


def _if_installed(eye: Eye, see: Callable[[Frame], T], frame: Frame) -> T | None:
    """Return what `see` makes of the picture; None where its model cannot be loaded."""
    if not eyes.is_installed(eye):
        return None
    try:
        return see(frame)
    except ImportError as fault:
        log.warning("The model for %s is installed and cannot start: %s", eye, fault)
        return None


def _frame(data: bytes) -> Frame:
    """Return the first frame upright, in colour, on white, within the bounds above."""
    with Image.open(BytesIO(data)) as opened:
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    least = max(SHORTEST_SIDE, max(upright.size) // NARROWEST)
    size = (max(upright.width, least), max(upright.height, least))
    ground = Image.new("RGBA", size, "white")
    ground.alpha_composite(upright)
    return ground.convert("RGB")
