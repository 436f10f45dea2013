"""Is it Swedish, by five words? Foreign texts are the words of Django's own screens."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import django
from babel.messages.mofile import read_mo

from bench.quality.data import authorities, benign, correct_sentences
from bench.quality.figures import Figure
from bench.quality.naming import raised

TITLE = "language, by the first five words"
WORDS = 5
EACH = 60
FOREIGN = (
    *("ar", "da", "de", "en", "es", "fa", "fi", "fr"),
    *("it", "nb", "nl", "pl", "ru", "tr", "uk"),
)
CATALOGUES = Path(django.__file__).parent


def measure(wanted: Sequence[str]) -> Iterator[Figure]:
    """Yield how often Swedish passes as Swedish, and other languages do not."""
    swedish = beginnings([*_swedish()])
    kept = [text for text in swedish if not _foreign(text)]
    yield Figure(
        "Swedish recognised",
        len(kept) / len(swedish),
        at_least=0.97,
        note=f"of {len(swedish)}",
    )
    found = total = 0
    for code in FOREIGN:
        texts = beginnings(written_in(code))[:EACH]
        caught = [text for text in texts if _foreign(text)]
        found, total = found + len(caught), total + len(texts)
        if wanted:
            yield Figure(
                f"   {code}", len(caught) / len(texts), note=f"of {len(texts)}"
            )
    yield Figure(
        "other languages told", found / total, at_least=0.9, note=f"of {total}"
    )


def beginnings(texts: list[str]) -> list[str]:
    """Return the first five words of each text that has them, each once."""
    cut = (" ".join(text.split()[:WORDS]) for text in texts)
    return [*dict.fromkeys(text for text in cut if len(text.split()) == WORDS)]


def written_in(code: str) -> list[str]:
    """Return sentences of Django's screens in a language, without placeholders."""
    found: list[str] = []
    stored = "sv" if code == "en" else code
    for file in sorted(CATALOGUES.glob(f"**/locale/{stored}/LC_MESSAGES/django.mo")):
        with file.open("rb") as words:
            catalogue = read_mo(words)
        found += [str(m.id if code == "en" else m.string) for m in catalogue if m.id]
    return [text for text in found if not set("%{<(\n") & set(text)]


def _swedish() -> Iterator[str]:
    yield from (row["answer"] for row in authorities())
    yield from (row["question"] for row in authorities())
    yield from benign()
    yield from correct_sentences()[::4]


def _foreign(text: str) -> bool:
    return any(word.startswith("language") for word in raised(text))
