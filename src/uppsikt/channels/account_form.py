"""Which account it is: platform, address and name, told from one another."""

from typing import Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels import addresses
from uppsikt.channels.forms import platform_choices
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.lifecycle import Move

PLACES: Final = (Node.Kind.DEPARTMENT, Node.Kind.UNIT)


class AccountForm(forms.Form):
    """An account at a platform, and the unit that it belongs to."""

    move: Move
    """The move that begins with this form; the guideline says who may make it."""

    unit = forms.ModelChoiceField(Node.objects.none(), label=gettext_lazy("Unit"))
    site = forms.ChoiceField(
        label=gettext_lazy("Platform"),
        required=False,
        help_text=gettext_lazy("Follows from the address, if you paste one."),
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=addresses.LONGEST,
        help_text=gettext_lazy("Paste it from the browser, or leave it empty."),
    )
    handle = forms.CharField(
        label=gettext_lazy("Account name"),
        required=False,
        max_length=addresses.LONGEST_NAME,
        help_text=gettext_lazy("Follows from the address, and the other way round."),
    )

    def offer(self, actor: Actor, guideline: Guideline) -> None:
        """Offer the platforms, and the units at which the actor may begin."""
        place, site = self.fields["unit"], self.fields["site"]
        assert isinstance(place, forms.ModelChoiceField)  # noqa: S101 (types)
        place.queryset = places_for(self.move, actor, guideline)
        if len(place.queryset) == 1:
            place.initial = place.queryset[0]
        assert isinstance(site, forms.ChoiceField)  # noqa: S101 (types)
        site.choices = [("", "–"), *platform_choices()]

    def clean(self) -> None:
        """Tell platform, address and account name from one another, and compare."""
        super().clean()
        told = {n: self.cleaned_data.get(n, "") for n in ("site", "url", "handle")}
        if addresses.looks_like_address(told["handle"]) and not told["url"]:
            told["url"], told["handle"] = told["handle"], ""
        self._settle(told)

    def _settle(self, told: dict[str, str]) -> None:
        try:
            url = addresses.whole(told["url"]) if told["url"] else ""
        except addresses.NoAddress as fault:
            self.add_error("url", _(fault.words))
            return
        known = addresses.site_told(url) if url else None
        name = told["site"] or (known.name if known else "")
        if not name:
            self.add_error("site", _("Choose the platform."))
        elif "site" not in self.errors:
            self._compare(name, url, addresses.plain(told["handle"]))

    def _compare(self, name: str, url: str, handle: str) -> None:
        site = SITES[name]
        if not url and not handle:
            self.add_error("handle", _("Write the account name."))
            return
        try:
            addresses.must_lead_to(site, url or addresses.address_of(site, handle))
        except addresses.NotThere:
            self.add_error("url", self._elsewhere(name, url))
            return
        told = addresses.handle_in(site, url) if url else ""
        if told and handle and told != handle:
            self.add_error(
                "handle",
                _("The address leads to another account: %(told)s.") % {"told": told},
            )
        self._complete(name, url or addresses.address_of(site, handle), handle or told)

    def _elsewhere(self, name: str, url: str) -> str:
        if not url:
            return _("Paste the address: it does not follow from the account name.")
        return _(
            "This address does not lead to %(platform)s. Look at it again, letter by "
            "letter: look-alike addresses are used to deceive."
        ) % {"platform": _(SITES[name].label)}

    def _complete(self, name: str, url: str, handle: str) -> None:
        if not handle:
            self.add_error("handle", _("Write the account name."))
        if not url:
            self.add_error(
                "url",
                _("Paste the address: it does not follow from the account name."),
            )
        # The one spelling can be longer than what was pasted.
        if len(url) > addresses.LONGEST:
            self.add_error("url", _("The address is longer than any account's."))
        elif len(handle) > addresses.LONGEST_NAME:
            words = _("The account name is longer than any account's.")
            self.add_error("handle", words)
        self.cleaned_data |= {"site": name, "url": url, "handle": handle}

    def taken(self) -> None:
        """Say that the account stands in the register already."""
        self.add_error("handle", _("This account stands in the register already."))


def places_for(move: Move, actor: Actor, guideline: Guideline) -> QuerySet[Node]:
    """Return the open places at which the actor may make `move`."""
    may = set(guideline.rule(str(move)).roles)
    nodes = Node.objects.filter(kind__in=PLACES, closed_at=None).order_by("path")
    here = [node.pk for node in nodes if actor.roles_at(node.path) & may]
    return nodes.filter(pk__in=here)
