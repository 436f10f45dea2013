"""The handbook: Markdown pages and pictures of the program, as safe HTML."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import nh3
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from PIL import Image

FOLDER: Final = Path(__file__).parent / "handbok"
ORDER: Final = (
    "kom-igang",
    "inloggning",
    "inkorgen",
    "meddelanden",
    "svarstider",
    "uppsikt",
    "moderering",
    "analysen",
    "stickprov",
    "registrering",
    "personuppgifter",
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
PICTURES: Final = "bilder"
"""The folder of the pictures, beside the pages; served among the static files."""
_DRAWN: Final = re.compile(r"<img\b[^>]*>")
_OURS: Final = re.compile(rf'src="{PICTURES}/([a-z0-9-]+\.webp)"')
_SAYS: Final = re.compile(r'alt="([^"]*)"')


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
    return Page(
        path.stem, heading.lstrip("# "), lead.replace("\n", " "), rendered(rest)
    )


def rendered(text: str) -> SafeString:
    """Return Markdown as HTML in which nothing runs."""
    # Links between pages end in .md, so that they also work where the files are read.
    plain = MarkdownIt("commonmark").enable("table").render(text)
    kept = {"a": {"href"}, "img": {"src", "alt"}}
    cleaned = nh3.clean(plain.replace('.md"', '"'), attributes=kept)
    drawn = _DRAWN.sub(_picture, cleaned)
    framed = drawn.replace("<table>", TABLE).replace("</table>", "</table></div>")
    return mark_safe(framed)  # noqa: S308 (cleaned above)


def _picture(tag: re.Match[str]) -> str:
    """Return a picture of ours from our own address; of any other, nothing."""
    ours, says = _OURS.search(tag[0]), _SAYS.search(tag[0])
    if not (ours and says and (FOLDER / PICTURES / ours[1]).is_file()):
        return ""
    with Image.open(FOLDER / PICTURES / ours[1]) as picture:
        width, height = picture.size
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}">',
        static(f"handbok/{ours[1]}"),
        mark_safe(says[1]),  # noqa: S308 (escaped by the cleaning)
        width,
        height,
    )
