"""What is asked on the pages about risks and platforms."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels.assessing import Answers, Arrangement
from uppsikt.channels.forms import PersonField
from uppsikt.channels.models import Risk, SignOff
from uppsikt.channels.models.assessment import CRITERIA, Screening
from uppsikt.channels.models.risk import SCALE
from uppsikt.channels.risking import Weighed
from uppsikt.governance.day_field import DayField
from uppsikt.platforms.catalogue import SITES

_LIKELY = (
    gettext_lazy("1 – hardly ever"),
    gettext_lazy("2 – some time"),
    gettext_lazy("3 – now and then"),
    gettext_lazy("4 – often"),
)
_GRAVE = (
    gettext_lazy("1 – slight"),
    gettext_lazy("2 – noticeable"),
    gettext_lazy("3 – grave"),
    gettext_lazy("4 – very grave"),
)


def _long(label: Any, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, max_length=4000, widget=area
    )


class WeighForm(forms.Form):
    """A risk in words, and how likely and grave it is."""

    description = _long(gettext_lazy("What can go wrong?"))
    likelihood = forms.TypedChoiceField(
        label=gettext_lazy("How likely?"),
        coerce=int,
        choices=list(zip(SCALE, _LIKELY, strict=True)),
    )
    consequence = forms.TypedChoiceField(
        label=gettext_lazy("How grave?"),
        coerce=int,
        choices=list(zip(SCALE, _GRAVE, strict=True)),
    )

    @property
    def weighed(self) -> Weighed:
        """Return the risk as it was weighed."""
        told = self.cleaned_data
        return Weighed(told["description"], told["likelihood"], told["consequence"])


class RiskForm(WeighForm):
    """A new risk, of a platform or of one channel."""

    place = forms.ChoiceField(label=gettext_lazy("Where?"))

    field_order = ("place",)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101 (types)
        place.choices = places


class MeasureForm(forms.Form):
    """What is done, by whom, and by which day."""

    what = forms.CharField(label=gettext_lazy("Measure"), max_length=500)
    owner = PersonField(label=gettext_lazy("Who sees to it?"))
    due_on = DayField(label=gettext_lazy("Done no later than"))


class TakeOnForm(forms.Form):
    """Who sees to a measure that stands there, and by which day."""

    owner = PersonField(label=gettext_lazy("Who sees to it?"))
    due_on = DayField(label=gettext_lazy("Done no later than"))


class SignForm(forms.Form):
    """The decision on a platform."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=SignOff.Outcome.choices
    )
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Must be written when the platform is not to be used."),
    )

    def clean(self) -> None:
        """Ask for the reason where a platform is turned down."""
        super().clean()
        told = self.cleaned_data
        stops = told.get("outcome") == SignOff.Outcome.STOP
        if stops and not told.get("note", "").strip():
            self.add_error("note", _("Say why it is not to be used."))


class ArrangeForm(forms.Form):
    """The arrangement on joint control, and what visitors are told."""

    reference = forms.CharField(
        label=gettext_lazy("Name or address of the arrangement"), max_length=500
    )
    read_on = DayField(label=gettext_lazy("Read on"))
    notice = _long(
        gettext_lazy("What visitors are told"),
        gettext_lazy("Who answers for what, and where they turn."),
    )

    @property
    def arrangement(self) -> Arrangement:
        """Return what was noted."""
        return Arrangement(**self.cleaned_data)


class ScreenForm(forms.Form):
    """Which criteria for an impact assessment the platform meets."""

    result = _long(
        gettext_lazy("Result"),
        gettext_lazy(
            "What was found, and where the assessment is kept if one is made."
        ),
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in CRITERIA:
            self.fields[name] = forms.BooleanField(
                label=Screening.label(name), required=False
            )
        self.order_fields((*CRITERIA, "result"))

    @property
    def answers(self) -> Answers:
        """Return what was answered."""
        return Answers(**self.cleaned_data)


class OpinionForm(forms.Form):
    """What the data protection officer says."""

    text = _long(gettext_lazy("The data protection officer's opinion"))


def weigh_form(risk: Risk, data: Any = None) -> WeighForm:
    """Return the form that changes how a risk is weighed, filled in."""
    told = {
        "description": risk.description,
        "likelihood": risk.likelihood,
        "consequence": risk.consequence,
    }
    return WeighForm(data, initial=told)


def site_choices(sites: list[str]) -> list[tuple[str, str]]:
    """Return platforms to choose among, by name."""
    return [(name, _(SITES[name].label)) for name in sites]
