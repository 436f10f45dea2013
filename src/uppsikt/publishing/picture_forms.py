"""What is asked of a person who means to publish a picture."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.models import Channel
from uppsikt.publishing.models import OwnPicture
from uppsikt.publishing.pictures import Answers
from uppsikt.records import media


class BringForm(forms.Form):
    """Which picture, for which channel, and what it shows."""

    channel = forms.ModelChoiceField(
        Channel.objects.none(), label=gettext_lazy("Channel")
    )
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy(
            "PNG, JPEG or WebP. Where and when it was taken is removed from the file."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(media.PICTURES)}),
    )
    shows = forms.CharField(
        label=gettext_lazy("What does it show?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Use it as the picture's alt text too, for those who cannot see it."
        ),
    )

    def __init__(self, *given: Any, channels: list[int]) -> None:
        super().__init__(*given)
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the types)
        rows = Channel.objects.filter(pk__in=channels).select_related("node")
        field.queryset = rows.order_by("name")

    def clean_picture(self) -> Any:
        """Refuse what is larger than any picture before it is read."""
        given = self.cleaned_data["picture"]
        most = max(media.LARGEST[kind] for kind in media.PICTURES)
        if given.size > most:
            words = _("The file is larger than %(limit)d MB, which is the most.")
            raise forms.ValidationError(words % {"limit": most // media.MEBIBYTE})
        return given


class ClearForm(forms.Form):
    """What a person answers for, whatever the program has seen."""

    basis = forms.ChoiceField(
        label=gettext_lazy(
            "Can anybody be recognised, and on what ground are they seen?"
        ),
        choices=OwnPicture.Basis.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "By face, clothes, place or name. Avoid consent: few are free to say no to "
            "an authority, and what is published can spread all the same."
        ),
    )
    reference = forms.CharField(
        label=gettext_lazy("Which task, agreement or consent?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example the decision or the agreement's number."),
    )
    words = forms.ChoiceField(
        label=gettext_lazy("Is there text in the picture?"),
        choices=OwnPicture.Words.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Nobody who listens to the page hears a picture's text."
        ),
    )
    no_data = forms.BooleanField(
        label=gettext_lazy(
            "No personal data can be read in it that must not be published"
        ),
    )
    decent = forms.BooleanField(
        label=gettext_lazy("Nobody in it can feel violated, and nobody is undressed"),
    )

    @property
    def answers(self) -> Answers:
        """Return what the person answers."""
        told = self.cleaned_data
        return Answers(
            basis=OwnPicture.Basis(told["basis"]),
            words=OwnPicture.Words(told["words"]),
            reference=told["reference"],
        )
