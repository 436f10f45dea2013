"""The functional suite is whole: many rows, none twice, each way in every group."""

import re
from collections import Counter

from tests.checks.text.suite import FOLDER, rows

ENOUGH = 600
"""How many rows the suite has at the least."""
ONE_WAY = {"benign"}
"""Groups in which nothing is to be flagged."""


def test_it_has_rows_enough_and_none_twice() -> None:
    found = list(rows())

    assert len(found) >= ENOUGH
    assert max(Counter(row.id for row in found).values()) == 1
    assert max(Counter(row.text for row in found).values()) == 1
    assert all(row.text.strip() for row in found)
    assert not any(row.must & row.must_not for row in found)


def test_each_group_has_what_must_and_what_must_not_be_flagged() -> None:
    must = Counter(row.group for row in rows() if row.must)
    must_not = Counter(row.group for row in rows() if not row.must)

    assert set(must_not) - set(must) == ONE_WAY
    assert min(must.values()) >= 10
    assert min(must_not.values()) >= 10


def test_the_read_me_counts_what_is_there() -> None:
    told = re.findall(r"`(\w+)\.tsv` \| (\d+) \|", (FOLDER / "README.md").read_text())

    there = Counter(row.group for row in rows())
    assert {group: int(count) for group, count in told} == there
