"""What is asked of a person who answers, gets back, or lets an item pass."""

from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.checks.text.tone import greeting
from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import User
from uppsikt.inbox import drafts, hints
from uppsikt.inbox.models import Draft, Item
from uppsikt.policy.words import N_

NO_ANSWER: Final = (
    N_("Thanks or praise"),
    N_("Only a sign or a name"),
    N_("Answered elsewhere in the thread"),
    N_("Not meant for us"),
)
LONGEST: Final = 100_000


class AnswerForm(forms.Form):
    """An answer from the channel's account."""

    text = forms.CharField(
        label=gettext_lazy("Answer from the account"),
        max_length=LONGEST,
        strip=False,
        help_text=gettext_lazy("Write to “du”. End with first name, title and unit."),
        widget=forms.Textarea(attrs={"rows": 7, "data-draft": "answer"}),
        error_messages={"required": gettext_lazy("Write an answer first.")},
    )

    def __init__(
        self, data: Any, item: Item, user: User, draft: Draft | None = None
    ) -> None:
        text = draft.text if draft else _begun(item, user)
        super().__init__(data, initial={"text": text}, auto_id="answer-%s")
        read_as_one_types(self, item, "answer")


class PromiseForm(forms.Form):
    """Word that we get back, and by when."""

    promised_for = DayField(
        label=gettext_lazy("Answer no later than"),
    )
    text = forms.CharField(
        label=gettext_lazy("What we write"),
        max_length=LONGEST,
        strip=False,
        help_text=gettext_lazy("If you choose another day, change it in the text too."),
        widget=forms.Textarea(attrs={"rows": 5, "data-draft": "promise"}),
    )

    def __init__(
        self,
        data: Any,
        item: Item,
        user: User,
        now: datetime,
        draft: Draft | None = None,
    ) -> None:
        day = _latest(item, now)
        words = _("Thank you for writing. We get back to you by %(day)s.")
        said = words % {"day": written(day, "j F")}
        text = f"{greeting(item.author_name)} {said}{drafts.beginning(user)}"
        initial = {"promised_for": day, "text": draft.text if draft else text}
        super().__init__(data, initial=initial, auto_id="promise-%s")
        read_as_one_types(self, item, "promise")


class PassByForm(forms.Form):
    """Why an item needs no answer: one of the common reasons, or own words."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why is no answer needed?"),
        widget=forms.RadioSelect,
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("In your own words"), max_length=500, required=False
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="pass-%s")
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        field.choices = [(r, _(r)) for r in NO_ANSWER]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason of either kind."""
        told: dict[str, Any] = super().clean() or {}
        if not (told.get("reason") or told.get("why")):
            raise forms.ValidationError(_("Choose a reason, or write one."))
        return told

    @property
    def words(self) -> str:
        """Return the reason as it is kept."""
        chosen, why = self.cleaned_data["reason"], self.cleaned_data["why"]
        parts = (_(chosen) if chosen else "", why)
        return ". ".join(part for part in parts if part)


class PostedForm(forms.Form):
    """Where a text was posted by hand."""

    url = forms.URLField(
        label=gettext_lazy("Link to the answer"), max_length=500, assume_scheme="https"
    )


def _begun(item: Item, user: User) -> str:
    """Return what was written before it was stopped or failed, or a signed blank."""
    last = item.outgoing
    if last and last.status in ("stopped", "failed") and last.written_by_id == user.pk:
        return last.text
    return hints.beginning(item, user)


def read_as_one_types(form: forms.Form, item: Item, box: str) -> None:
    """Let the text be read a moment after each change, where there is JavaScript."""
    form.fields["text"].widget.attrs |= {
        "hx-post": reverse("item-draft", args=[item.pk, box]),
        "hx-trigger": "input changed delay:600ms, blur changed",
        "hx-target": f"#{box}-hints",
        "hx-swap": "outerHTML",
        "aria-describedby": f"{box}-text_helptext {box}-length",
    }


def _latest(item: Item, now: datetime) -> date:
    due = item.full_due_at
    return timezone.localtime(due if due and due > now else now).date()
