"""The functional suite by group: the share of rows that come out as they must."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bench.quality.figures import Figure
from bench.quality.naming import raised
from tests.checks.text.suite import Row, rows

EACH_GROUP = 0.95
OBFUSCATION = 0.90
TITLE = "functional suite: rows that come out right"


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of the suite, what was raised that must not be, and what was not raised."""

    row: Row
    missing: frozenset[str]
    wrong: frozenset[str]

    @property
    def right(self) -> bool:
        """Tell whether the row came out as it must."""
        return not self.missing and not self.wrong


def judge(row: Row) -> Judged:
    """Analyse a row's text and compare."""
    found = raised(row.text)
    if any(word.startswith("language:") for word in found):
        found |= {"language"}
    wrong = found if "all" in row.must_not else found & row.must_not
    return Judged(row, row.must - found, wrong)


def measure(wanted: Sequence[str]) -> Iterator[Figure]:
    """Yield a figure per group; print what went wrong in a group that is wanted."""
    for group, found in groupby(rows(), key=lambda row: row.group):
        judged = [judge(row) for row in found]
        if group in wanted:
            _tell(judged)
        yield _figure(group, judged)


def _figure(group: str, judged: list[Judged]) -> Figure:
    right = sum(one.right for one in judged)
    missing = sum(bool(one.missing) for one in judged)
    wrong = sum(bool(one.wrong) for one in judged)
    bar = OBFUSCATION if group == "obfuscation" else EACH_GROUP
    note = f"{right} of {len(judged)}; {missing} not flagged, {wrong} wrongly"
    return Figure(group, right / len(judged), at_least=bar, note=note)


def _tell(judged: list[Judged]) -> None:
    for one in judged:
        if not one.right:
            marks = [f"+{word}" for word in sorted(one.missing)]
            marks += [f"-{word}" for word in sorted(one.wrong)]
            print(f"   {one.row.id} {','.join(marks)}: {one.row.functionality}")
            print(f"      {one.row.text!r}")
