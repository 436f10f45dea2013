"""Measure how fast personal data is found, beside Presidio's analyzer, same comments.

Presidio is installed once, into `.peers/presidio`, by the ordinary pip. Both run on one
core over the comments of `bench.quality.made`; neither may open a connection while it
is measured, and an attempt is told. It prints figures and asserts nothing.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.quality.data import NoData
from bench.quality.made import Comment, comments
from bench.quality.naming import signal_of
from bench.quality.personal import KINDS, Span, scored
from uppsikt.checks.text.personal import find_personal_data

HERE = Path(__file__).parent
PEER = HERE.parent / ".peers" / "presidio"
WANTED = ("presidio-analyzer==2.2.366", "phonenumbers")
ROUNDS = 5
FLOOR = 10


def main() -> None:
    """Print comments per second, recall and precision, of ours and of Presidio."""
    try:
        made = list(comments())
    except NoData as nothing:
        print(nothing)
        return
    with _no_connection() as attempts:
        ours = _rate(made)
    _tell("ours", ours, made, _found)
    print(f"connection attempts with sockets blocked: {len(attempts)}")
    try:
        answer = _presidio([one.text for one in made])
    except (OSError, subprocess.CalledProcessError) as e:
        print(f"Presidio could not be run here: {e}")
        return
    _tell("Presidio", answer["rate"], made, dict(answer["found"]).__getitem__)
    print(f"Presidio's own connection attempts: {answer['attempts']}")
    print(f"ours / Presidio: {ours / answer['rate']:.1f}   floor: {FLOOR}")


def _rate(made: list[Comment]) -> float:
    """Return comments per second, of the best of some rounds."""
    return max(_round(made) for _ in range(ROUNDS))


def _round(made: list[Comment]) -> float:
    start = time.thread_time()
    for one in made:
        find_personal_data(one.text)
    return len(made) / (time.thread_time() - start)


def _found(text: str) -> list[Span]:
    return [(signal_of(s.rule), *s.span) for s in find_personal_data(text)]


def _tell(
    name: str, rate: float, made: list[Comment], find: Callable[[str], list[Span]]
) -> None:
    score = scored(made, find)
    print(f"{name:10} {rate:8.0f} comments/s")
    for kind in KINDS:
        recall, precision = score.recall(kind), score.precision(kind)
        print(f"   {kind:10} R {recall:.3f}  P {precision:.3f}")


@contextmanager
def _no_connection() -> Iterator[list[object]]:
    """Refuse every connection, and keep what was tried."""
    tried: list[object] = []
    real = socket.socket.connect

    def refuse(_: socket.socket, address: Any) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    socket.socket.connect = refuse  # type: ignore[assignment,method-assign]
    try:
        yield tried
    finally:
        socket.socket.connect = real  # type: ignore[method-assign]


def _presidio(texts: list[str]) -> dict[str, Any]:
    """Run Presidio over `texts` in its own interpreter, installed if it is not there."""
    python = PEER / "bin" / "python"
    if not (PEER / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", *WANTED]
        subprocess.run(pip, check=True)
        (PEER / ".ready").touch()
    done = subprocess.run(
        [str(python), str(HERE / "presidio_peer.py")],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


if __name__ == "__main__":
    main()
