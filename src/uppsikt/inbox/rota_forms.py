"""What is asked of a person who keeps the rota, or wants to swap a day."""

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import User

AS_ON_THE_CARD: Final = gettext_lazy("As on the card: the person responsible")


class WeekForm(forms.Form):
    """Who has the channel on each weekday."""

    def __init__(self, *args: Any, watchers: QuerySet[User], **kw: Any) -> None:
        super().__init__(*args, **kw | {"auto_id": "week-%s"})
        for number, name in WEEKDAYS.items():
            self.fields[f"day{number}"] = forms.ModelChoiceField(
                watchers, label=name, required=False, empty_label=str(AS_ON_THE_CARD)
            )

    @property
    def week(self) -> dict[int, User]:
        """Return who has which weekday, 0 for Monday; what is left open is left out."""
        told = ((number, self.cleaned_data[f"day{number}"]) for number in WEEKDAYS)
        return {number: user for number, user in told if user}


class DaysForm(forms.Form):
    """Who has the channel for some days, such as a week, whatever the pattern says."""

    day = DayField(label=gettext_lazy("From and including"))
    last = DayField(
        label=gettext_lazy("Until and including"),
        required=False,
        help_text=gettext_lazy("Empty: that day only. At most 31 days."),
    )
    person = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who?"),
        required=False,
        empty_label=gettext_lazy("As the week says"),
    )

    def __init__(self, *args: Any, watchers: QuerySet[User], **kw: Any) -> None:
        super().__init__(*args, **kw | {"auto_id": "days-%s"})
        _choose(self.fields["person"], watchers)


class SwapForm(forms.Form):
    """A day of one's own that a colleague is asked to take, or to swap for theirs."""

    day = DayField(label=gettext_lazy("My day to give away"))
    other = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Who is asked to take it?")
    )
    other_day = DayField(
        label=gettext_lazy("I take this day of theirs instead"), required=False
    )

    def __init__(self, *args: Any, watchers: QuerySet[User], **kw: Any) -> None:
        super().__init__(*args, **kw | {"auto_id": "swap-%s"})
        _choose(self.fields["other"], watchers)


def _choose(field: forms.Field, watchers: QuerySet[User]) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the types)
    field.queryset = watchers
