"""The one field in which a day is asked for."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

FIRST: Final = date(1900, 1, 1)
LAST: Final = date(2199, 12, 31)
"""Far enough for anything, and near enough to count days from: "9999-12-31" is not."""
_OUTSIDE: Final = gettext_lazy("Give a day between the years 1900 and 2199.")


class DayField(forms.DateField):
    """A day by the browser's calendar, near enough that one can be added to it."""

    def __init__(self, **kw: Any) -> None:
        kw.setdefault(
            "widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        super().__init__(**kw)
        self.validators += [
            MinValueValidator(FIRST, _OUTSIDE),
            MaxValueValidator(LAST, _OUTSIDE),
        ]
