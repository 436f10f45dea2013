"""What is asked about a proposed version of the guideline."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance import law_checks
from uppsikt.governance.adopting import Decision
from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import LawCheck
from uppsikt.governance.proposing import Why
from uppsikt.policy import laws
from uppsikt.policy.editing import Simple
from uppsikt.policy.guideline import Guideline
from uppsikt.web.document.forms import long_text

LARGEST = 1 << 20


class LawNotes(forms.ModelMultipleChoiceField[LawCheck]):
    """Notes on changed laws, each by its law and words."""

    def label_from_instance(self, obj: LawCheck) -> str:
        return f"{laws.named(obj.law).short}: {obj.note}"


class WhyForm(forms.Form):
    """What a proposal is called, and why it is made."""

    title = forms.CharField(label=gettext_lazy("What does it change?"), max_length=200)
    reasons = forms.CharField(
        label=gettext_lazy("Why?"), max_length=5000, widget=long_text()
    )
    law_checks = LawNotes(
        LawCheck.objects.none(),
        label=gettext_lazy("Notes on changed laws that it rests on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = self.fields["law_checks"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 (types)
        known = [check.pk for check in law_checks.notes()]
        field.queryset = LawCheck.objects.filter(pk__in=known).order_by("-at")
        if not known:
            del self.fields["law_checks"]

    @property
    def why(self) -> Why:
        """Return what was written."""
        told = self.cleaned_data
        notes = tuple(told.get("law_checks", ()))
        return Why(told["title"].strip(), told["reasons"], notes)


class FileForm(forms.Form):
    """A changed guideline file."""

    file = forms.FileField(
        label=gettext_lazy("Changed guideline file"),
        help_text=gettext_lazy("TOML in UTF-8, changed from the file of this version."),
    )

    def clean_file(self) -> Any:
        """Refuse what no guideline file comes near in size."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        return given


class ValueForm(forms.Form):
    """Another value of one parameter, of the kind it has."""

    def __init__(self, *args: Any, before: Simple, label: str, **kw: Any) -> None:
        super().__init__(*args, **{**kw, "initial": {"value": before}})
        self.fields["value"] = _field(before, label)

    @property
    def value(self) -> Simple:
        """Return the new value."""
        value: Simple = self.cleaned_data["value"]
        return value


def _field(before: Simple, label: str) -> forms.Field:
    if isinstance(before, bool):
        return forms.BooleanField(label=label, required=False)
    if isinstance(before, int):
        return forms.IntegerField(label=label, min_value=0, max_value=1_000_000)
    wide = len(before) > 60  # noqa: PLR2004 (a sentence)
    widget = long_text() if wide else forms.TextInput()
    return forms.CharField(label=label, max_length=5000, required=False, widget=widget)


class DecisionForm(forms.Form):
    """The decision that a version shall hold."""

    number = forms.CharField(
        label=gettext_lazy("The decision's diary number"), max_length=60
    )
    starts_on = DayField(
        label=gettext_lazy("First day"),
        required=False,
        help_text=gettext_lazy("Leave empty to let it hold from now."),
    )
    valid_until = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave empty if it holds until further notice."),
    )

    def __init__(
        self, *args: Any, guideline: Guideline, now: datetime, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.guideline, self.now = guideline, now

    def clean_number(self) -> str:
        """Refuse what does not look like a diary number here (R-0-4)."""
        number: str = " ".join(self.cleaned_data["number"].split())
        if re.fullmatch(self.guideline.text("diary_pattern"), number) is None:
            example = self.guideline.registry_number
            words = _("Write a diary number, for example %(example)s.")
            raise forms.ValidationError(words % {"example": example})
        return number

    def clean_starts_on(self) -> date | None:
        """Refuse a day that has passed."""
        day: date | None = self.cleaned_data["starts_on"]
        if day and day < timezone.localtime(self.now).date():
            raise forms.ValidationError(_("Give a day that has not passed."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        told = super().clean() or {}
        first = told.get("starts_on") or timezone.localtime(self.now).date()
        last = told.get("valid_until")
        if last and last < first:
            self.add_error("valid_until", _("It would end before it begins."))
        return told

    @property
    def decision(self) -> Decision:
        """Return the decision; the file says which role decides (R-0-2)."""
        told = self.cleaned_data
        return Decision(
            self.guideline.decided_by,
            told["number"],
            self._starts_at(told["starts_on"]),
            valid_until=told["valid_until"],
        )

    def _starts_at(self, day: date | None) -> datetime:
        if day is None or day == timezone.localtime(self.now).date():
            return self.now
        return timezone.make_aware(datetime.combine(day, time.min))
