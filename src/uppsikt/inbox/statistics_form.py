"""Which figures somebody asks for: from when until when, of what, and told by what."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.listing import Places
from uppsikt.channels.models import Channel
from uppsikt.governance.day_field import DayField
from uppsikt.inbox.figures import Wanted

LONGEST: Final = timedelta(days=5 * 366)
PER: Final = (
    ("kanal", gettext_lazy("channel")),
    ("forvaltning", gettext_lazy("department")),
    ("manad", gettext_lazy("month")),
    ("vecka", gettext_lazy("week")),
)


class StatisticsForm(forms.Form):
    """What figures to show. Everything has a first value."""

    fran = DayField(label=gettext_lazy("From and including"), required=False)
    till = DayField(label=gettext_lazy("Until and including"), required=False)
    per = forms.ChoiceField(label=gettext_lazy("Told by"), choices=PER, required=False)
    forvaltning = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    kanal = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        channels: Mapping[int, Channel],
        places: Places,
        today: date,
    ) -> None:
        told = {**first_values(today), **{k: v for k, v in data.items() if v}}
        super().__init__(told, auto_id="statistics-%s")
        self.channels, self.places, self.today = channels, places, today
        self._choose("kanal", [(str(pk), c.name) for pk, c in channels.items()])
        named = {places.department(c) for c in channels.values()} - {""}
        self._choose("forvaltning", [(name, name) for name in sorted(named)])
        self.is_valid()

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        field.choices = [("", _("All")), *choices]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins, or is very long."""
        told = super().clean() or self.cleaned_data
        first, last = told.get("fran"), told.get("till")
        if first and last and not first <= last <= first + LONGEST:
            words = _("Choose days in order, at most five years apart.")
            self.add_error("till", words)
        return told

    @property
    def told_by(self) -> str:
        """Return by what the figures are told."""
        return str(self.cleaned_data.get("per") or "kanal")

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day; the usual ones where they are refused."""
        usual = first_values(self.today)
        told = {} if self.errors else self.cleaned_data
        return told.get("fran") or usual["fran"], told.get("till") or usual["till"]

    @property
    def wanted(self) -> Wanted:
        """Return of what the figures are."""
        first, last = self.days
        step = self.told_by if self.told_by in ("manad", "vecka") else ""
        return Wanted(
            self._chosen(), _midnight(first), _midnight(last + timedelta(1)), step
        )

    def _chosen(self) -> list[Channel]:
        told = self.cleaned_data
        return [
            c
            for pk, c in self.channels.items()
            if told.get("kanal") in ("", None, str(pk))
            and told.get("forvaltning") in ("", None, self.places.department(c))
        ]


def first_values(today: date) -> dict[str, Any]:
    """Return the usual time: this month and the two before it."""
    first = today.replace(day=1)
    for _n in range(2):
        first = (first - timedelta(days=1)).replace(day=1)
    return {"fran": first, "till": today, "per": "kanal"}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
