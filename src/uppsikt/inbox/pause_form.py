"""What is asked before the clock of a full answer stands still."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from uppsikt.governance.day_field import DayField
from uppsikt.inbox import pausing


class PauseForm(forms.Form):
    """Why nothing can be answered yet, and through which day."""

    reason = forms.ChoiceField(label=gettext_lazy("What do you wait for?"))
    until = DayField(label=gettext_lazy("Through which day?"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Only colleagues see it."),
    )

    def __init__(self, *args: Any, at: datetime, **kw: Any) -> None:
        super().__init__(*args, **kw | {"auto_id": "pause-%s"})
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)  # noqa: S101 (types)
        reason.choices = list(pausing.reasons(at=at).items())
        week = timezone.localtime(at).date() + timedelta(days=7)
        self.fields["until"].initial = week
