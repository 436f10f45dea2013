"""Forms for handing an item on, putting it aside and noting something about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import User
from uppsikt.inbox import internal_notes, snoozing

OWN_DAY = "own"


class AssignForm(forms.Form):
    """Which colleague the item is given to."""

    to = forms.ChoiceField(label=gettext_lazy("Colleague"))

    def __init__(self, data: Any, people: Sequence[User]) -> None:
        super().__init__(data, auto_id="assign-%s")
        self.people = {str(person.pk): person for person in people}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        named = [(pk, _named(person)) for pk, person in self.people.items()]
        field.choices = [("", _("Choose a colleague")), *named]

    @property
    def person(self) -> User:
        """Return who was chosen."""
        return self.people[self.cleaned_data["to"]]


class SnoozeForm(forms.Form):
    """Until when something is put aside, and perhaps why."""

    until = forms.ChoiceField(label=gettext_lazy("Until"), widget=forms.RadioSelect)
    day = DayField(label=gettext_lazy("Day of your own"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Why (optional)"), max_length=500, required=False
    )

    def __init__(self, data: Any, at: datetime) -> None:
        self.times = {choice.name: choice for choice in snoozing.choices(at)}
        super().__init__(data, initial={"until": "day"}, auto_id="snooze-%s")
        self.at = at
        field = self.fields["until"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        usual = [(c.name, _offered(c)) for c in self.times.values()]
        field.choices = [*usual, (OWN_DAY, _("Another day"))]

    def clean(self) -> dict[str, Any]:
        """Ask for the day where one of one's own is chosen."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("until") == OWN_DAY and not told.get("day"):
            self.add_error("day", _("Which day?"))
        return told

    @property
    def moment(self) -> datetime:
        """Return when it shall come back."""
        chosen: str = self.cleaned_data["until"]
        if chosen in self.times:
            return self.times[chosen].until
        return snoozing.morning_of(self.cleaned_data["day"], at=self.at)


class NoteForm(forms.Form):
    """A note to colleagues."""

    text = forms.CharField(
        label=gettext_lazy("Note to colleagues"),
        help_text=gettext_lazy(
            "Only colleagues see it, and it is never sent. It is part of the record "
            "and cannot be changed afterwards."
        ),
        max_length=internal_notes.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="note-%s")


def _named(person: User) -> str:
    return ", ".join(part for part in (str(person), person.title) if part)


def _offered(choice: snoozing.Choice) -> str:
    local = timezone.localtime(choice.until)
    return f"{_(choice.words)} ({written(local, 'l j F H.i')})"
