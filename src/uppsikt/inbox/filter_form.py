"""What a person looks for in a list of the inbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.checks.text.languages import LANGUAGES
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.listing import OTHER, Reach
from uppsikt.platforms.catalogue import SITES


class FilterForm(forms.Form):
    """What to look for in a list. Everything may be left open."""

    q = forms.CharField(label=gettext_lazy("Search the inbox"), required=False)
    kanal = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    plattform = forms.ChoiceField(label=gettext_lazy("Platform"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    sprak = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    markta = forms.BooleanField(
        label=gettext_lazy("Only those with something to look at"), required=False
    )
    sena = forms.BooleanField(label=gettext_lazy("Only overdue"), required=False)

    def __init__(self, data: Any, reach: Reach) -> None:
        super().__init__(data, auto_id="filter-%s")
        sites = sorted({c.site for c in reach.channels.values()})
        self._choose("kanal", [(str(pk), c.name) for pk, c in reach.channels.items()])
        self._choose("plattform", [(s, _(SITES[s].label)) for s in sites])
        states = ItemLife.states.values()
        names = sorted((_(name), code) for code, name in LANGUAGES.items())
        other = (OTHER, _("Other than Swedish"))
        self._choose("sprak", [other, *((code, name) for name, code in names)])
        self._choose("status", [(s.name, str(s)) for s in states])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        field.choices = [("", _("All")), *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was asked for; a filter that is none is left out."""
        self.is_valid()
        return {k: v for k, v in self.cleaned_data.items() if v}

    @property
    def narrowed(self) -> bool:
        return bool(self.chosen.keys() - {"q"})
