"""Collect every sentence people can meet, and put the new ones into the translations.

Plain Python, so that nobody needs GNU gettext to change a sentence.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parents[1] / "src" / "uppsikt"

_ONE = ("_", "N_", "gettext", "Message", "not_met", "due", "not_applicable")
_PLURAL, _CONTEXT = (1, 2), ((1, "c"), 2)
KEYWORDS = {
    **dict.fromkeys(_ONE),
    **dict.fromkeys(("gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}

Words = str | tuple[str, ...]


def collect(package: Path = PACKAGE) -> Catalog:
    """Return a catalogue of every message in the code and templates of `package`."""
    catalog = Catalog()
    for path in sorted(package.rglob("*")):
        for message, context, line in _messages(path):
            place = (path.relative_to(package).as_posix(), line)
            catalog.add(message, context=context, locations=[place])
    return catalog


def translations(package: Path = PACKAGE) -> list[Path]:
    """List the translation files that come with the package."""
    return sorted(package.glob("locale/*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """Read a translation file."""
    with path.open("rb") as file:
        return read_po(file)


def update(path: Path, found: Catalog) -> None:
    """Add what is new in `found` to the file at `path`, and drop what is unused."""
    catalog = read(path)
    found.creation_date = catalog.creation_date
    catalog.update(found, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalog, width=88, no_location=True, sort_output=True)


def _messages(path: Path) -> Iterator[tuple[Words, str | None, int]]:
    source = _python(path)
    for line, message, _, context in extract("python", BytesIO(source), KEYWORDS):
        yield message, context, line


def _python(path: Path) -> bytes:
    """Return what `path` has to extract from, as Python text."""
    if path.suffix == ".py" and "migrations" not in path.parts:
        return path.read_bytes()
    if path.suffix in {".html", ".txt"} and "templates" in path.parts:
        lines = templatize(path.read_text(), origin=str(path)).splitlines()
        # Indentation means nothing in a template and everything to the tokenizer.
        return "\n".join(line.strip() for line in lines).encode()
    return b""


def main() -> int:
    """Bring every translation file up to date and say what waits to be translated."""
    found = collect()
    for path in translations():
        update(path, found)
        waiting = [str(m.id) for m in read(path) if m.id and not m.string]
        print(f"{path.parts[-3]}: {len(waiting)} to translate")
        print(*(f"  {message}" for message in waiting), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
