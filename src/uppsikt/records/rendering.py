"""Render a platform's answer as a page of our own: evidence beside the answer itself.

It is used where the platform's page cannot be pictured. It shows what was told, in
order and unshortened, fetches nothing, and says about itself that it is a rendering.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from uppsikt.policy.words import N_
from uppsikt.records.picture import Needle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from uppsikt.platforms.base import Media, PlatformItem

_ZONE = ZoneInfo("Europe/Stockholm")
_SUBJECT_ID = "subject"
_STYLE = (
    Path(__file__).with_name("templates") / "records" / "rendering.css"
).read_text(encoding="utf-8")
_DEEPEST_INDENT = 6
_KINDS = {
    "post": N_("Post"),
    "reply": N_("Comment"),
    "mention": N_("Mention"),
    "quote": N_("Quotation"),
    "message": N_("Message"),
    "image": N_("Picture"),
    "video": N_("Film"),
    "link": N_("Link"),
}
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_LINE_END = "¶"
# A picture is at most 30,000 px high: a text that fills it with line ends is run on,
# and a long text is set small.
_MOST_LINES = 600
_LONG_TEXT = 5_000
# The one sign for what has no sign that most fonts can show; its name stands below.
_STAND_IN = "\ufffd"
_JOINER = "\u200d"
_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_KEPT_CONTROLS = "\n\t"


class NotInThread(Exception):
    """The item in question is not among the items that the platform told us."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it is shown, and as a machine reads it."""

    shown: str
    iso: str


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the thread with all that the page says about it."""

    item: PlatformItem
    level: int
    marked: bool
    parent_missing: bool

    @property
    def indent(self) -> int:
        """Return the steps of indentation; the level itself is written out beside."""
        return min(self.level, _DEEPEST_INDENT)

    @property
    def author(self) -> str:
        """Return the name as the platform gives it, or what identifies the account."""
        return visible(_name(self.item))

    @property
    def handle(self) -> str:
        """Return the account's handle, unless it already stands as the name."""
        handle = self.item.author.handle
        return visible(handle) if handle != _name(self.item) else ""

    @property
    def author_id(self) -> str:
        """Return the platform's id of the account."""
        return visible(self.item.author.remote_id)

    @property
    def own(self) -> bool:
        """Tell whether our own account wrote it."""
        return self.item.own

    @property
    def public(self) -> bool:
        """Tell whether everyone may see it at the platform."""
        return self.item.public

    @property
    def text(self) -> str:
        """Return the whole text, its unseen characters made visible."""
        return visible(self.item.text)

    @property
    def long(self) -> bool:
        """Tell whether the text has to be set small."""
        return len(self.item.text) > _LONG_TEXT

    @property
    def unseen(self) -> str:
        """Return the names of characters in the text that leave no mark."""
        return ", ".join(_unseen(self.item.text))

    @property
    def kind(self) -> str:
        """Return the item's kind in words."""
        return _(_KINDS[self.item.kind])

    @property
    def published(self) -> Moment:
        """Return when it was published."""
        return moment(self.item.published_at)

    @property
    def edited(self) -> Moment | None:
        """Return when it was last edited, if the platform says so."""
        return moment(self.item.edited_at) if self.item.edited_at else None

    @property
    def remote_id(self) -> str:
        """Return the platform's id of the item."""
        return visible(self.item.remote_id)

    @property
    def parent_id(self) -> str:
        """Return the platform's id of the item it answers, or nothing."""
        return visible(self.item.parent_id or "")

    @property
    def url(self) -> str:
        """Return the item's address, as text."""
        return visible(self.item.url)

    @property
    def media(self) -> list[dict[str, str]]:
        """Return pictures and films by address and description; none is fetched."""
        return [_listed(medium) for medium in self.item.media]


