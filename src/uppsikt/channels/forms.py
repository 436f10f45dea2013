"""What is asked on the pages about channels."""

from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Trim
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels import choices
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.channels.staffing import LEADS, SignIn
from uppsikt.governance import rules
from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import ROLE_LABELS, User
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy.guideline import Guideline

PEOPLE: Final = "people"
"""The id of the list on the page from which the browser suggests people."""
_LONGEST: Final = 4000


def _long(label: Any, help_text: Any = "", *, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=_LONGEST,
        widget=area,
    )


class PersonField(forms.CharField):
    """A colleague, found by e-mail address or by a name that only one person has."""

    def __init__(self, **kw: Any) -> None:
        suggested = forms.TextInput(attrs={"list": PEOPLE, "autocomplete": "off"})
        super().__init__(widget=suggested, max_length=300, **kw)

    def clean(self, value: object) -> Any:
        """Return the `User`, or None when nothing is written and nothing is needed."""
        text: str = super().clean(value)
        return _person(text) if text else None


class PeopleField(forms.CharField):
    """Several colleagues, one a line, each found as in a `PersonField`."""

    def __init__(self, **kw: Any) -> None:
        lines = forms.Textarea(attrs={"rows": 3})
        super().__init__(widget=lines, max_length=2000, **kw)

    def clean(self, value: object) -> Any:
        """Return the users, each once, in the order they are written."""
        text: str = super().clean(value)
        names = [line.strip(" ,;") for line in text.splitlines()]
        return list(dict.fromkeys(_person(name) for name in names if name))


def _person(text: str) -> User:
    found = _called(text)
    if not found:
        raise forms.ValidationError(
            _("Nobody here is called “%(text)s”. Invite them first, or check the name.")
            % {"text": text}
        )
    if len(found) > 1:
        raise forms.ValidationError(
            _("Several people fit. Write the person's e-mail address instead.")
        )
    return found[0]


def _called(text: str) -> list[User]:
    here = User.objects.filter(is_active=True)
    if "@" in text:
        return list(here.filter(email__iexact=text))
    if exact := _in_full(here, text):
        return exact
    for word in text.split():
        here = here.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return list(here.order_by("email")[:2])


def _in_full(here: QuerySet[User], text: str) -> list[User]:
    """Return those who are called just that, as the browser suggests them."""
    named = here.annotate(called=Trim(Concat("first_name", Value(" "), "last_name")))
    return list(named.filter(called__iexact=" ".join(text.split()))[:2])


