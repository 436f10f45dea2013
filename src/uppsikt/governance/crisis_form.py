"""What is asked before a crisis is switched on."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from uppsikt.governance.models import Node


class CrisisForm(forms.Form):
    """A crisis: where, what has happened, and for how long it is on."""

    node = forms.ModelChoiceField(
        Node.objects.none(), label=gettext_lazy("Where?"), empty_label=None
    )
    event = forms.CharField(
        label=gettext_lazy("What has happened?"),
        max_length=200,
        help_text=gettext_lazy("For example Vattenläcka i Kvarnby."),
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("For how long?"),
        coerce=int,
        help_text=gettext_lazy("It ends by itself. You can end it sooner."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why is the crisis switch needed?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, places: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        node, hours = self.fields["node"], self.fields["hours"]
        assert isinstance(node, forms.ModelChoiceField)  # noqa: S101 (types)
        assert isinstance(hours, forms.TypedChoiceField)  # noqa: S101 (types)
        node.queryset = places
        hours.choices = [(n, _hours(n)) for n in _LENGTHS]
        hours.initial = 24

    def until(self, at: datetime) -> datetime:
        """Return when it ends by itself, switched on at `at`."""
        return at + timedelta(hours=self.cleaned_data["hours"])


_LENGTHS = (4, 8, 12, 24, 48, 72, 168)


def _hours(count: int) -> str:
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
