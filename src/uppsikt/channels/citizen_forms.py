"""What anybody may send us without signing in: a report, or a suggestion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.addresses import WORDS
from uppsikt.channels.models import Channel, Feedback
from uppsikt.platforms.accounts import Account, canonical
from uppsikt.platforms.accounts_reading import LONGEST
from uppsikt.platforms.catalogue import SITES

_LONGEST_REPORT: Final = 2000
_LONGEST_SUGGESTION: Final = 4000


def _text(label: Any, *, longest: int, required: bool, help_text: Any) -> Any:
    area = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=area,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know of: an address, or a name and where it is."""

    text: str = ""
    site: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Asked":
        """Return what the address asks; a platform that we do not know is left out."""
        site = asked.get("plattform", "")
        return cls(asked.get("url", "").strip(), site if site in SITES else "")

    @property
    def shown(self) -> str:
        """Return as much of the text as any address has."""
        return self.text[:LONGEST]


class ReportForm(forms.Form):
    """An account that may be false, or ours and forgotten."""

    url = forms.CharField(
        label=gettext_lazy("The account's address"),
        max_length=LONGEST,
        help_text=gettext_lazy("Copy it from the browser or with Share in the app."),
    )
    said = _text(
        gettext_lazy("What have you seen?"),
        longest=_LONGEST_REPORT,
        required=False,
        help_text=gettext_lazy(
            "Write nothing secret. What you send is an official document."
        ),
    )

    def clean_url(self) -> Account:
        """Return the account that the address leads to."""
        found = canonical(self.cleaned_data["url"])
        if not isinstance(found, Account):
            raise forms.ValidationError(_(WORDS[found.why]))
        return found


class ChannelField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A channel of ours, by its name and its platform."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what the public list calls the channel, and where it is."""
        return f"{obj.name} ({_(obj.platform.label)})"


class SuggestionForm(forms.Form):
    """What a visitor wants to say of a channel, and how to answer, if they like."""

    kanal = ChannelField(
        Channel.objects.none(),
        label=gettext_lazy("Channel"),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose a channel"),
    )
    slag = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=Feedback.Kind.choices,
        initial=Feedback.Kind.CHANNEL,
        widget=forms.RadioSelect,
    )
    text = _text(
        gettext_lazy("Your suggestion"),
        longest=_LONGEST_SUGGESTION,
        required=True,
        help_text=gettext_lazy(
            "What you send is an official document. Write nothing secret about "
            "yourself or anybody else."
        ),
    )
    epost = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Only if you want an answer. You may be anonymous."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = self.fields["kanal"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (types)
        field.queryset = Channel.objects.open().order_by("name")
