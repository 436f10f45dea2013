"""What is asked on the pages about a channel's people, its recovery and self-check."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.authorising import Grant, Kind
from uppsikt.channels.forms import PersonField
from uppsikt.channels.recovering import must_hold_no_secret
from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import Node, User
from uppsikt.policy.guideline import Control


class AuthoriseForm(forms.Form):
    """Who may do what, where, and from when until when."""

    person = PersonField(label=gettext_lazy("Who?"))
    kind = forms.ChoiceField(label=gettext_lazy("May do what?"), choices=Kind.choices)
    node = forms.ModelChoiceField(
        Node.objects.none(),
        label=gettext_lazy("Where?"),
        empty_label=None,
        help_text=gettext_lazy("At a unit or department it holds for all channels."),
    )
    since = DayField(label=gettext_lazy("From"))
    until = DayField(
        label=gettext_lazy("Through"),
        required=False,
        help_text=gettext_lazy("Leave empty for until further notice."),
    )

    def __init__(
        self, *args: Any, places: QuerySet[Node], today: date, **kw: Any
    ) -> None:
        kw.setdefault("initial", {"since": today, "node": places.last()})
        kw.setdefault("auto_id", "authorise_%s")
        super().__init__(*args, **kw)
        node = self.fields["node"]
        assert isinstance(node, forms.ModelChoiceField)  # noqa: S101 (types)
        node.queryset = places

    def clean(self) -> None:
        """Refuse a last day before the first."""
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first."))

    @property
    def grant(self) -> Grant:
        """Return what was decided."""
        told = self.cleaned_data
        return Grant(Kind(told["kind"]), told["since"], told["until"])


class RecoveryForm(forms.Form):
    """Where the recovery codes are kept and who knows: never the codes."""

    kept_at = forms.CharField(
        label=gettext_lazy("Where are the recovery codes kept?"),
        max_length=300,
        help_text=gettext_lazy(
            "Such as the name of the password vault and of the entry. Never a code."
        ),
    )
    known_by = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who knows?"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Sequence[User], **kw: Any) -> None:
        kw.setdefault("auto_id", "recovery_%s")
        super().__init__(*args, **kw)
        known = self.fields["known_by"]
        assert isinstance(known, forms.ModelMultipleChoiceField)  # noqa: S101 (types)
        known.queryset = User.objects.filter(pk__in=[p.pk for p in people])

    def clean_kept_at(self) -> str:
        """Refuse what looks like a code, and do not write it back on the page."""
        text: str = self.cleaned_data["kept_at"]
        try:
            must_hold_no_secret(text)
        except forms.ValidationError:
            self.data = {k: v for k, v in self.data.items() if k != "kept_at"}
            raise
        return text


class SelfCheckForm(forms.Form):
    """Yes or no to every question about the channel, with a note to each."""

    def __init__(self, *args: Any, asked: Sequence[Control], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.asked = asked
        for control in asked:
            self.fields[control.fact] = forms.ChoiceField(
                label=control.says,
                widget=forms.RadioSelect,
                choices=[("yes", _("Yes, so it is")), ("no", _("No, not yet"))],
            )
            self.fields[f"{control.fact}_note"] = forms.CharField(
                label=_("Note"), required=False, max_length=1000
            )

    @property
    def answers(self) -> dict[str, bool]:
        """Return the answer to each question, by the name of its fact."""
        return {c.fact: self.cleaned_data[c.fact] == "yes" for c in self.asked}

    @property
    def notes(self) -> dict[str, str]:
        """Return what was noted to each question."""
        return {c.fact: self.cleaned_data[f"{c.fact}_note"] for c in self.asked}
