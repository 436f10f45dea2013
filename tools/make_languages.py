"""Make the table of letter groups by which languages in Latin script are told apart.

Usage: python -m tools.make_languages, with py3langid and numpy installed.

Takes from py3langid's model (BSD-3-Clause) the languages we look for and the groups of
two to four small letters that tell most between them, and rounds each group's log
probability in each language to one sign: "!" for the least, "z" for the greatest.
"""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/uppsikt/checks/text/data/languages.txt"
LANGUAGES = (
    *("sv", "no", "nn", "da", "en", "fi", "de", "nl", "fr", "es", "it", "pt", "ro"),
    *("pl", "hr", "bs", "sq", "tr", "so", "ku", "et", "hu", "lt", "lv", "cs"),
)
MOST = 12_000
LONGEST = 4
AFTER_LATIN = "\u0250"
LEAST, GREATEST = -16.0, -5.0
FIRST_SIGN, LAST_SIGN = ord("!"), ord("z")
HEAD = """\
# Groups of letters, and how probable each is in each language, by sign from ! to z.
# Made by tools/make_languages.py from py3langid's model (BSD-3-Clause, Adrien
# Barbaresi; langid.py, BSD-2-Clause, Marco Lui).
"""


def main() -> None:
    """Write the table and say how large it is."""
    import numpy
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    columns = [model.nb_classes.index(code) for code in LANGUAGES]
    chances = model.nb_ptc[:, columns].astype(numpy.float64)
    kept = sorted(_groups(model), key=lambda one: -_tells(chances[one[1]], numpy))[
        :MOST
    ]
    rows = (f"{group.replace(' ', '_')} {_signs(chances[at])}" for group, at in kept)
    text = HEAD + "\n".join([" ".join(LANGUAGES), *sorted(rows)]) + "\n"
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(kept)} groups, {len(text)} signs")


def _groups(model: Any) -> Iterator[tuple[str, int]]:
    """Yield the model's features that are small letters and spaces, with their rows."""
    for feature, at in _features(model):
        group = feature.decode("utf-8", errors="replace")
        letters = group.replace(" ", "")
        plain = letters.isalpha() and letters == letters.lower()
        if plain and 1 < len(group) <= LONGEST and max(group) < AFTER_LATIN:
            yield group, at


def _features(model: Any) -> Iterator[tuple[bytes, int]]:
    """Walk the model's automaton from its start; yield each feature once."""
    reached, queue, told = {0: b""}, deque([0]), set()
    while queue:
        state = queue.popleft()
        feature = model.tk_output[state]
        if feature >= 0 and feature not in told:
            told.add(feature)
            yield reached[state], feature
        for byte in range(256):
            following = model.tk_nextmove[(model.tk_row[state] << 8) + byte]
            if following not in reached:
                reached[following] = reached[state] + bytes([byte])
                queue.append(following)


def _tells(chances: Any, numpy: Any) -> float:
    """Return how much a group tells: its spread, weighed by how common it is."""
    often = numpy.exp(chances)
    return float((often * abs(chances - chances.mean())).sum())


def _signs(chances: Any) -> str:
    step = (LAST_SIGN - FIRST_SIGN) / (GREATEST - LEAST)
    return "".join(
        chr(round(FIRST_SIGN + (min(max(one, LEAST), GREATEST) - LEAST) * step))
        for one in map(float, chances)
    )


if __name__ == "__main__":
    main()
