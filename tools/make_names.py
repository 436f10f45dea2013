"""Make the lists of given names and places from tables of Statistics Sweden.

Usage: python -m tools.make_names FOLDER

FOLDER holds, at any depth, `tilltalsnamn-*.csv` with the columns `name` and `persons`
(names of address with the number of people who bear them) and `ortsnamn.csv` with towns
(column `city`). The list of names keeps those of at least 20 people, 96 per cent
of all, and says for each how many digits its number has.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FEWEST = 20
DATA = Path(__file__).parents[1] / "src/uppsikt/checks/text/data"
NAMES_HEAD = """\
# Given names ; how many digits the number of bearers has. Made by tools/make_names.py.
# Source: Statistics Sweden (SCB), names of address in the population 31 December 2020.
"""
PLACES_HEAD = """\
# Towns of Sweden. Made by tools/make_names.py. Source: Statistics Sweden (SCB).
"""


def main() -> None:
    """Write both lists and say how much they hold."""
    folder = Path(sys.argv[1])
    write_names(count_bearers(folder))
    write_places(folder)


def write_names(bearers: Counter[str]) -> None:
    """Write the names that enough people bear."""
    kept = {name: count for name, count in bearers.items() if count >= FEWEST}
    rows = "".join(f"{name};{len(str(kept[name]))}\n" for name in sorted(kept))
    (DATA / "given_names.txt").write_text(NAMES_HEAD + rows, encoding="utf-8")
    share = sum(kept.values()) / bearers.total()
    print(f"{len(kept)} names, borne by {share:.1%} of all")


def write_places(folder: Path) -> None:
    """Write the names of towns that are one word."""
    towns = {row["city"] for row in _rows(folder, "ortsnamn.csv")}
    kept = sorted(town for town in towns if town.isalpha())
    text = PLACES_HEAD + "".join(f"{town}\n" for town in kept)
    (DATA / "places.txt").write_text(text, encoding="utf-8")
    print(f"{len(kept)} towns")


def count_bearers(folder: Path) -> Counter[str]:
    """Return how many people bear each name, women and men together."""
    bearers: Counter[str] = Counter()
    for row in _rows(folder, "tilltalsnamn-*.csv"):
        bearers[row["name"]] += int(row["persons"])
    return bearers


def _rows(folder: Path, pattern: str) -> Iterator[dict[str, str]]:
    for file in sorted(folder.rglob(pattern)):
        with file.open(encoding="utf-8", newline="") as rows:
            yield from csv.DictReader(rows)


if __name__ == "__main__":
    main()
