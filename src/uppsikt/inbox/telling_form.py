"""What everybody on staff is asked who got a message in the service in person."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Node
from uppsikt.inbox.entry_form import MOMENT
from uppsikt.inbox.picture_field import PictureField, shown
from uppsikt.inbox.telling import InPerson
from uppsikt.records.models import Registration

LONGEST: Final = 20_000
PLACES: Final = (Node.Kind.DEPARTMENT, Node.Kind.COMMITTEE, Node.Kind.MUNICIPALITY)
_CHANNEL: Final = "kanal-"


class TellForm(forms.Form):
    """When, from whom, what it said; never which account it came to."""

    place = forms.ChoiceField(label=gettext_lazy("What does it concern?"))
    direction = forms.ChoiceField(
        label=gettext_lazy("Which way did it go?"),
        choices=(
            ("received", gettext_lazy("Somebody wrote to me")),
            ("drawn_up", gettext_lazy("I wrote to somebody")),
        ),
        widget=forms.RadioSelect,
        initial="received",
    )
    party = forms.CharField(
        label=gettext_lazy("The other person's name"),
        max_length=200,
        help_text=gettext_lazy(
            "As it was shown. Never write the name of your own private account."
        ),
    )
    happened_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
        input_formats=[MOMENT, f"{MOMENT}:%S"],
    )
    text = forms.CharField(
        label=gettext_lazy("What did it say?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Paste the message, or tell what it said."),
    )
    picture = PictureField()

    def __init__(self, data: Any, files: Any, *, now: datetime) -> None:
        super().__init__(data, files, initial={"happened_at": timezone.localtime(now)})
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        field.choices = _places()

    @property
    def told(self) -> InPerson:
        """Return what the person tells."""
        told = self.cleaned_data
        return InPerson(
            place=_place(told["place"]),
            direction=Registration.Direction(told["direction"]),
            party=told["party"],
            happened_at=told["happened_at"],
            text=told["text"],
            picture=shown(told["picture"]),
        )


def _places() -> list[Any]:
    """Return the channels and the departments, as a person chooses among them."""
    channels = Channel.objects.open().order_by("name").values_list("pk", "name")
    nodes = Node.objects.filter(kind__in=PLACES, closed_at=None).order_by("path")
    return [
        ("", gettext_lazy("Choose")),
        (gettext_lazy("A channel"), [(f"{_CHANNEL}{pk}", n) for pk, n in channels]),
        (
            gettext_lazy("No certain channel"),
            [(str(n.pk), n.name) for n in nodes],
        ),
    ]


def _place(value: str) -> Channel | Node:
    if value.startswith(_CHANNEL):
        channels = Channel.objects.select_related("node")
        return channels.get(pk=value.removeprefix(_CHANNEL))
    return Node.objects.get(pk=value)
