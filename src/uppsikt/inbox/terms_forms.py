"""What is asked about a channel's own response times."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from uppsikt.inbox.models import Calendar
from uppsikt.inbox.own_terms import Wanted

_UNITS: Final = (
    ("working hours", gettext_lazy("working hours")),
    ("working days", gettext_lazy("working days")),
    ("hours", gettext_lazy("hours, nights and weekends too")),
)
_WHY: Final = forms.Textarea(attrs={"rows": 2})


class TermsForm(forms.Form):
    """How soon the channel answers, and by which working times."""

    first_count = forms.IntegerField(
        label=gettext_lazy("First word within"),
        help_text=gettext_lazy("Empty: as the guideline says."),
        min_value=1,
        max_value=999,
        required=False,
    )
    first_unit = forms.ChoiceField(label=gettext_lazy("counted in"), choices=_UNITS)
    full_count = forms.IntegerField(
        label=gettext_lazy("Full answer within"),
        help_text=gettext_lazy("Empty: as the guideline says."),
        min_value=1,
        max_value=999,
        required=False,
    )
    full_unit = forms.ChoiceField(
        label=gettext_lazy("counted in"), choices=_UNITS, initial="working days"
    )
    calendar = forms.ModelChoiceField(
        Calendar.objects.none(),
        label=gettext_lazy("Working times"),
        empty_label=gettext_lazy("The municipality's"),
        required=False,
    )
    why = forms.CharField(label=gettext_lazy("Why?"), max_length=2000, widget=_WHY)

    def __init__(self, *args: Any, calendars: Sequence[Calendar], **kw: Any) -> None:
        super().__init__(*args, **kw)
        calendar = self.fields["calendar"]
        assert isinstance(calendar, forms.ModelChoiceField)  # noqa: S101 (types)
        keys = [one.pk for one in calendars]
        calendar.queryset = Calendar.objects.filter(pk__in=keys).order_by("name")

    @property
    def wanted(self) -> Wanted:
        """Return what is to hold."""
        told = self.cleaned_data
        return Wanted(self._span("first"), self._span("full"), told["calendar"])

    def _span(self, clock: str) -> str:
        count, unit = (self.cleaned_data[f"{clock}_{n}"] for n in ("count", "unit"))
        return f"{count} {unit}" if count else ""


def first_values(first: str, full: str, calendar: int | None) -> dict[str, object]:
    """Return what a channel has as the form's first values."""
    return {**_split("first", first), **_split("full", full), "calendar": calendar}


def _split(clock: str, span: str) -> dict[str, object]:
    count, _space, unit = span.partition(" ")
    if not count.isdigit():
        return {}
    plural = unit if unit.endswith("s") else f"{unit}s"
    return {f"{clock}_count": int(count), f"{clock}_unit": plural}
