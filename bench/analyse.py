"""Measure how fast citizens' texts are analysed, all signals, on one core.

Usage: python bench/analyse.py [FOLDER WITH .jsonl TEXTS]
Without a folder of texts it makes its own. It prints figures and asserts nothing.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from uppsikt.checks.text import analyse
from uppsikt.checks.text.abuse import find_abuse
from uppsikt.checks.text.language import find_language
from uppsikt.checks.text.personal import find_personal_data
from uppsikt.checks.text.politics import find_political_question
from uppsikt.checks.text.question import is_question
from uppsikt.checks.text.spam import find_spam

AT_LEAST = 6_000
LONGEST = 1_000
TEXTS = Path(__file__).resolve().parents[2] / "shared" / "data"
FIELDS = ("text", "question", "sentence")
OPENINGS = ("Hej!", "Tack för senast.", "Vilken jävla väg!", "Jag undrar en sak.", "")
MIDDLES = (
    "När öppnar badet i Bollmora på lördag?",
    "Snön ligger kvar på gångvägen sedan en vecka.",
    "Ring mig på 070-123 45 67 eller anna@example.se",
    "Mitt nummer är 19121212-1212, kan ni hjälpa mig",
    "Det är skitbra att ni har lagat gungorna i parken.",
)
ENDINGS = ("Hälsningar från en granne", "Eller hur?", "f4n också", "😀😀", "Tack!!!")


def main() -> None:
    """Print texts per second and the slowest hundredth, for all rules and for each."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEXTS
    texts, source = _texts(folder)
    letters = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} texts ({source}), {letters:.0f} letters on average")
    _measure("all signals", texts, analyse)
    print(f"{'':14} floor: 2500/s, p99 2.000 ms")
    _measure("personal data", texts, find_personal_data)
    _measure("abuse", texts, lambda text: [*find_abuse(text)])
    _measure("question", texts, is_question)
    _measure("political", texts, lambda text: find_political_question(text, None))
    _measure("spam", texts, find_spam)
    _measure("language", texts, find_language)


def _texts(folder: Path) -> tuple[list[str], str]:
    """Return at least 6,000 texts in a fixed order, and where they come from."""
    rng = random.Random(1)
    found = sorted(set(_stored(folder)))
    if len(found) < AT_LEAST:
        return [_made(rng) for _ in range(AT_LEAST)], "made"
    rng.shuffle(found)
    return found, "stored"


def _stored(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from (row[field][:LONGEST] for field in FIELDS if row.get(field))


def _made(rng: random.Random) -> str:
    parts = [rng.choice(OPENINGS), *rng.choices(MIDDLES, k=rng.randint(1, 3))]
    return " ".join([*parts, f"{rng.randint(1, 99)} kr", rng.choice(ENDINGS)])


def _measure(name: str, texts: list[str], rule: Callable[[str], object]) -> None:
    rule("Värm upp.")
    times = sorted(_seconds(rule, text) for text in texts)
    p50, p99 = (times[len(times) * share // 100] * 1000 for share in (50, 99))
    rate = len(times) / sum(times)
    print(f"{name:14} {rate:8.0f}/s   p50 {p50:.3f} ms   p99 {p99:.3f} ms")


def _seconds(rule: Callable[[str], object], text: str) -> float:
    start = time.thread_time()
    rule(text)
    return time.thread_time() - start


if __name__ == "__main__":
    main()
