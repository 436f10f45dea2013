"""What is asked when a channel is decided, starts, or is given an order."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels import grounds, no_secrets
from uppsikt.channels.handing import Handing
from uppsikt.channels.models import Handover, PresenceOrder
from uppsikt.channels.ordering import Order
from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import User
from uppsikt.policy.guideline import Guideline


class ApproveForm(forms.Form):
    """A tick for each ground, and a word about the decision if there is one."""

    why = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Stands in the decision."),
    )

    def __init__(self, *args: Any, guideline: Guideline, **kw: Any) -> None:
        kw.setdefault("auto_id", "approve_%s")
        super().__init__(*args, **kw)
        self.grounds = [c.fact for c in grounds.asked(guideline)]
        for control in grounds.asked(guideline):
            self.fields[control.fact] = forms.BooleanField(
                label=control.says,
                error_messages={"required": _("Confirm this, or decline.")},
            )
        self.order_fields([*self.grounds, "why"])

    @property
    def confirmed(self) -> list[str]:
        """Return the facts that were ticked."""
        return [name for name in self.grounds if self.cleaned_data.get(name)]


class HandoverForm(forms.Form):
    """Who got administrator rights, and how; never the password itself (R-4-9)."""

    recipient = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Who got them")
    )
    kind = forms.ChoiceField(label=gettext_lazy("How"), choices=Handover.Kind.choices)
    reference = forms.CharField(
        label=gettext_lazy("Which role, or where"),
        max_length=200,
        help_text=gettext_lazy(
            "The role's name at the platform, or what the place in the password vault "
            "is called. Never a password or a code."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, recipients: Sequence[User], **kw: Any) -> None:
        kw.setdefault("auto_id", "handover_%s")
        super().__init__(*args, **kw)
        field = self.fields["recipient"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (types)
        field.queryset = User.objects.filter(pk__in=[user.pk for user in recipients])
        if len(recipients) == 1:
            field.initial = recipients[0]

    def clean_reference(self) -> str:
        """Refuse what looks like a password, and forget it: it is not shown again."""
        reference: str = self.cleaned_data["reference"]
        if no_secrets.looks_secret(reference):
            self.data = {name: self.data.get(name) for name in self.fields}
            self.data |= {"reference": ""}
            raise forms.ValidationError(_(no_secrets.REFUSED))
        return reference

    @property
    def handing(self) -> Handing:
        """Return what was handed over."""
        told = self.cleaned_data
        kind = Handover.Kind(told["kind"])
        return Handing(told["recipient"], kind, told["reference"])


class OrderForm(forms.Form):
    """What the head of communications orders, why, and by when (R-3.2-1)."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What"), choices=PresenceOrder.Kind.choices
    )
    what = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DayField(label=gettext_lazy("By which day at the latest"))

    def __init__(self, *args: Any, now: datetime, **kw: Any) -> None:
        self.today = timezone.localtime(now).date()
        kw.setdefault("auto_id", "order_%s")
        super().__init__(*args, **kw)

    def clean_due_on(self) -> date:
        """Refuse a day that has passed."""
        day: date = self.cleaned_data["due_on"]
        if day < self.today:
            raise forms.ValidationError(_("Give today or a day to come."))
        return day

    @property
    def order(self) -> Order:
        """Return what is ordered."""
        told = self.cleaned_data
        kind = PresenceOrder.Kind(told["kind"])
        return Order(kind, told["what"], told["reason"], told["due_on"])
