"""What is asked when a channel is reviewed."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.reviewing import QUESTIONS, Review, Said
from uppsikt.governance.day_field import DayField
from uppsikt.policy.channel_review import Answer, Outcome

_LONGEST: Final = 4000
ANSWERS: Final = [
    (Answer.YES, gettext_lazy("Yes, still true")),
    (Answer.CHANGED, gettext_lazy("It has changed")),
    (Answer.NO, gettext_lazy("No")),
]
OUTCOMES: Final = [
    (Outcome.KEEP, gettext_lazy("Keep the channel as it is")),
    (Outcome.CHANGE, gettext_lazy("Keep it, but the card is to be changed")),
    (Outcome.CLOSE, gettext_lazy("Begin to close the channel")),
]
LABELS: Final = {
    "purpose": gettext_lazy("Is the purpose still true?"),
    "audience": gettext_lazy("Is the target group still the right one?"),
    "goal": gettext_lazy("Does it still contribute to the goals?"),
    "benefit": gettext_lazy("Is it still of benefit to the target group?"),
    "resources": gettext_lazy("Are there still people and time?"),
}


def _words(rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("What has changed, or why not?"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReviewForm(forms.Form):
    """Whether each thing on the card is still true, and what is decided."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=OUTCOMES, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "Needed unless all is still true and the channel is kept as it is."
        ),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **{"auto_id": "review_%s", **kw})
        for name, label in LABELS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=ANSWERS, widget=forms.RadioSelect
            )
            self.fields[f"{name}_text"] = _words()

    def asked(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """Yield each question with its answer and its words."""
        for name in QUESTIONS:
            yield name, self[name], self[f"{name}_text"]

    def clean(self) -> None:
        """Ask for words wherever the answer is no plain yes."""
        super().clean()
        told = self.cleaned_data
        doubted = [n for n in QUESTIONS if told.get(n) not in (None, Answer.YES)]
        for name in doubted:
            if not told.get(f"{name}_text"):
                self.add_error(f"{name}_text", _("Say what has changed, or why not."))
        decided = told.get("outcome")
        kept = decided in (None, Outcome.KEEP) and not doubted
        if not kept and not told.get("note"):
            self.add_error("note", _("Write why. It is kept with the decision."))

    @property
    def review(self) -> Review:
        """Return what was answered and decided."""
        told = self.cleaned_data
        answers = {n: Said(Answer(told[n]), told[f"{n}_text"]) for n in QUESTIONS}
        return Review(answers, Outcome(told["outcome"]), told["note"])


class ViewForm(forms.Form):
    """What whoever runs the channel says before the review."""

    view = forms.CharField(
        label=gettext_lazy("How do you see it?"),
        help_text=gettext_lazy(
            "What works, what does not, and is there time? Your manager reads it."
        ),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LastPostForm(forms.Form):
    """The day of the last own post, where no program sees it."""

    day = DayField(
        label=gettext_lazy("Our last post came on"),
    )

    def __init__(self, *args: Any, now: datetime, **kw: Any) -> None:
        self.today = timezone.localtime(now).date()
        super().__init__(*args, **kw)

    def clean_day(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("Give today or a day that has passed."))
        return day
