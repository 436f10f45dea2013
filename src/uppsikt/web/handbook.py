"""The handbook: Markdown pages that come with the program, as safe HTML."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

FOLDER: Final = Path(__file__).parent / "handbok"
ORDER: Final = (
    "kom-igang",
    "inloggning",
    "inkorgen",
    "uppsikt",
    "moderering",
    "registrering",
    "kanaler",
    "forteckningen",
    "import",
    "manniskor",
    "avsluta",
    "riktlinjen",
    "drift",
)
# A wide table is scrolled by itself, by keys too, and not the whole page.
TABLE: Final = (
    '<div class="scroll" tabindex="0"><table class="ds-table" data-color="neutral">'
)


class NoSuchPage(Exception):
    """The handbook has no page by that name."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the handbook: its name in the address, its title, and its text."""

    name: str
    title: str
    lead: str
    html: SafeString


@lru_cache(maxsize=1)
def pages() -> tuple[Page, ...]:
    """Return every page, in the order a beginner reads them."""
    read = [_read(path) for path in FOLDER.glob("*.md")]
    return tuple(sorted(read, key=lambda p: (_place(p.name), p.name)))


def page(name: str) -> Page:
    """Return the page called `name`; raise `NoSuchPage`."""
    for one in pages():
        if one.name == name:
            return one
    raise NoSuchPage(name)


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _read(path: Path) -> Page:
    """Return the page in a file that begins with "# Title" and a first paragraph."""
    heading, _, body = path.read_text(encoding="utf-8").partition("\n")
    lead, _, rest = body.strip().partition("\n\n")
    return Page(path.stem, heading.lstrip("# "), lead.replace("\n", " "), _html(rest))


def _html(text: str) -> SafeString:
    """Return Markdown as HTML in which nothing runs."""
    # Links between pages end in .md, so that they also work where the files are read.
    rendered = MarkdownIt("commonmark").enable("table").render(text)
    cleaned = nh3.clean(rendered.replace('.md"', '"'), attributes={"a": {"href"}})
    framed = cleaned.replace("<table>", TABLE).replace("</table>", "</table></div>")
    return mark_safe(framed)  # noqa: S308 (cleaned above)
