"""What is asked of a person who enters by hand what stood at a platform."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.models import Channel
from uppsikt.inbox.by_hand import PICTURES, Told
from uppsikt.platforms import ItemKind
from uppsikt.records import media

MOMENT: Final = "%Y-%m-%dT%H:%M"
LONGEST: Final = 100_000


class EntryForm(forms.Form):
    """Something that a person saw at a platform that no program reads."""

    channel = forms.ModelChoiceField(
        Channel.objects.none(), label=gettext_lazy("Channel")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=(
            (ItemKind.REPLY.value, gettext_lazy("A comment")),
            (ItemKind.POST.value, gettext_lazy("A post")),
            (ItemKind.MENTION.value, gettext_lazy("A post that mentions or tags us")),
            (ItemKind.REVIEW.value, gettext_lazy("A review")),
            (ItemKind.MESSAGE.value, gettext_lazy("A private message")),
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Paste it as it stands."),
    )
    author = forms.CharField(
        label=gettext_lazy("Written by"),
        max_length=200,
        help_text=gettext_lazy("The name as the platform shows it."),
    )
    published_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
        input_formats=[MOMENT, f"{MOMENT}:%S"],
    )
    url = forms.URLField(
        label=gettext_lazy("Link"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=gettext_lazy("The same link twice becomes one item."),
    )
    picture = forms.FileField(
        label=gettext_lazy("Screenshot"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG or WebP. Never save or upload what may show the abuse of "
            "a child: take no picture, call the police."
        ),
    )

    def __init__(
        self, data: Any, files: Any, *, channels: list[int], now: datetime
    ) -> None:
        super().__init__(data, files, initial={"published_at": timezone.localtime(now)})
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the types)
        rows = Channel.objects.filter(pk__in=channels).select_related("node")
        field.queryset = rows.order_by("name")

    def clean_picture(self) -> Any:
        """Refuse what is too large before any of it is read into memory."""
        picture = self.cleaned_data["picture"]
        limit = max(media.LARGEST[kind] for kind in PICTURES)
        if picture and picture.size > limit:
            words = _("The file is larger than %(limit)d MB, which is the most.")
            raise forms.ValidationError(words % {"limit": limit // media.MEBIBYTE})
        return picture

    @property
    def told(self) -> Told:
        """Return what the person saw."""
        told = self.cleaned_data
        kind = ItemKind(told["kind"])
        return Told(
            text=told["text"],
            author=told["author"],
            published_at=told["published_at"],
            url=told["url"],
            kind=kind,
            public=kind is not ItemKind.MESSAGE,
            picture=told["picture"].read() if told["picture"] else b"",
        )
