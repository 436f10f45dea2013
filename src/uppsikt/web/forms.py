"""What is asked on the pages about people."""

from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance import organisation, people, profiles
from uppsikt.governance.actors import Actor
from uppsikt.governance.day_field import DayField
from uppsikt.governance.invitations import Newcomer
from uppsikt.governance.models import ROLE_LABELS, Node, User
from uppsikt.governance.people import Post
from uppsikt.policy.roles import Role


class SignIn(LoginForm):  # type: ignore[misc]
    """E-mail and password, without the labels once more inside the fields."""

    def __init__(self, *args: object, **kw: object) -> None:
        super().__init__(*args, **kw)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PostForm(forms.Form):
    """A role, where, and until when."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    node = forms.ModelChoiceField(Node.objects.none(), label=gettext_lazy("Place"))
    until = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave empty if the role holds until further notice."),
    )

    def __init__(
        self, *args: object, actor: Actor, now: datetime, **kw: object
    ) -> None:
        super().__init__(*args, **kw)  # type: ignore[arg-type]
        self.today = timezone.localtime(now).date()
        standing = Node.objects.filter(closed_at=None)
        nodes = standing.exclude(kind=Node.Kind.CHANNEL).order_by("path")
        here = [n.pk for n in nodes if people.appoints(actor, n)]
        place = self.fields["node"]
        assert isinstance(place, forms.ModelChoiceField)  # noqa: S101 (for the types)
        place.queryset = nodes.filter(pk__in=here)
        choice = self.fields["role"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 (for the types)
        choice.choices = _roles(actor)

    def clean_until(self) -> date | None:
        """Refuse a day that has passed."""
        until: date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise forms.ValidationError(_("Give a day that has not passed."))
        return until

    @property
    def post(self) -> Post:
        """Return what was asked for. The last day counts in full."""
        asked, end = self.cleaned_data, None
        if asked["until"]:
            midnight = datetime.combine(asked["until"] + timedelta(days=1), time.min)
            end = timezone.make_aware(midnight)
        return Post(Role(asked["role"]), asked["node"], end)


class InvitationForm(PostForm):
    """A new colleague and their first role."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=100,
        help_text=gettext_lazy("Stands under answers, for example librarian."),
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=100)

    field_order = ("email", "first_name", "last_name", "title", "unit")

    @property
    def newcomer(self) -> Newcomer:
        """Return the person who was written down."""
        names = ("email", "first_name", "last_name", "title", "unit")
        return Newcomer(**{name: self.cleaned_data[name] for name in names})


class ProfileForm(forms.ModelForm[User]):
    """What is said of a person."""

    class Meta:
        model = User
        fields = profiles.FIELDS
        labels = {
            "first_name": gettext_lazy("First name"),
            "last_name": gettext_lazy("Last name"),
            "signs_as_function": gettext_lazy("Protected identity"),
        }
        help_texts = {
            "title": gettext_lazy("Stands under answers, for example librarian."),
            "signs_as_function": gettext_lazy(
                "Answers are signed with title and unit, and the name is hidden from "
                "those who do not appoint the person."
            ),
        }

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **{"auto_id": "profile_%s", **kw})
        for name in ("first_name", "last_name", "title"):
            self.fields[name].required = True


class PlaceNameForm(forms.Form):
    """What a place is called."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)


class PlaceForm(PlaceNameForm):
    """A new place below another."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))

    field_order = ("kind", "name")

    def __init__(self, *args: Any, parent: Node, **kw: Any) -> None:
        super().__init__(*args, **{"auto_id": "add_%s", **kw})
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 (for the types)
        kind.choices = [(k, k.label) for k in organisation.kinds_below(parent)]


class WhyForm(forms.Form):
    """A reason, in words."""

    why = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def reason(self) -> str:
        """Return the reason, or "" when none was written."""
        return str(self.cleaned_data["why"]) if self.is_valid() else ""


def _roles(actor: Actor) -> list[tuple[str, object]]:
    """Return the roles that the actor gives anywhere."""
    mine = {r for r, _path in actor.grants}
    return [(r, ROLE_LABELS[r]) for r, by in people.APPOINTED_BY.items() if by & mine]
