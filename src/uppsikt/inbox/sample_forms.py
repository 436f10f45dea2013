"""What is asked of whoever reviews an answer: each point, and a note."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from uppsikt.inbox.models import SampledAnswer

MET: Final = "met"
SAID: Final[Mapping[str, bool | None]] = {MET: True, "unmet": False, "none": None}
_CHOICES: Final = (
    (MET, gettext_lazy("Yes")),
    ("unmet", gettext_lazy("No")),
    ("none", gettext_lazy("Does not apply")),
)
_POINT: Final = "point-"


class ReviewForm(forms.Form):
    """Each point of the guideline, met or not, and what could be better."""

    note = forms.CharField(
        label=gettext_lazy("What could be better?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Write about the text, not about who wrote it."),
    )

    def __init__(
        self, data: Any, answer: SampledAnswer, points: Mapping[str, str]
    ) -> None:
        said = {value: name for name, value in SAID.items()}
        marks = {m.point: said[m.met] for m in answer.marks.all()}
        first = {f"{_POINT}{code}": mark for code, mark in marks.items()}
        super().__init__(data, initial={"note": answer.note, **first})
        for code, words in points.items():
            self.fields[f"{_POINT}{code}"] = forms.ChoiceField(
                label=words,
                choices=_CHOICES,
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Choose one.")},
            )
        self.order_fields([f"{_POINT}{code}" for code in points])

    @property
    def marks(self) -> dict[str, bool | None]:
        """Return what was found, by point."""
        told = self.cleaned_data.items()
        return {
            name.removeprefix(_POINT): SAID[said]
            for name, said in told
            if name.startswith(_POINT)
        }
