"""A working calendar as people write it: intervals, eves, short and closed days."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import Node
from uppsikt.inbox.calendars import Wanted
from uppsikt.policy.named_days import BRIDGE_DAY, EVES
from uppsikt.policy.office_hours import DAYS, OfficeHours
from uppsikt.policy.workdays import WEEKDAYS, BadCalendar

_INTERVAL: Final = re.compile(r"(\d{1,2})[.:](\d\d)\s*[-–]\s*(\d{1,2})[.:](\d\d)")
_CLOCK: Final = re.compile(r"(.+?)\s+(?:kl\.?\s*)?(\d{1,2})[.:](\d\d)")
_NAMED: Final = tuple((name, name) for name in (*EVES, BRIDGE_DAY))
_LINES: Final = forms.Textarea(attrs={"rows": 3})


class HoursForm(forms.Form):
    """When people are at work, and from which day that holds."""

    starts_on = DayField(
        label=gettext_lazy("From and including"),
        help_text=gettext_lazy("Today or later. What has been stays as it was."),
    )
    eves_free = forms.MultipleChoiceField(
        label=gettext_lazy("Eves and bridge days that are free"),
        choices=_NAMED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    half_days = forms.CharField(
        label=gettext_lazy("Days that end early"),
        help_text=gettext_lazy(
            "One on each line: an eve or a date, and when the day ends. For example "
            "skärtorsdag 12.00 or 2026-12-23 12.00."
        ),
        required=False,
        max_length=4000,
        widget=_LINES,
    )
    closed = forms.CharField(
        label=gettext_lazy("Closed days"),
        help_text=gettext_lazy(
            "One on each line: a date and why. For example 2026-12-28 Stängt i "
            "mellandagarna. Public holidays are free by themselves."
        ),
        required=False,
        max_length=8000,
        widget=_LINES,
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, timezone: str, first_day: date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.timezone, self.first_day = timezone, first_day
        days = {
            day: forms.CharField(
                label=_(WEEKDAYS[n]),
                required=False,
                max_length=200,
                help_text=_("For example 08.00–12.00, 13.00–16.30. Empty is closed.")
                if n == 0
                else "",
            )
            for n, day in enumerate(DAYS)
        }
        self.fields = {"starts_on": self.fields["starts_on"], **days, **self.fields}

    @property
    def wanted(self) -> Wanted:
        """Return how the calendar is to be."""
        told = self.cleaned_data
        return Wanted(told["hours"], told["starts_on"], told["why"])

    def clean_starts_on(self) -> date:
        """Refuse a day that has passed."""
        day: date = self.cleaned_data["starts_on"]
        if day < self.first_day:
            raise ValidationError(_("Choose today or a later day."))
        return day

    def clean_half_days(self) -> dict[str, time]:
        """Return the days that end early, each with its hour."""
        return dict(map(_half_day, _lines(self.cleaned_data["half_days"])))

    def clean_closed(self) -> dict[date, str]:
        """Return the closed days, each with its name."""
        return dict(map(_closed_day, _lines(self.cleaned_data["closed"])))

    def clean(self) -> dict[str, Any]:
        """Refuse hours that cannot be carried out."""
        told = super().clean() or self.cleaned_data
        hours = {day: self._intervals(day) for day in DAYS}
        if not self.errors:
            try:
                told["hours"] = self._hours(hours)
                told["hours"].calendar()
            except BadCalendar as bad:
                self.add_error(None, _(bad.message.msgid) % bad.message.details)
        return told

    def _hours(self, hours: dict[str, tuple[str, ...]]) -> OfficeHours:
        return OfficeHours(
            hours={day: spans for day, spans in hours.items() if spans},
            timezone=self.timezone,
            eves_free=frozenset(self.cleaned_data["eves_free"]),
            half_days=self.cleaned_data["half_days"],
            closed=self.cleaned_data["closed"],
        )

    def _intervals(self, day: str) -> tuple[str, ...]:
        said = self.cleaned_data.get(day, "")
        try:
            return tuple(_interval(part) for part in re.split("[,;]", said) if part)
        except ValidationError as wrong:
            self.add_error(day, wrong)
            return ()


class NewCalendarForm(HoursForm):
    """A new calendar: what it is called, and for which part of the organisation."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("For example Bibliotekets öppettider."),
    )
    node = forms.ModelChoiceField(
        Node.objects.none(),
        label=gettext_lazy("For channels in"),
        empty_label=None,
    )
    field_order = ("name", "node")

    def __init__(self, *args: Any, places: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        node = self.fields["node"]
        assert isinstance(node, forms.ModelChoiceField)  # noqa: S101 (types)
        node.queryset = places
        self.order_fields(self.field_order)


def as_written(hours: OfficeHours) -> dict[str, object]:
    """Return `hours` as the form's first values."""
    half = (f"{day} {clock:%H.%M}" for day, clock in hours.half_days.items())
    closed = (f"{day} {name}" for day, name in sorted(hours.closed.items()))
    return {
        **{day: said(hours.hours.get(day, ())) for day in DAYS},
        "eves_free": sorted(hours.eves_free),
        "half_days": "\n".join(half),
        "closed": "\n".join(closed),
    }


def said(intervals: tuple[str, ...]) -> str:
    """Return a day's intervals as people write them: "08.00–12.00, 13.00–16.30"."""
    return ", ".join(intervals).replace(":", ".").replace("-", "–")


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _interval(text: str) -> str:
    found = _INTERVAL.fullmatch(text.strip())
    if found is None:
        raise ValidationError(_("Write like 08.00–12.00, 13.00–16.30."))
    opens, closes = _clock(found[1], found[2]), _clock(found[3], found[4])
    return f"{opens:%H:%M}-{closes:%H:%M}"


def _clock(hour: str, minute: str) -> time:
    try:
        return time(int(hour) % 24 if int(hour) == 24 else int(hour), int(minute))  # noqa: PLR2004
    except ValueError as wrong:
        words = _("There is no such time of day: %(clock)s.")
        raise ValidationError(words % {"clock": f"{hour}.{minute}"}) from wrong


def _half_day(line: str) -> tuple[str, time]:
    found = _CLOCK.fullmatch(line)
    if found is None or not (
        found[1] in EVES or found[1] == BRIDGE_DAY or _day(found[1])
    ):
        words = _("“%(line)s” is no eve or date with a time, like skärtorsdag 12.00.")
        raise ValidationError(words % {"line": line})
    return found[1], _clock(found[2], found[3])


def _closed_day(line: str) -> tuple[date, str]:
    text, _space, name = line.partition(" ")
    day = _day(text)
    if day is None or not name.strip():
        words = _("“%(line)s” is no date with a reason, like 2026-12-28 Stängt.")
        raise ValidationError(words % {"line": line})
    return day, name.strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
