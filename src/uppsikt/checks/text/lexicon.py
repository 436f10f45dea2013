"""Read the word lists that lie beside the rules."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources


def read_lines(name: str) -> Iterator[str]:
    """Yield the lines of the data file `name` that are neither empty nor comments."""
    file = resources.files("uppsikt.checks.text") / "data" / name
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def read_rows(name: str) -> Iterator[list[str]]:
    """Yield the lines of a data file, each cut at its semicolons."""
    for line in read_lines(name):
        yield [cell.strip() for cell in line.split(";")]


@cache
def read_words(name: str) -> frozenset[str]:
    """Return all lines of a data file as a set."""
    return frozenset(read_lines(name))


@cache
def read_groups(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return a file of `kind ; word` rows as the words of each kind, in file order."""
    groups: dict[str, list[str]] = {}
    for kind, word in read_rows(name):
        groups.setdefault(kind, []).append(word)
    return {kind: tuple(words) for kind, words in groups.items()}


def squeeze(word: str) -> str:
    """Return `word` with each run of one letter written once ("fiiint" -> "fint")."""
    return RUN.sub(r"\1", word)


RUN = re.compile(r"(.)\1+", re.DOTALL)
