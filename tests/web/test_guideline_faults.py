"""A guideline file that would stop the program later is refused when it comes in."""

import pytest

from uppsikt.governance import rules
from uppsikt.policy import editing
from uppsikt.policy import guideline as policy
from uppsikt.policy.clocks import Span, UnknownSpan
from uppsikt.policy.recurrence import Every, UnknownInterval
from uppsikt.web.commands import guideline_faults
from uppsikt.web.commands.guideline_faults import Unfit

WHOLE = rules.packaged_file("tyreso")
READ = policy.parse(WHOLE)


def _is_time(text: object) -> bool:
    for parse in (Every.parse, Span.parse):
        try:
            parse(str(text))
        except (UnknownInterval, UnknownSpan):
            continue
        return True
    return False


TIMES = [name for name in editing.simple(READ) if _is_time(READ.value(name))]


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("junk", ["snart", "", "900000 years"])
def test_a_time_that_nobody_can_count_with_is_refused(name: str, junk: str) -> None:
    with pytest.raises(Unfit, match=name):
        guideline_faults.fit(editing.with_value(WHOLE, name, junk))


@pytest.mark.parametrize("days", [0, 1_000_000])
def test_days_that_lead_out_of_the_calendar_are_refused(days: int) -> None:
    with pytest.raises(Unfit, match="inactive_days"):
        guideline_faults.fit(editing.with_value(WHOLE, "inactive_days", days))


def test_another_time_of_the_same_kind_is_taken() -> None:
    changed = editing.with_value(WHOLE, "inactive_decision", "3 weeks")
    assert guideline_faults.fit(changed).text("inactive_decision") == "3 weeks"
