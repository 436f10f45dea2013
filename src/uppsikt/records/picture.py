"""What a capture is asked to show, what it hands back, and how it says no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from uppsikt.policy.words import Message

    Clock = Callable[[], datetime]


class Method(StrEnum):
    """How the picture came about: the platform's own page, or our rendering of it."""

    PAGE = "page"
    RENDERING = "rendering"


@dataclass(frozen=True, slots=True)
class Needle:
    """What must be seen in the picture (R-6.4-24).

    `text` is the whole comment and `author` the name as the page shows it; both are
    compared after NFC, without white space and invisible marks. `selector` (CSS)
    narrows the search to one element, and is needed where the comment has no text.
    """

    text: str
    author: str
    selector: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a capture may take (seconds) and how large it may be (px, bytes)."""

    seconds: float = 45.0
    patience: float = 12.0
    quiet: float = 2.0
    height: int = 30_000
    width: int = 2_560
    bytes: int = 100_000_000
    at_once: int = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """One capture: what was on the screen and when (R-6.4-24, D-38).

    `png` shows `width` x `height` px of the page from `top` px down; the page itself
    is `page_height` px, so a picture that does not show the whole page says so.
    """

    png: bytes
    pdf: bytes
    dom: bytes
    text: str
    url: str
    method: Method
    began_at: datetime
    taken_at: datetime
    title: str
    width: int
    height: int
    top: int
    page_height: int
    browser: str


class NotInPicture(Exception):
    """The comment cannot be seen on the page, so a picture would prove nothing."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class NotReached(Exception):
    """The page could not be opened; `permanent` when a new try cannot help."""

    def __init__(self, message: Message, *, permanent: bool) -> None:
        super().__init__(str(message))
        self.message = message
        self.permanent = permanent
