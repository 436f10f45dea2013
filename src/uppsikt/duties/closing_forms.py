"""What is asked on the page that leads through the closing of a channel."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.models import Channel, Closing
from uppsikt.governance.day_field import DayField
from uppsikt.moderation.forms import PICTURE, not_too_large
from uppsikt.policy.roles import Role

if TYPE_CHECKING:
    _PlanForm = forms.ModelForm[Closing]
else:
    _PlanForm = forms.ModelForm

_LONGEST: Final = 4000


class PlanForm(_PlanForm):
    """What the public is told, what may be harmed, and what becomes of the account."""

    elsewhere_url = forms.URLField(
        label=gettext_lazy("Its address"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = Closing
        fields = (
            "reason",
            "closes_on",
            "successor",
            "elsewhere",
            "elsewhere_url",
            "impact",
            "account",
        )
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 3}),
            "impact": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes: ClassVar = {"closes_on": DayField}
        labels = {"successor": gettext_lazy("Our channel instead")}
        help_texts = {
            "reason": gettext_lazy("One or two sentences that anybody understands."),
            "closes_on": gettext_lazy("Give the followers time. Not a day passed."),
            "successor": gettext_lazy("Another channel of ours to go to, if any."),
            "elsewhere": gettext_lazy("Or where else, for example a page."),
            "impact": gettext_lazy(
                "How many follow it, where is it linked from, and can somebody else "
                "take the name?"
            ),
        }

    def __init__(self, *args: Any, now: datetime, **kw: Any) -> None:
        super().__init__(*args, **{"auto_id": "plan_%s", **kw})
        self.today = timezone.localtime(now).date()
        self.before = self.instance.closes_on
        successor = self.fields["successor"]
        assert isinstance(successor, forms.ModelChoiceField)  # noqa: S101 (types)
        others = Channel.objects.open().exclude(pk=self.instance.channel_id)
        successor.queryset = others.order_by("name")
        for name in ("reason", "impact"):
            self.fields[name].max_length = _LONGEST  # type: ignore[attr-defined]

    def clean_closes_on(self) -> date | None:
        """Refuse a day that has passed, unless it stood there already."""
        day: date | None = self.cleaned_data["closes_on"]
        if day and day != self.before and day < self.today:
            raise forms.ValidationError(_("Give a day that has not passed."))
        return day


class DoneForm(forms.Form):
    """What has been done round the closing, and when."""

    exported_on = DayField(
        label=gettext_lazy("The platform's export is downloaded"), required=False
    )
    ads_stopped_on = DayField(label=gettext_lazy("No ads are running"), required=False)
    links_updated_on = DayField(
        label=gettext_lazy("Links to the channel are changed"), required=False
    )

    def __init__(self, *args: Any, now: datetime, closing: Closing, **kw: Any) -> None:
        self.today = timezone.localtime(now).date()
        told = {name: getattr(closing, name) for name in DoneForm.base_fields}
        super().__init__(*args, **{"auto_id": "done_%s", "initial": told, **kw})

    def clean(self) -> None:
        """Refuse what is done on a day that has not come."""
        super().clean()
        for name, day in list(self.cleaned_data.items()):
            if day and day > self.today:
                self.add_error(name, _("Give today or a day that has passed."))


class OpinionForm(forms.Form):
    """What one who must be heard thinks of the closing."""

    side = forms.ChoiceField(
        choices=[(r, r) for r in (Role.LINE_MANAGER, Role.COMMUNICATIONS_OFFICER)],
        widget=forms.HiddenInput,
    )
    opinion = forms.CharField(
        label=gettext_lazy("What do you think of closing it?"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FarewellForm(forms.Form):
    """The text of the last post."""

    text = forms.CharField(
        label=gettext_lazy("Farewell post"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class PostedForm(FarewellForm):
    """A last post that a person has put up at the platform."""

    url = forms.URLField(
        label=gettext_lazy("Address of the post"), max_length=500, assume_scheme="https"
    )
    day = DayField(label=gettext_lazy("Posted on"))

    def __init__(self, *args: Any, now: datetime, **kw: Any) -> None:
        self.today = timezone.localtime(now).date()
        super().__init__(*args, **kw)

    def clean_day(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("Give today or a day that has passed."))
        return day


class LastPictureForm(forms.Form):
    """A last picture of the channel."""

    picture = forms.FileField(
        label=gettext_lazy("Picture of the channel"),
        help_text=gettext_lazy("PNG, JPEG, WebP or PDF: how the page looks now."),
        widget=PICTURE,
        validators=[not_too_large],
    )
