"""What is asked of a person who notes a day's watch afterwards."""

from django import forms
from django.utils.translation import gettext_lazy

from uppsikt.governance.day_field import DayField


class LateTickForm(forms.Form):
    """A day that was watched and not noted then."""

    day = DayField(
        label=gettext_lazy("Day"),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=1000, required=False)
