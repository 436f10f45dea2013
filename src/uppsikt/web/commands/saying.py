"""How commands speak: plain lines, JSON for machines, and how far they have come."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_LINES = 10


def say(text: str) -> None:
    """Write a line on standard output, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_json(told: object) -> None:
    """Write what was found as one JSON document."""
    say(json.dumps(told, ensure_ascii=False, indent=1, default=str))


def complain(text: str) -> None:
    """Write a line on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def followed(things: Iterable[T], total: int, what: str) -> Iterator[T]:
    """Yield `things` and tell how far it has come.

    A bar in a terminal; in a log, a line for each tenth. On standard error, so that
    what a machine reads on standard output stays clean.
    """
    if sys.stderr.isatty():
        yield from _with_bar(things, total, what)
    else:
        yield from _with_lines(things, total, what)


def _with_bar(things: Iterable[T], total: int, what: str) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import track

    yield from track(
        things, description=what, total=total, console=Console(stderr=True)
    )


def _with_lines(things: Iterable[T], total: int, what: str) -> Iterator[T]:
    told = 0
    for done, thing in enumerate(things, 1):
        yield thing
        tenth = done * _LINES // max(total, 1)
        if tenth > told:
            told = tenth
            complain(f"{what}: {done} av {total}")