def render(  # noqa: PLR0913 (each is said on the page)
    thread: Sequence[PlatformItem],
    subject: PlatformItem,
    *,
    channel_name: str,
    platform_label: str,
    heard_at: datetime,
    municipality: str,
    note: str = "",
) -> str:
    """Return an HTML document with the whole `thread`, where `subject` is marked.

    Answers stand below what they answer, in the order of `thread`. The document is in
    Swedish, names its times to the second with zone, and needs nothing from outside.
    `note` is a msgid that says what was left out. Raises `NotInThread` when `subject`
    is not one of `thread`.
    """
    if subject.remote_id not in {item.remote_id for item in thread}:
        raise NotInThread(subject.remote_id)
    with translation.override("sv"):
        return render_to_string(
            "records/rendering.html",
            {
                "rows": list(_rows(thread, subject)),
                "subject_id": _SUBJECT_ID,
                "channel_name": visible(channel_name),
                "platform_label": platform_label,
                "municipality": municipality,
                "note": note,
                "heard": moment(heard_at),
                "style": mark_safe(_STYLE),  # noqa: S308 (our own file)
                "style_hash": mark_safe(style_hash(_STYLE)),  # noqa: S308 (base64)
            },
        )


def needle(subject: PlatformItem) -> Needle:
    """Return what must be seen in a picture of a rendering of `subject`."""
    return Needle(subject.text, _name(subject), f"#{_SUBJECT_ID}")


def moment(at: datetime) -> Moment:
    """Return `at` in Swedish time, as exact as it was given, with offset and zone."""
    local = at.astimezone(_ZONE)
    return Moment(f"{local.isoformat(sep=' ')} ({local.tzname()})", at.isoformat())


def visible(text: str) -> str:
    """Return `text` with a sign for each control character and run of empty lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = _EMPTY_LINES.sub(_counted, "".join(map(_sign, lines)))
    if shown.count("\n") > _MOST_LINES:
        return shown.replace("\n", f" {_LINE_END} ")
    return shown


def _counted(run: re.Match[str]) -> str:
    empty_lines = run[0].count("\n") - 1
    return f"\n{_LINE_END * empty_lines}\n"


def _sign(character: str) -> str:
    if character in _KEPT_CONTROLS:
        return character
    return _STAND_IN if unicodedata.category(character) in {"Cc", "Cs"} else character


def _unseen(text: str) -> Iterator[str]:
    # A joiner is a part of many emoji, and a line's end is seen as such.
    expected = _KEPT_CONTROLS + "\r" + _JOINER
    counted = Counter(
        sign
        for sign in text
        if sign not in expected and unicodedata.category(sign) in _UNSEEN_CATEGORIES
    )
    for sign, times in sorted(counted.items()):
        name = unicodedata.name(sign, "")
        yield f"U+{ord(sign):04X} {name}".strip() + f" ({times})"


def _name(item: PlatformItem) -> str:
    author = item.author
    names = (author.display_name, author.handle, author.remote_id)
    return next((name for name in names if name.strip()), "")


def _listed(medium: Media) -> dict[str, str]:
    return {
        "kind": _(_KINDS[medium.kind]),
        "url": visible(medium.url),
        "alt": visible(medium.alt),
    }


def style_hash(style: str) -> str:
    """Return what a page's own policy calls `style`, so that it may be used there."""
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _rows(thread: Sequence[PlatformItem], subject: PlatformItem) -> Iterator[Row]:
    known = {item.remote_id for item in thread}
    for item, level in _in_order(thread, known):
        yield Row(
            item=item,
            level=level,
            marked=item.remote_id == subject.remote_id,
            parent_missing=item.parent_id is not None and item.parent_id not in known,
        )


def _in_order(
    thread: Sequence[PlatformItem], known: set[str]
) -> Iterator[tuple[PlatformItem, int]]:
    """Yield each item once below what it answers, also when they answer in a ring."""
    answers: dict[str | None, list[PlatformItem]] = {}
    for item in thread:
        parent = item.parent_id if item.parent_id in known else None
        answers.setdefault(parent, []).append(item)
    shown: set[str] = set()
    for start in [*answers.get(None, []), *thread]:
        waiting = [(start, 0)]
        while waiting:
            item, level = waiting.pop()
            if item.remote_id in shown:
                continue
            shown.add(item.remote_id)
            yield item, level
            below = answers.get(item.remote_id, [])
            waiting += [(answer, level + 1) for answer in reversed(below)]
