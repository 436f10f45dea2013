"""The functional suite's groups on personal data and on what a comment is about."""

import pytest

from bench.quality.suite import EACH_GROUP, judge
from tests.checks.text.suite import rows

GROUPS = (
    *("identity", "phone", "email", "address", "name"),
    *("spam", "political", "question", "language", "benign"),
)


@pytest.mark.parametrize("group", GROUPS)
def test_nearly_every_row_of_the_group_comes_out_right(group: str) -> None:
    judged = [judge(row) for row in rows() if row.group == group]

    wrong = [one.row.id for one in judged if not one.right]
    assert len(wrong) <= len(judged) * (1 - EACH_GROUP), wrong
