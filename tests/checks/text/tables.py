"""Tables of examples that lie beside the tests."""

from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[tuple[str, str]]:
    """Return the (expected, text) rows of a table."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(expected, text) for expected, text in cells]
