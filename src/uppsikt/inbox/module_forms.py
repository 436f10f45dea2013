"""What is asked of a standard answer."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance.actors import Actor
from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import Node, below
from uppsikt.governance.rules import in_force
from uppsikt.inbox.models import Module
from uppsikt.inbox.module_life import ModuleLife
from uppsikt.inbox.modules import Wording
from uppsikt.policy.roles import Role


class Places(forms.ModelChoiceField[Node]):
    """Where a standard answer holds; deeper places stand further in."""

    def label_from_instance(self, obj: Node) -> str:
        return "\u00a0\u00a0" * (obj.path.count("/") - 1) + obj.name


class ModuleForm(forms.Form):
    """A standard answer: what it is called and says, and where it holds."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("What a colleague looks for, such as Opening hours."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Module.Kind.choices)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=Module.Language.choices
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "No signature: it is put in. These are filled in: [förnamn], [dag], "
            "[kontakt], [kommun]. You fill in [länk] and [fyll i …] when you answer."
        ),
    )
    valid_until = DayField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("It is no longer offered after that day."),
    )

    def clean_valid_until(self) -> object:
        """Ask for a day that has not passed."""
        day = self.cleaned_data["valid_until"]
        if day and day < self.today:
            raise forms.ValidationError(_("Give a day that has not passed."))
        return day

    def __init__(self, data: Any, *, at: datetime, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="module-%s")
        self.today = timezone.localtime(at).date()

    @property
    def wording(self) -> Wording:
        """Return what was written."""
        told = {k: v for k, v in self.cleaned_data.items() if k != "node"}
        return Wording(**told)


class NewModuleForm(ModuleForm):
    """A standard answer that is not there yet."""

    node = Places(Node.objects.none(), label=gettext_lazy("Holds for"))
    field_order = ("node", "name", "kind", "language", "text", "valid_until")

    def __init__(
        self, data: Any, *, actor: Actor, at: datetime, initial: Any = None
    ) -> None:
        super().__init__(data, at=at, initial=initial)
        field = self.fields["node"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the types)
        field.queryset = places(actor, at=at)


def places(actor: Actor, *, at: datetime) -> Any:
    """Return the places where the actor may write standard answers, top first."""
    roles = frozenset(in_force(at).rule(str(ModuleLife.write)).roles) - {Role.CLOCK}
    mine = Actor(
        actor.name, actor.user, tuple(g for g in actor.grants if g[0] in roles)
    )
    return Node.objects.filter(below(mine), closed_at=None).order_by("path")
