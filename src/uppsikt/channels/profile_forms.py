"""What a person is asked who has looked at a profile."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.profile_acts import PICTURES, Told
from uppsikt.platforms.profile_fields import LABELS, Text

_TAKEN: Final = ",".join(PICTURES)
TOO_LARGE: Final = 30 * 1024 * 1024


class SeenForm(forms.Form):
    """Which texts stand there, where, and the picture that shows it."""

    texts = forms.MultipleChoiceField(
        label=gettext_lazy("These texts stand there, word for word"),
        choices=[(text.value, gettext_lazy(LABELS[text])) for text in Text],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.CharField(
        label=gettext_lazy("Where on the channel?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For example: About, or the link of a pinned post."),
    )
    impossible = forms.CharField(
        label=gettext_lazy("If the rules for comments cannot stand there: why?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    picture = forms.FileField(
        label=gettext_lazy("Screenshot of the profile"),
        help_text=gettext_lazy(
            "PNG, JPEG or WebP, of the profile only. No comments by others."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": _TAKEN}),
    )
    version = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kw: Any) -> None:
        kw.setdefault("auto_id", "seen_%s")
        super().__init__(*args, **kw)

    def clean_picture(self) -> Any:
        """Refuse what is larger than any picture before it is read."""
        picture = self.cleaned_data["picture"]
        if picture.size > TOO_LARGE:
            raise forms.ValidationError(_("The picture is larger than 30 MB."))
        return picture

    def clean(self) -> None:
        """Refuse that the rules stand there and cannot."""
        super().clean()
        told = self.cleaned_data
        if told.get("impossible", "").strip() and Text.RULES in told.get("texts", ()):
            self.add_error(
                "impossible", _("You have ticked that the rules stand there.")
            )

    @property
    def told(self) -> Told:
        """Return what was answered."""
        said = self.cleaned_data
        return Told(
            texts=frozenset(Text(name) for name in said["texts"]),
            version=said["version"],
            picture=said["picture"].read(),
            place=said["place"],
            impossible=said["impossible"],
        )
