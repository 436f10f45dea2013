"""What is asked of a person who enters by hand what stood at a platform."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from uppsikt.channels.models import Channel
from uppsikt.inbox.by_hand import Told
from uppsikt.inbox.picture_field import PictureField, shown
from uppsikt.platforms import ItemKind

MOMENT: Final = "%Y-%m-%dT%H:%M"
LONGEST: Final = 100_000
SENT: Final = "sent"
"""A private message of our own, which the other kinds never are."""


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
            (SENT, gettext_lazy("A private message that we sent")),
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
        help_text=gettext_lazy(
            "The name as the platform shows it. Of what we sent: to whom."
        ),
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
    picture = PictureField()

    def __init__(
        self, data: Any, files: Any, *, channels: list[int], now: datetime
    ) -> None:
        super().__init__(data, files, initial={"published_at": timezone.localtime(now)})
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the types)
        rows = Channel.objects.filter(pk__in=channels).select_related("node")
        field.queryset = rows.order_by("name")

    @property
    def told(self) -> Told:
        """Return what the person saw."""
        told = self.cleaned_data
        own = told["kind"] == SENT
        kind = ItemKind.MESSAGE if own else ItemKind(told["kind"])
        return Told(
            text=told["text"],
            author=told["author"],
            published_at=told["published_at"],
            url=told["url"],
            kind=kind,
            public=kind is not ItemKind.MESSAGE,
            picture=shown(told["picture"]),
            own=own,
        )
