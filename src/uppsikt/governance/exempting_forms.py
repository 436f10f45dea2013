"""What is asked on the pages about exemptions."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance.day_field import DayField
from uppsikt.governance.exempting import Terms
from uppsikt.governance.models import Exemption

LONGEST: Final = timedelta(days=5 * 366)
"""How far ahead an exemption may reach: nothing is set aside for ever."""
_LONGEST_TEXT: Final = 4000


class _Dated(forms.Form):
    """A form that knows which day it is."""

    until = DayField(
        label=gettext_lazy("Until and including"),
        help_text=gettext_lazy("After this day the demand holds again by itself."),
    )

    def __init__(self, *args: Any, now: datetime, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.today = timezone.localtime(now).date()

    def clean_until(self) -> date:
        """Refuse a day that has passed, or lies years ahead."""
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("Give a day that has not passed."))
        if until > self.today + LONGEST:
            raise forms.ValidationError(_("Give a day within five years."))
        return until


class AskForm(_Dated):
    """Why the demand cannot be met, and for how long."""

    reason = forms.CharField(
        label=gettext_lazy("Why is an exemption needed?"),
        help_text=gettext_lazy(
            "What stands in the way, and what do you do instead? It is kept as an "
            "official document. Name no private person."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=_LONGEST_TEXT,
    )
    field_order = ("reason", "until")


class GrantForm(_Dated):
    """From when, until when, and on which conditions."""

    starts_on = DayField(
        label=gettext_lazy("Holds from"),
        help_text=gettext_lazy("Today at the earliest: it never reaches back in time."),
    )
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=_LONGEST_TEXT,
    )
    field_order = ("starts_on", "until", "conditions")

    def clean_starts_on(self) -> date:
        """Refuse a day that has passed."""
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < self.today:
            raise forms.ValidationError(_("Give a day that has not passed."))
        return starts_on

    def clean(self) -> None:
        """Refuse an exemption that ends before it begins."""
        super().clean()
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("until")
        if first and last and last < first:
            self.add_error("until", _("It would end before it begins."))

    @property
    def terms(self) -> Terms:
        """Return what was decided."""
        told = self.cleaned_data
        return Terms(told["starts_on"], told["until"], told["conditions"])


def granting(exemption: Exemption, *, at: datetime) -> GrantForm:
    """Return the form that grants, filled in as it was asked for."""
    today = timezone.localtime(at).date()
    asked = {"starts_on": today, "until": exemption.until}
    return GrantForm(initial=asked, now=at)
