"""What is asked of who refers a question, moves a matter, or keeps the parties."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import User
from uppsikt.inbox import referring
from uppsikt.inbox.answer_forms import LONGEST, read_as_one_types
from uppsikt.inbox.models import Draft, Item
from uppsikt.inbox.parties import Seat


class ReferralForm(forms.Form):
    """A referral to the parties of the council."""

    text = forms.CharField(
        label=gettext_lazy("What we write"),
        max_length=LONGEST,
        strip=False,
        help_text=gettext_lazy("Name every party. The order is the alphabet's."),
        widget=forms.Textarea(attrs={"rows": 7, "data-draft": "referral"}),
    )

    def __init__(
        self,
        data: Any,
        item: Item,
        user: User,
        now: datetime,
        draft: Draft | None = None,
    ) -> None:
        text = draft.text if draft else referring.referral(item, user, at=now)
        super().__init__(data, initial={"text": text}, auto_id="referral-%s")
        read_as_one_types(self, item, "referral")


class MoveForm(forms.Form):
    """Where a person's own matter is led, and what we write about it."""

    where = forms.CharField(
        label=gettext_lazy("Where to?"),
        max_length=200,
        help_text=gettext_lazy("An e-service, a telephone number or an address."),
    )
    text = forms.CharField(
        label=gettext_lazy("What we write"),
        max_length=LONGEST,
        strip=False,
        help_text=gettext_lazy("Never ask for an identity number here."),
        widget=forms.Textarea(attrs={"rows": 5, "data-draft": "moved"}),
    )

    def __init__(
        self,
        data: Any,
        item: Item,
        user: User,
        now: datetime,
        draft: Draft | None = None,
    ) -> None:
        text = draft.text if draft else referring.invitation(item, user, at=now)
        initial = {"text": text, "where": item.channel.contact}
        super().__init__(data, initial=initial, auto_id="moved-%s")
        read_as_one_types(self, item, "moved")


class PartyForm(forms.Form):
    """A party that has taken a seat in the council."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    url = forms.URLField(
        label=gettext_lazy("Link to contact"), max_length=300, assume_scheme="https"
    )
    since = DayField(label=gettext_lazy("Represented from"))

    @property
    def seat(self) -> Seat:
        """Return what was told."""
        return Seat(**self.cleaned_data)


class EndForm(forms.Form):
    """The last day of a party in the council."""

    until = DayField(label=gettext_lazy("Represented until"))
