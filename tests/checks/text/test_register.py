"""The register has a row for each rule that a text can raise, and no other."""

from tests.checks.text.suite import rows
from uppsikt.checks.text import analyse
from uppsikt.checks.text.register import RULES, rule_of
from uppsikt.checks.text.signal import Signal

ELSEWHERE = (
    "Samordningsnummer 701063-2391, kommunens 212000-0092.",
    "Bor på Granvägen 4 B, 135 40 Tyresö.",
)


def raised() -> list[Signal]:
    texts = (*(row.text for row in rows()), *ELSEWHERE)
    return [signal for text in texts for signal in analyse(text)]


def test_each_rule_that_speaks_has_a_row() -> None:
    assert {rule_of(one.rule) for one in raised()} <= set(RULES)


def test_each_rule_speaks_in_the_version_that_its_row_names() -> None:
    told = {(rule_of(one.rule), one.version) for one in raised()}

    assert told == {(rule.name, rule.version) for rule in RULES.values()}


def test_a_finer_name_belongs_to_the_rule_it_begins_with() -> None:
    assert rule_of("language.fi") == "language"
    assert rule_of("unknown.thing") == "unknown"
