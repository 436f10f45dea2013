"""Each group of the functional suite that is about abuse reaches its bar.

The bars are those of the product: nearly all in each group, more slips where the
writing is disguised, none where a word only looks like a bad one.
"""

import pytest

from tests.checks.text.suite import Row, rows
from uppsikt.checks.text import analyse
from uppsikt.checks.text.abuse.rules import FILES

ABUSE = frozenset(FILES)
BARS = {
    "attack": 0.95,
    "profanity": 0.95,
    "obscenity": 0.95,
    "agitation": 0.95,
    "threat": 0.95,
    "violence": 0.95,
    "incitement": 0.95,
    "innocent": 1.0,
    "opinion": 0.95,
    "quoted": 0.95,
    "dialect": 0.95,
    "obfuscation": 0.90,
    "benign": 1.0,
}


def as_expected(row: Row) -> bool:
    found = {signal.rule.partition(".")[0] for signal in analyse(row.text)} & ABUSE
    unwanted = ABUSE if "all" in row.must_not else row.must_not
    return row.must & ABUSE <= found and not found & unwanted


@pytest.mark.parametrize("group", BARS)
def test_a_group_reaches_its_bar(group: str) -> None:
    found = {row.id: as_expected(row) for row in rows() if row.group == group}
    missed = [name for name, good in found.items() if not good]
    assert sum(found.values()) >= BARS[group] * len(found), missed


def test_texts_about_other_things_are_not_taken_for_abuse() -> None:
    others = [row for row in rows() if row.group not in BARS]
    alarms = [row.id for row in others if not as_expected(row)]
    assert len(alarms) <= 0.005 * len(others), alarms
