"""Reads the texts to measure on; they are others' and lie outside the project."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("UPPSIKT_TEXTS", "../shared/data"))
"""Where the labelled texts lie; `docs/dev/text.md` says what they are."""


class NoData(Exception):
    """Tells which file is not there."""


def there(name: str) -> Path:
    """Return the path of a file in the folder, which must be there."""
    path = FOLDER / name
    if not path.is_file():
        raise NoData(f"{path} is not there; UPPSIKT_TEXTS names the folder")
    return path


def lines(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file with one JSON object per line."""
    with there(name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def authorities() -> list[dict[str, Any]]:
    """Return the questions of SweFAQ, each with its own answer as `answer`."""
    return [
        {**row, "answer": row["candidate_answers"][row["label"]]}
        for part in ("dev", "test")
        for row in lines(f"swefaq/swefaq_{part}.jsonl")
    ]


def correct_sentences() -> list[str]:
    """Return the correct sentences of DaLAJ, each once."""
    return sorted(
        {
            row["sentence"]
            for part in ("dev", "test")
            for row in lines(f"dalaj-ged/dalaj-ged-superlim_{part}.jsonl")
            if row["label"] == "correct"
        }
    )


def benign() -> list[str]:
    """Return RTP-LX's harmless continuations, in file order."""
    return [row["text"] for row in lines("rtp-lx-sv/benign.jsonl")]
