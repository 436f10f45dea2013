"""What is asked of a person who ticks a day's watch, at once or afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance.day_field import DayField
from uppsikt.inbox.watch import Remark
from uppsikt.inbox.watch_scope import Scope
from uppsikt.policy.watch_scope import LABELS


class LateTickForm(forms.Form):
    """A day that was watched and not noted then."""

    day = DayField(
        label=gettext_lazy("Day"),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=1000, required=False)


class RemarkForm(forms.Form):
    """What a person remarks on in a channel today, and what they did not look at."""

    note = forms.CharField(
        label=gettext_lazy("Remark"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Write no names and nothing about anybody's health."),
    )
    left_out = forms.MultipleChoiceField(
        label=gettext_lazy("I have not looked at"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, scope: Scope) -> None:
        super().__init__(data, auto_id="remark-%s")
        field = self.fields["left_out"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        field.choices = [(part.value, _(LABELS[part])) for part in scope.person]
        if not scope.person:
            del self.fields["left_out"]

    @property
    def remark(self) -> Remark:
        told = self.cleaned_data
        return Remark(told["note"].strip(), tuple(told.get("left_out", ())))