class CardForm(forms.Form):
    """What the channel is for, and what the public is told of it."""

    name = forms.CharField(
        label=gettext_lazy("Name in the public list"), max_length=200
    )
    purpose_codes = forms.MultipleChoiceField(
        label=gettext_lazy("Purposes from the guideline"),
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = _long(
        gettext_lazy("Purpose"),
        gettext_lazy("What is this channel for? Stands in the public list."),
    )
    audience_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Target groups"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audience = _long(
        gettext_lazy("Target group"),
        gettext_lazy("Say more closely whom the channel is for."),
        rows=2,
    )
    goal_contribution = _long(
        gettext_lazy("Contribution to the goals"),
        gettext_lazy("Which of the unit's goals, and how does the channel help?"),
    )
    benefit = _long(
        gettext_lazy("Benefit to the target group"),
        gettext_lazy("What do they gain that they do not get elsewhere?"),
    )
    hours_per_week = forms.IntegerField(
        label=gettext_lazy("Hours a week"), min_value=1, max_value=168
    )
    horizon_months = forms.IntegerField(
        label=gettext_lazy("Months ahead"),
        min_value=1,
        max_value=120,
        help_text=gettext_lazy("For how long are there people and time for this?"),
    )
    staffing = forms.CharField(
        label=gettext_lazy("Who does the work"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Name the people whose hours these are."),
    )
    budget = forms.CharField(
        label=gettext_lazy("Budget"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For ads, pictures or tools, if there is any."),
    )
    description = _long(
        gettext_lazy("Public description"),
        gettext_lazy("The short text that stands on the channel and in the list."),
        rows=2,
    )
    contact = forms.EmailField(
        label=gettext_lazy("Contact for visitors"),
        help_text=gettext_lazy("An address of a function, not of a person."),
    )

    def __init__(self, *args: Any, guideline: Guideline, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._offer("purpose_codes", "purposes", guideline)
        self._offer("audience_groups", "target_groups", guideline)

    def _offer(self, name: str, listed: str, guideline: Guideline) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (types)
        field.choices = choices.pairs(guideline, listed)

    def clean_contact(self) -> str:
        """Refuse a colleague's own address: the list is public (D-16)."""
        contact: str = self.cleaned_data["contact"]
        if User.objects.filter(email__iexact=contact).exists():
            raise forms.ValidationError(
                _("This is a person's address. Give one that a function has.")
            )
        return contact

    @property
    def card(self) -> dict[str, object]:
        """Return the answers that the card keeps."""
        return {name: self.cleaned_data[name] for name in CardForm.base_fields}


def purpose_choices(guideline: Guideline) -> list[tuple[str, str]]:
    """Return the purposes to choose among: the guideline's list, code and words."""
    return choices.pairs(guideline, "purposes")


class LaunchForm(forms.Form):
    """From which day on what people write is ours to answer."""

    cut_over_on = DayField(
        label=gettext_lazy("Comments count from"),
        help_text=gettext_lazy(
            "What was written before this day is taken in as history and is never "
            "overdue."
        ),
    )

    def __init__(self, *args: Any, now: datetime, **kw: Any) -> None:
        self.today = timezone.localtime(now).date()
        kw.setdefault("initial", {"cut_over_on": self.today})
        super().__init__(*args, **kw)

    def clean_cut_over_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["cut_over_on"]
        if day > self.today:
            raise forms.ValidationError(_("Give today or a day that has passed."))
        return day

    @property
    def cut_over_at(self) -> datetime:
        """Return the moment at which the chosen day began here."""
        day = self.cleaned_data["cut_over_on"]
        return timezone.make_aware(datetime.combine(day, time.min))


class AppointForm(forms.Form):
    """Who answers for the channel from now on, or stands in."""

    role = forms.ChoiceField(
        label=gettext_lazy("As"), choices=[(r, ROLE_LABELS[r]) for r in LEADS]
    )
    person = PersonField(label=gettext_lazy("Who?"))


class SignInForm(forms.Form):
    """How a sign-in is guarded, and when somebody saw it so. Never a code."""

    state = forms.ChoiceField(
        label=gettext_lazy("Two-factor"),
        choices=AccessHolder.State.choices,
        initial=AccessHolder.State.ON,
        help_text=gettext_lazy("Never write a password or a code anywhere here."),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Kind of two-factor"),
        required=False,
        choices=[("", "–"), *AccessHolder.Method.choices],
    )
    confirmed_on = DayField(label=gettext_lazy("Confirmed on"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why the platform offers none"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Only then. An exemption is needed too."),
    )

    def __init__(self, *args: Any, now: datetime, **kw: Any) -> None:
        self.today = timezone.localtime(now).date()
        kw.setdefault("auto_id", "access_%s")
        super().__init__(*args, **kw)

    def clean_confirmed_on(self) -> date | None:
        """Refuse a day that has not come."""
        day: date | None = self.cleaned_data["confirmed_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("Give today or a day that has passed."))
        return day

    def clean(self) -> None:
        """Ask for what belongs to the state, and for nothing else."""
        super().clean()
        told = self.cleaned_data
        if told.get("state") == AccessHolder.State.ON:
            if not self.data.get("confirmed_on"):
                self.add_error("confirmed_on", _("Which day did you see it?"))
            if not told.get("method") and "method" not in self.errors:
                self.add_error("method", _("Which kind of two-factor?"))
            return
        unavailable = told.get("state") == AccessHolder.State.UNAVAILABLE
        if unavailable and not told.get("reason", "").strip():
            self.add_error("reason", _("Why is there none?"))

    @property
    def sign_in(self) -> SignIn:
        """Return what was said; what does not belong to the state is left out."""
        told, state = self.cleaned_data, AccessHolder.State
        match told["state"]:
            case state.ON:
                return SignIn.on(told["method"], told["confirmed_on"])
            case state.UNAVAILABLE:
                return SignIn(state.UNAVAILABLE, reason=told["reason"])
        return SignIn()


class AccessForm(SignInForm):
    """Who reaches the account at the platform, as what, and how guarded."""

    person = PersonField(label=gettext_lazy("Who?"))
    platform_role = forms.ChoiceField(
        label=gettext_lazy("As what at the platform?"),
        choices=AccessHolder.As.choices,
        initial=AccessHolder.As.ADMIN,
    )

    field_order = ("person", "platform_role")


class WhyForm(forms.Form):
    """A reason, in words."""

    why = forms.CharField(max_length=_LONGEST, required=False)


class AttestForm(forms.Form):
    """Yes or no, and a word about it."""

    answer = forms.ChoiceField(
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
    )
    note = forms.CharField(max_length=1000, required=False)


def platform_choices() -> list[tuple[str, str]]:
    """Return the platforms to choose among."""
    return [(site.name, _(site.label)) for site in SITES.values()]


def card_of(channel: Channel, *, at: datetime) -> CardForm:
    """Return the form that changes the channel's card, filled in."""
    names = CardForm.base_fields
    told = {name: getattr(channel, name) for name in names}
    return CardForm(initial=told, guideline=rules.in_force(at))
