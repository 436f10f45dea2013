"""What is asked when a list of channels is taken in: the file, and its columns."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.headings import FIELDS, Layout, labels

ACCEPTED: Final = ".xlsx,.csv,.txt"


class FileForm(forms.Form):
    """A list to take in."""

    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "Excel (.xlsx) or CSV, at most 5 MB and 2,000 rows. You see what will "
            "happen to each row before anything is entered."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class LayoutForm(forms.Form):
    """Which column of the file is what."""

    def __init__(self, layout: Layout, asked: Mapping[str, str] | None = None) -> None:
        super().__init__(asked, initial=dict(layout.columns), auto_id="column_%s")
        choices = [("", _("Not in the file")), *_headings(layout)]
        for name in FIELDS:
            self.fields[name] = forms.TypedChoiceField(
                label=labels()[name],
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
            )

    def clean(self) -> None:
        """Refuse one column for two things."""
        super().clean()
        taken: dict[int, str] = {}
        for name, place in self.columns.items():
            if place in taken:
                words = _("The same column is chosen for “%(other)s”.")
                self.add_error(name, words % {"other": labels()[taken[place]]})
            taken[place] = name

    @property
    def columns(self) -> dict[str, int]:
        """Return the columns that were chosen, by field."""
        told: dict[str, Any] = self.cleaned_data
        return {name: told[name] for name in FIELDS if told.get(name) is not None}


class UndoForm(forms.Form):
    """Why an import is undone."""

    why = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def asked_columns(asked: Mapping[str, str]) -> Mapping[str, str] | None:
    """Return what an address or a form says of columns, or None when it is silent."""
    told = {name: asked[name] for name in FIELDS if name in asked}
    return told or None


def _headings(layout: Layout) -> list[tuple[int, str]]:
    cells = enumerate(layout.header.cells)
    return [(n, cell or _("Column %(n)d") % {"n": n + 1}) for n, cell in cells]
