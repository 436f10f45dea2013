"""Reads a page's HTML as it was sent: its shape, its words, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

VOID_TAGS: Final = """
area base br col embed hr img input link meta source track wbr
"""
VOID: Final = frozenset(VOID_TAGS.split())
UNSAID: Final = frozenset(("script", "style", "template"))
SAID_BY: Final = ("title", "aria-label", "placeholder", "alt")
KIND_BY: Final = ("class", "role", "type", "data-color", "data-variant")


@dataclass
class Read:
    """What a page says: its kinds of elements by place, its text, links and forms."""

    lang: str = ""
    kinds: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    # Where its forms are sent.
    forms: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.said)


class _Reader(HTMLParser):
    """Goes through a page, knowing where it stands and whether words there are ours."""

    def __init__(self) -> None:
        super().__init__()
        self.read = Read()
        self.path: list[str] = []
        self.quiet: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        kind = ":".join([tag, *(told.get(name, "") for name in KIND_BY)])
        self.read.kinds.add(">".join([*self.path, kind]))
        self._note(tag, told)
        if tag not in VOID:
            self.path.append(kind)
            self.quiet.append(self.is_quiet or _unsaid(tag, told))

    def handle_endtag(self, tag: str) -> None:
        names = [kind.partition(":")[0] for kind in self.path]
        if tag in names:
            place = len(names) - 1 - names[::-1].index(tag)
            del self.path[place:], self.quiet[place:]

    def handle_data(self, data: str) -> None:
        if not self.is_quiet:
            self.read.said.append(data)

    @property
    def is_quiet(self) -> bool:
        return bool(self.quiet) and self.quiet[-1]

    def _note(self, tag: str, told: Mapping[str, str]) -> None:
        if tag == "html":
            self.read.lang = told.get("lang", "")
        if tag == "a" and "href" in told:
            self.read.links.append(told["href"])
        if target := told.get("action") or told.get("formaction"):
            self.read.forms.append(target)
        if not self.is_quiet:
            self.read.said += [told[name] for name in SAID_BY if name in told]


def _unsaid(tag: str, told: Mapping[str, str]) -> bool:
    """Tell whether the words in an element are not the program's own Swedish."""
    foreign = told.get("lang", "sv") != "sv"
    return tag in UNSAID or foreign or "data-said" in told


def read(html: str, url: str) -> Read:
    """Read the page with this HTML, that stands at `url`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.read.links = [urljoin(url, link) for link in reader.read.links]
    reader.read.forms = [urljoin(url, target) for target in reader.read.forms]
    return reader.read
