"""What is asked on the pages about the guideline's text, reviews and laws."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance.models import GuidelineReview
from uppsikt.records import media


def long_text(rows: int = 5) -> forms.Textarea:
    """Return a field for several sentences."""
    return forms.Textarea(attrs={"rows": rows})


def within_limit(given: Any, kind: str) -> Any:
    """Refuse a file that is too large before any of it is read into memory."""
    if given and given.size > media.LARGEST[kind]:
        words = _("The file is larger than %(limit)d MB, which is the most.")
        limit = media.LARGEST[kind] // media.MEBIBYTE
        raise forms.ValidationError(words % {"limit": limit})
    return given


class TextForm(forms.Form):
    """The document that was decided."""

    file = forms.FileField(
        label=gettext_lazy("The document as it was decided"),
        help_text=gettext_lazy("PDF, or a text file in UTF-8."),
    )
    text = forms.FileField(
        label=gettext_lazy("Its text, if the document is a PDF"),
        required=False,
        help_text=gettext_lazy(
            "A text file in UTF-8. Without it the demands cannot be read out of a PDF."
        ),
    )

    def clean_file(self) -> Any:
        return within_limit(self.cleaned_data["file"], media.PDF)

    def clean_text(self) -> Any:
        return within_limit(self.cleaned_data["text"], media.TEXT)


class ReviewForm(forms.Form):
    """What the yearly review came to."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=GuidelineReview.Outcome.choices,
        widget=forms.RadioSelect,
    )
    notes = forms.CharField(
        label=gettext_lazy("What did you look at, and what did you find?"),
        max_length=5000,
        widget=long_text(),
    )


class LawForm(forms.Form):
    """That a law was looked up, and what was found."""

    changed = forms.BooleanField(
        label=gettext_lazy("The law has changed since it was last looked up"),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=long_text(3),
        help_text=gettext_lazy(
            "If it has changed: what is new, and which rule it touches. The note can "
            "be given as a reason for a new version of the guideline."
        ),
    )
