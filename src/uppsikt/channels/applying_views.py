"""The pages on which a channel is applied for, or entered because it is there."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.channels import actions, addresses, purposes
from uppsikt.channels.account_form import AccountForm, places_for
from uppsikt.channels.applying import (
    ApplicationForm,
    RegulariseForm,
    must_apply,
    no_places,
    told_of,
)
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.channels.showing import channel_of
from uppsikt.governance import moves, people, profiles, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.request import Request
from uppsikt.policy.guideline import Guideline


class ExistingForm(AccountForm):
    """An account that is there already: which, whose, and what it is called."""

    move = ChannelLife.enter
    name = forms.CharField(
        label=gettext_lazy("Name in the public list"), max_length=200
    )
    purpose = forms.CharField(
        label=gettext_lazy("What you know of it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What it is used for, and who opened it."),
    )
    field_order = ("unit", "url", "site", "handle", "name", "purpose")

    @property
    def application(self) -> actions.Application:
        """Return the account that is entered; nobody is proposed for it yet."""
        told = self.cleaned_data
        account = {n: told[n] for n in ("site", "handle", "url", "name")}
        return actions.Application(card={"purpose": told["purpose"]}, **account)


def apply(request: Request) -> HttpResponse:
    """Ask for a channel; nothing that was written is lost when something is wrong."""
    actor, guideline = request.actor, rules.in_force(request.now)
    if no_places():
        organises = actor.has(*people.KEEPERS)
        return render(request, "channels/no_places.html", {"organises": organises})
    must_apply(actor, guideline)
    form = ApplicationForm(request.POST or None, actor=actor, guideline=guideline)
    if form.is_valid() and (channel := _applied(request, form)):
        messages.success(
            request, _("The application is sent to the manager who decides.")
        )
        return redirect("channel", channel.pk)
    return _asking(request, form, "channels/apply.html")


def _applied(request: Request, form: ApplicationForm) -> Channel | None:
    unit, actor = form.cleaned_data["unit"], request.actor
    try:
        return actions.apply(unit, form.application, actor=actor, at=request.now)
    except actions.TakenHandle:
        form.taken()
        return None


def enter(request: Request) -> HttpResponse:
    """Enter an account that exists and that nobody has approved (R-4-1).

    `?url=`: an address that is known already, as of an account that was found.
    """
    actor, guideline = request.actor, rules.in_force(request.now)
    _must_enter(actor, guideline)
    told = addresses.begun_with(request.GET.get("url", ""))
    form = ExistingForm(request.POST or None, initial=told)
    form.offer(actor, guideline)
    if form.is_valid() and (channel := _entered(request, form)):
        messages.success(
            request, _("The account is entered as not approved. Now apply for it.")
        )
        return redirect("channel", channel.pk)
    return _asking(request, form, "channels/enter.html")


def _must_enter(actor: Actor, guideline: Guideline) -> None:
    roles = frozenset(guideline.rule(str(ChannelLife.enter)).roles)
    if not places_for(ChannelLife.enter, actor, guideline).exists():
        moves.require(actor, "", roles)


def _entered(request: Request, form: ExistingForm) -> Channel | None:
    unit, actor = form.cleaned_data["unit"], request.actor
    try:
        return actions.enter(unit, form.application, actor=actor, at=request.now)
    except actions.TakenHandle:
        form.taken()
        return None


def regularise(request: Request, pk: int) -> HttpResponse:
    """Apply for an account that exists already: its grounds, and its people."""
    channel, actor, at = channel_of(request, pk), request.actor, request.now
    moves.must_make(ChannelLife.regularise, channel, actor, at=at)
    if channel.state is not ChannelLife.found:
        raise moves.TooLate
    guideline, known = rules.in_force(at), told_of(channel)
    form = RegulariseForm(request.POST or None, initial=known, guideline=guideline)
    if form.is_valid():
        application = form.application_for(channel)
        actions.regularise(channel, application, actor=actor, at=at)
        messages.success(
            request, _("The application is sent to the manager who decides.")
        )
        return redirect("channel", pk)
    return _asking(request, form, "channels/regularise.html", channel=channel)


def _asking(
    request: Request, form: forms.Form, template: str, **more: object
) -> HttpResponse:
    context = {
        "form": form,
        "suggested": profiles.suggested(request.actor, at=request.now),
        "consequences": purposes.table(rules.in_force(request.now)),
        **more,
    }
    status = 422 if form.is_bound else 200
    return render(request, template, context, status=status)
