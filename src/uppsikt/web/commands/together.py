"""Keeping the web server and the worker together: one dies, all end; none is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import Final

from uppsikt.web.commands.saying import complain

_LOOK_EVERY = 0.2
_PATIENCE: Final = 90.0
"""Seconds for the row in hand; a platform has a minute to answer."""

Children = Mapping[str, "subprocess.Popen[bytes]"]


@contextmanager
def started(commands: Mapping[str, Sequence[str]]) -> Iterator[Children]:
    """Start the program anew for each command, and end them all on the way out."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            children[name] = _start(command)
        yield children
    finally:
        _end(children)


@contextmanager
def ended_by_signals() -> Iterator[Event]:
    """Yield an event that SIGTERM, SIGHUP or Ctrl-C sets."""
    ending = Event()

    def end(_: int, __: FrameType | None) -> None:
        ending.set()

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def watch(children: Children, ending: Event) -> str | None:
    """Wait for the end; return the name of a child that died by itself, if one did."""
    while not ending.wait(_LOOK_EVERY):
        if dead := died(children):
            return dead
    return None


def died(children: Children) -> str | None:
    """Return the name of a child that does not live."""
    return next((n for n, c in children.items() if c.poll() is not None), None)


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    arguments = [sys.executable, "-m", "uppsikt", *command]
    return subprocess.Popen(arguments, stdin=subprocess.DEVNULL, env=os.environ)  # noqa: S603 (ourselves)


def _end(children: Children) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    last = time.monotonic() + _PATIENCE
    for name, child in children.items():
        try:
            child.wait(max(0.0, last - time.monotonic()))
        except subprocess.TimeoutExpired:
            complain(f"{name} avslutar inte det som pågår och stoppas nu.")
            child.kill()
            child.wait()
