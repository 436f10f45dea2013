"""What is asked about a decision of a place."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance import local_decisions, rules
from uppsikt.governance.day_field import DayField
from uppsikt.governance.local_decisions import AT_ONCE, Disposal, Kind, Told
from uppsikt.governance.models import Node
from uppsikt.records import media
from uppsikt.web import guideline
from uppsikt.web.document.forms import long_text, within_limit

UNITS: Final = (
    ("day", gettext_lazy("days")),
    ("month", gettext_lazy("months")),
    ("year", gettext_lazy("years")),
)


class LocalForm(forms.Form):
    """What was decided, by whom, when, and since when it holds."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("What is decided"), max_length=10_000, widget=long_text(8)
    )
    decided_by = forms.CharField(label=gettext_lazy("Decided by"), max_length=200)
    decided_on = DayField(label=gettext_lazy("Day of the decision"))
    diary_number = forms.CharField(label=gettext_lazy("Diary number"), max_length=60)
    valid_from = DayField(label=gettext_lazy("First day"))
    valid_until = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave empty if it holds until further notice."),
    )
    document = forms.FileField(
        label=gettext_lazy("Document"),
        required=False,
        help_text=gettext_lazy("PDF, or a text file in UTF-8."),
    )

    def __init__(self, *args: Any, now: datetime, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.now = now

    def clean_document(self) -> Any:
        return within_limit(self.cleaned_data["document"], media.PDF)

    def clean_diary_number(self) -> str:
        """Refuse what does not look like a diary number here (R-0-4)."""
        number: str = " ".join(self.cleaned_data["diary_number"].split())
        current = rules.in_force(self.now)
        if re.fullmatch(current.text("diary_pattern"), number) is None:
            words = _("Write a diary number, for example %(example)s.")
            raise forms.ValidationError(words % {"example": current.registry_number})
        return number

    def clean(self) -> dict[str, Any]:
        """Refuse days that cannot be: decided tomorrow, or over before it begins."""
        told = super().clean() or {}
        today = timezone.localtime(self.now).date()
        if told.get("decided_on") and told["decided_on"] > today:
            self.add_error("decided_on", _("The decision cannot be of a day to come."))
        first, last = told.get("valid_from"), told.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("It would end before it begins."))
        return told

    @property
    def disposal(self) -> Disposal | None:
        """Return nothing: only a disposal decision disposes."""
        return None

    @property
    def told(self) -> Told:
        """Return what was decided."""
        asked = self.cleaned_data
        named = ("title", "text", "decided_by", "decided_on", "diary_number")
        given = asked["document"]
        return Told(
            **{name: asked[name] for name in named},
            valid_from=asked["valid_from"],
            valid_until=asked["valid_until"],
            disposal=self.disposal,
            document=given.read() if given else None,
            document_name=given.name if given else "",
        )


class DisposalForm(LocalForm):
    """A disposal decision: of what, where, and after how long (D-14)."""

    category = forms.ChoiceField(label=gettext_lazy("What may be disposed of"))
    channel = forms.ModelChoiceField(
        Node.objects.none(),
        label=gettext_lazy("Channel"),
        required=False,
        empty_label=gettext_lazy("All the authority's channels"),
    )
    count = forms.IntegerField(
        label=gettext_lazy("After how many"),
        min_value=0,
        max_value=999,
        help_text=gettext_lazy("0 means at once, when it is no longer needed."),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Days, months or years"), choices=UNITS)

    field_order = ("title", "category", "channel", "count", "unit", "text")

    def __init__(self, *args: Any, node: Node, now: datetime, **kw: Any) -> None:
        super().__init__(*args, now=now, **kw)
        kinds = self.fields["category"]
        assert isinstance(kinds, forms.ChoiceField)  # noqa: S101 (for the types)
        kinds.choices = list(local_decisions.categories(now).items())
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ModelChoiceField)  # noqa: S101 (for the types)
        channel.queryset = local_decisions.channels_of(node)

    @property
    def disposal(self) -> Disposal:
        """Return what the decision covers."""
        asked = self.cleaned_data
        retention = f"{asked['count']} {asked['unit']}" if asked["count"] else AT_ONCE
        return Disposal(asked["category"], retention, asked["channel"])


class EndForm(forms.Form):
    """The last day of a decision."""

    last_day = DayField(label=gettext_lazy("Last day"))


def form_for(kind: Kind, node: Node, now: datetime) -> Callable[..., LocalForm]:
    """Return what makes a form for a decision of that kind."""
    if kind == Kind.DISPOSAL:
        return partial(DisposalForm, node=node, now=now)
    return partial(LocalForm, now=now)


def retention_said(retention: str) -> str:
    """Return how long something is kept, as people say it: "2 months"."""
    if retention == AT_ONCE:
        return _("at once, when it is no longer needed")
    return guideline.said(retention)
