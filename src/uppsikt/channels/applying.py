"""The forms by which a channel is applied for, new or already there."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from uppsikt.channels.account_form import PLACES, AccountForm, places_for
from uppsikt.channels.actions import Application
from uppsikt.channels.forms import CardForm, PeopleField, PersonField
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import CARD_FIELDS, Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.governance.moves import NotYours
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.words import N_, Message

# What an application must say, although an older card may lack it.
_ASKED_HERE: Final = ("audience_groups", "staffing")


class GroundsForm(CardForm):
    """The grounds on which a manager decides, and the people who will do the work."""

    owner = PersonField(
        label=gettext_lazy("Person responsible"),
        help_text=gettext_lazy("Write a name or an e-mail address."),
    )
    deputy = PersonField(
        label=gettext_lazy("Substitute"),
        help_text=gettext_lazy("Looks after the channel when the other is away."),
    )
    holders = PeopleField(
        label=gettext_lazy("Who is to reach the account"),
        help_text=gettext_lazy(
            "One person a line, at least two. The person responsible is one of them."
        ),
    )

    def __init__(self, *args: Any, guideline: Guideline, **kw: Any) -> None:
        super().__init__(*args, guideline=guideline, **kw)
        self.at_least = guideline.number("min_access_holders")
        for name in _ASKED_HERE:
            self.fields[name].required = True

    def clean(self) -> None:
        """Ask for a substitute who is somebody else, and for enough people."""
        super().clean()
        told = self.cleaned_data
        if told.get("owner") and told["owner"] == told.get("deputy"):
            self.add_error("deputy", _("The substitute must be somebody else."))
        holders = told.get("holders")
        if holders is not None and len(holders) < self.at_least:
            self.add_error("holders", self._too_few(len(holders)))

    def _too_few(self, now: int) -> str:
        words = ngettext(
            "One person is written here. At least %(at_least)d must reach the account.",
            "%(now)d are written here. At least %(at_least)d must reach the account.",
            now,
        )
        return words % {"now": now, "at_least": self.at_least}

    def proposal(self, site: str, handle: str, url: str) -> Application:
        """Return what is applied for, of the account told."""
        told = self.cleaned_data
        people = {name: told[name] for name in ("owner", "deputy", "holders")}
        return Application(site, handle, url, told["name"], card=self.card, **people)


class ApplicationForm(AccountForm, GroundsForm):
    """An application for a channel: the account, the grounds and the people."""

    move = ChannelLife.apply
    field_order = (
        *("unit", "url", "site", "handle", "name", "purpose_codes", "purpose"),
        *("audience_groups", "audience", "goal_contribution", "benefit"),
        *("owner", "deputy", "holders", "hours_per_week", "staffing", "budget"),
    )

    def __init__(
        self, *args: Any, actor: Actor, guideline: Guideline, **kw: Any
    ) -> None:
        super().__init__(*args, guideline=guideline, **kw)
        self.offer(actor, guideline)

    @property
    def application(self) -> Application:
        """Return what is applied for."""
        told = self.cleaned_data
        return self.proposal(told["site"], told["handle"], told["url"])


class RegulariseForm(GroundsForm):
    """An application for an account that exists: the grounds and the people."""

    def application_for(self, channel: Channel) -> Application:
        """Return what is applied for, of the account that was entered."""
        return self.proposal(channel.site, channel.handle, channel.url)


def told_of(channel: Channel) -> dict[str, object]:
    """Return what is known of an account that was entered, as a form shows it."""
    card: dict[str, object] = {name: getattr(channel, name) for name in CARD_FIELDS}
    people = {"owner": channel.proposed_owner, "deputy": channel.proposed_deputy}
    return {
        **{name: value for name, value in card.items() if value},
        **{name: user.email for name, user in people.items() if user},
    }


def places_to_apply(actor: Actor, guideline: Guideline) -> QuerySet[Node]:
    """Return the places at which the actor may apply for a channel."""
    return places_for(ChannelLife.apply, actor, guideline)


def no_places() -> bool:
    """Tell whether there is no unit yet at which anybody could have a channel."""
    return not Node.objects.filter(kind__in=PLACES, closed_at=None).exists()


def must_apply(actor: Actor, guideline: Guideline) -> None:
    """Raise `NotYours` when there is no place at which the actor may apply."""
    if not places_to_apply(actor, guideline).exists():
        rule = guideline.rule(str(ChannelLife.apply))
        reason = N_("Only %(roles)s may do this here (section %(section)s).")
        told = {"roles": tuple(rule.roles), "section": rule.section}
        raise NotYours(Message(reason, told))
