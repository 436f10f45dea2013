"""Read a word through signs that stand for letters ("f4n") or hide them ("f*n")."""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Generic, TypeVar

from uppsikt.checks.text.lexicon import read_rows

MASKS = "*#¤%•"
EDGES = "!|" + MASKS
LONGEST = 24
FEWEST_LETTERS = 2
MOST_READINGS = 16

STANDS_FOR = dict(read_rows("disguises.txt"))
T = TypeVar("T")


def readings(word: str) -> Iterator[str]:
    """Yield the likeliest ways to read signs in `word` as letters, at most 16."""
    word = word.rstrip(EDGES)
    letters = sum(map(str.isalpha, word))
    if not FEWEST_LETTERS <= letters < len(word) <= LONGEST:
        return
    if letters * 2 < len(word):
        return
    for choice in islice(product(*(STANDS_FOR.get(c, c) for c in word)), MOST_READINGS):
        yield "".join(choice)


class MaskedWords(Generic[T]):
    """Listed words, found also when letters inside them are written as `*` or `#`."""

    def __init__(self, listed: Mapping[str, T]) -> None:
        self._shelves: dict[tuple[int, str], list[tuple[str, T]]] = {}
        for form, meaning in listed.items():
            self._shelves.setdefault((len(form), form[0]), []).append((form, meaning))

    def find(self, word: str) -> T | None:
        """Return the meaning of the listed word that `word` may be.

        Masks at an end are left out ("obs*" is a footnote, "*nu*" is emphasis).
        """
        inner = word.strip(MASKS)
        if len(inner) > LONGEST or not any(mask in inner for mask in MASKS):
            return None
        for form, meaning in self._shelves.get((len(inner), inner[0]), ()):
            if all(a == b or a in MASKS for a, b in zip(inner, form, strict=True)):
                return meaning
        return None
