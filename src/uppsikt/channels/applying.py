"""The form by which a channel is applied for."""

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels import addresses
from uppsikt.channels.actions import Application
from uppsikt.channels.forms import CardForm, PersonField, platform_choices
from uppsikt.channels.life import ChannelLife
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.governance.moves import NotYours
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.words import N_, Message

_PLACES: Final = (Node.Kind.DEPARTMENT, Node.Kind.UNIT)


class ApplicationForm(CardForm):
    """An application for a channel: the account, and who will answer for it."""

    unit = forms.ModelChoiceField(Node.objects.none(), label=gettext_lazy("Unit"))
    site = forms.ChoiceField(
        label=gettext_lazy("Platform"),
        required=False,
        help_text=gettext_lazy("Follows from the address, if you paste one."),
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Paste it from the browser, or leave it empty."),
    )
    handle = forms.CharField(
        label=gettext_lazy("Account name"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Follows from the address, and the other way round."),
    )
    owner = PersonField(
        label=gettext_lazy("Person responsible"),
        help_text=gettext_lazy("Write a name or an e-mail address."),
    )
    deputy = PersonField(
        label=gettext_lazy("Substitute"),
        help_text=gettext_lazy("Looks after the channel when the other is away."),
    )

    field_order = ("unit", "url", "site", "handle", "name", "purpose_codes", "purpose")

    def __init__(
        self, *args: Any, actor: Actor, guideline: Guideline, **kw: Any
    ) -> None:
        super().__init__(*args, guideline=guideline, **kw)
        place, site = self.fields["unit"], self.fields["site"]
        assert isinstance(place, forms.ModelChoiceField)  # noqa: S101 (types)
        place.queryset = places_to_apply(actor, guideline)
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
        owner = self.cleaned_data.get("owner")
        if owner and owner == self.cleaned_data.get("deputy"):
            self.add_error("deputy", _("The substitute must be somebody else."))

    def _settle(self, told: dict[str, str]) -> None:
        try:
            url = addresses.whole(told["url"]) if told["url"] else ""
        except addresses.NoAddress:
            self.add_error("url", _("This is no web address. Paste the whole of it."))
            return
        known = addresses.site_told(url) if url else None
        name = told["site"] or (known.name if known else "")
        if not name:
            self.add_error("site", _("Choose the platform."))
        elif "site" not in self.errors:
            self._compare(name, url, addresses.plain(told["handle"]))

    def _compare(self, name: str, url: str, handle: str) -> None:
        site = SITES[name]
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
        self.cleaned_data |= {"site": name, "url": url, "handle": handle}

    @property
    def application(self) -> Application:
        """Return what is applied for."""
        told = self.cleaned_data
        names = ("site", "handle", "url", "name", "owner", "deputy")
        return Application(card=self.card, **{name: told[name] for name in names})


def places_to_apply(actor: Actor, guideline: Guideline) -> QuerySet[Node]:
    """Return the places at which the actor may apply for a channel."""
    may = set(guideline.rule(str(ChannelLife.apply)).roles)
    nodes = Node.objects.filter(kind__in=_PLACES, closed_at=None).order_by("path")
    here = [node.pk for node in nodes if actor.roles_at(node.path) & may]
    return nodes.filter(pk__in=here)


def no_places() -> bool:
    """Tell whether there is no unit yet at which anybody could have a channel."""
    return not Node.objects.filter(kind__in=_PLACES, closed_at=None).exists()


def must_apply(actor: Actor, guideline: Guideline) -> None:
    """Raise `NotYours` when there is no place at which the actor may apply."""
    if not places_to_apply(actor, guideline).exists():
        rule = guideline.rule(str(ChannelLife.apply))
        reason = N_("Only %(roles)s may do this here (section %(section)s).")
        told = {"roles": tuple(rule.roles), "section": rule.section}
        raise NotYours(Message(reason, told))
