"""A file is its owner's alone from the first byte, whatever the machine's habit."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from uppsikt.records import files


@pytest.fixture(autouse=True)
def open_handed() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_nobody_else_reads_a_file_not_even_while_it_is_written(tmp_path: Path) -> None:
    seen: list[int] = []

    def fill(out: BinaryIO) -> None:
        out.write(b"key")
        seen.extend(path.stat().st_mode & 0o777 for path in tmp_path.iterdir())

    files.write(tmp_path / "backup.zip", fill)

    assert seen == [0o600]
    assert (tmp_path / "backup.zip").stat().st_mode & 0o777 == 0o600
