"""A day is asked for by one field, so that no page falls over a day too far away."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.house.source import modules
from uppsikt.governance.day_field import DayField


def test_every_form_asks_for_a_day_by_the_one_field() -> None:
    asked = [
        module.name
        for module in modules()
        if "forms.DateField(" in module.text
        and module.name != "governance/day_field.py"
    ]
    assert asked == []


@pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "1899-12-31"])
def test_a_day_that_nothing_can_be_counted_from_is_refused(day: str) -> None:
    with pytest.raises(ValidationError, match="1900"):
        DayField().clean(day)


def test_a_day_far_from_now_is_taken() -> None:
    assert DayField().clean("2199-12-31") == date(2199, 12, 31)
