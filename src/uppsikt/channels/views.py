"""The staff's pages about channels: list, application, card, and one view per act."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from pydantic import ValidationError

from uppsikt.channels import actions, connecting, credentials, listing
from uppsikt.channels import card as cards
from uppsikt.channels.applying import (
    ApplicationForm,
    must_apply,
    no_places,
    places_to_apply,
)
from uppsikt.channels.forms import (
    AccessForm,
    AppointForm,
    AttestForm,
    CardForm,
    LaunchForm,
    WhyForm,
    platform_choices,
)
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance import people, profiles, rules
from uppsikt.governance.request import Request
from uppsikt.platforms import PlatformError
from uppsikt.policy.facts import FACTS, Fact
from uppsikt.policy.roles import Role
from uppsikt.policy.words import Message


@require_GET
def index(request: Request) -> HttpResponse:
    """List the channels that the actor sees, and how each stands."""
    places, wanted = listing.Places.fetch(), listing.Wanted.read(request.GET)
    mine = Channel.objects.shown_to(request.actor)
    found = listing.matching(mine, wanted, places)
    page = listing.page_of(found, request.GET.get("page"))
    context = {
        "page": page,
        "rows": listing.rows(list(page.object_list), places, at=request.now),
        "wanted": wanted,
        "platforms": platform_choices(),
        "departments": places.departments,
        "states": ChannelLife.states.items(),
        "applies": places_to_apply(request.actor, rules.in_force(request.now)).exists(),
    }
    part = "#rows" if request.htmx else ""
    response = render(request, f"channels/index.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def apply(request: Request) -> HttpResponse:
    """Ask for a channel; nothing that was written is lost when something is wrong."""
    actor, guideline = request.actor, rules.in_force(request.now)
    if no_places():
        organises = actor.has(*people.KEEPERS)
        return render(request, "channels/no_places.html", {"organises": organises})
    must_apply(actor, guideline)
    form = ApplicationForm(request.POST or None, actor=actor, guideline=guideline)
    if not form.is_valid():
        return _applying(request, form)
    try:
        unit = form.cleaned_data["unit"]
        channel = actions.apply(unit, form.application, actor=actor, at=request.now)
    except actions.TakenHandle:
        form.add_error("handle", _("This account stands in the register already."))
        return _applying(request, form)
    messages.success(request, _("The application is sent to the manager who decides."))
    return redirect("channel", channel.pk)


def _applying(request: Request, form: ApplicationForm) -> HttpResponse:
    suggested = profiles.suggested(request.actor, at=request.now)
    context = {"form": form, "suggested": suggested}
    status = 422 if form.is_bound else 200
    return render(request, "channels/apply.html", context, status=status)


@require_GET
def card(request: Request, pk: int) -> HttpResponse:
    """Show a channel, how it stands, and what is the actor's to do about it."""
    return _card(request, _channel(request, pk))


def _card(request: Request, channel: Channel, **given: forms.Form) -> HttpResponse:
    view = cards.Viewing(channel, request.actor, request.now)
    status = 422 if given else 200
    context = cards.context(view, given)
    return render(request, "channels/card.html", context, status=status)


def _channel(request: Request, pk: int) -> Channel:
    seen = Channel.objects.shown_to(request.actor).select_related(
        "node", "connection__tested_by", "proposed_owner", "proposed_deputy"
    )
    return get_object_or_404(seen.select_related("applied_by"), pk=pk)


def _why(request: Request) -> str:
    """Return the reason that was written, or "" when it is no text."""
    form = WhyForm(request.POST)
    return str(form.cleaned_data["why"]) if form.is_valid() else ""


def _done(request: Request, channel: Channel, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("channel", channel.pk)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Withdraw one's own application."""
    channel = _channel(request, pk)
    actions.withdraw(channel, actor=request.actor, at=request.now)
    return _done(request, channel, _("The application is withdrawn."))


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve an application."""
    channel, why = _channel(request, pk), _why(request)
    actions.approve(channel, actor=request.actor, at=request.now, why=why)
    return _done(request, channel, _("The channel is approved. Everybody is told."))


@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Decline an application."""
    channel, why = _channel(request, pk), _why(request)
    actions.decline(channel, why=why, actor=request.actor, at=request.now)
    return _done(request, channel, _("The application is declined."))


@require_POST
def launch(request: Request, pk: int) -> HttpResponse:
    """Launch an approved channel."""
    channel = _channel(request, pk)
    form = LaunchForm(request.POST, now=request.now)
    if not form.is_valid():
        return _card(request, channel, launch=form)
    since = form.cut_over_at
    actions.launch(channel, cut_over_at=since, actor=request.actor, at=request.now)
    return _done(request, channel, _("The channel is launched and publicly listed."))


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close a channel."""
    channel, why = _channel(request, pk), _why(request)
    actions.close(channel, why=why, actor=request.actor, at=request.now)
    return _done(request, channel, _("The channel is closed."))


@require_POST
def edit(request: Request, pk: int) -> HttpResponse:
    """Change the card."""
    channel = _channel(request, pk)
    form = CardForm(request.POST, guideline=rules.in_force(request.now))
    if not form.is_valid():
        return _card(request, channel, edit=form)
    actions.edit_card(channel, form.card, actor=request.actor, at=request.now)
    return _done(request, channel, _("The card is saved."))


@require_POST
def appoint(request: Request, pk: int) -> HttpResponse:
    """Name the person responsible, or the substitute."""
    channel = _channel(request, pk)
    form = AppointForm(request.POST, auto_id="appoint_%s")
    if not form.is_valid():
        return _card(request, channel, appoint=form)
    told = form.cleaned_data
    role = Role(told["role"])
    actions.appoint(channel, told["person"], role, actor=request.actor, at=request.now)
    return _done(request, channel, _("The person is appointed and told."))


@require_POST
def give_access(request: Request, pk: int) -> HttpResponse:
    """Note who reaches the account, or that their two-factor is confirmed."""
    channel = _channel(request, pk)
    form = AccessForm(request.POST, now=request.now)
    if not form.is_valid():
        return _card(request, channel, access=form)
    told = form.cleaned_data
    actions.give_access(
        channel,
        told["person"],
        method=told["method"],
        confirmed_on=told["confirmed_on"],
        actor=request.actor,
        at=request.now,
    )
    return _done(request, channel, _("The access is noted."))


@require_POST
def end_access(request: Request, pk: int, holder: int) -> HttpResponse:
    """Note that somebody can no longer reach the account."""
    channel = _channel(request, pk)
    held = get_object_or_404(AccessHolder, pk=holder, channel=channel, until=None)
    actions.end_access(held, actor=request.actor, at=request.now)
    return _done(request, channel, _("The access is noted as ended."))


@require_POST
def attest(request: Request, pk: int, fact: str) -> HttpResponse:
    """Answer a question that only a person can answer."""
    channel, asked = _channel(request, pk), _asked(fact, request.now)
    form = AttestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Answer yes or no, with a note of at most a page."))
        return redirect("channel", pk)
    yes, note = form.cleaned_data["answer"] == "yes", form.cleaned_data["note"]
    actions.attest(channel, asked, yes, note=note, actor=request.actor, at=request.now)
    return _done(request, channel, _("Your answer is noted."))


def _asked(name: str, at: datetime) -> Fact:
    fact = FACTS.get(name)
    if fact is None or not rules.in_force(at).attesters(name):
        raise Http404
    return fact


@require_POST
@sensitive_post_parameters()
def connect(request: Request, pk: int) -> HttpResponse:
    """Test credentials at the platform, and keep them encrypted if they hold."""
    channel = _channel(request, pk)
    connecting.must_connect(channel, request.actor)
    kind = credentials.form_for(connecting.connector(channel))
    form = kind(request.POST, auto_id="connect_%s")
    if form.is_valid() and _connected(request, channel, form):
        return _done(request, channel, _("The channel is connected."))
    return _card(request, channel, connect=form)


def _connected(request: Request, channel: Channel, form: forms.Form) -> bool:
    """Tell whether the credentials hold; what is wrong with them stands in the form."""
    told = form.cleaned_data
    try:
        connecting.connect(channel, told, actor=request.actor, at=request.now)
    except ValidationError as faults:
        credentials.put_faults(form, faults)
    except connecting.AnotherAccount as other:
        form.add_error(None, _another(other.handle, channel))
    except connecting.OnlyMadeUp:
        form.add_error(
            None,
            _("These are example data. The demonstration is connected to no platform."),
        )
    except PlatformError as refused:
        form.add_error(None, _said(refused.message))
    return not form.errors


def _another(handle: str, channel: Channel) -> str:
    return _(
        "The credentials open another account: %(handle)s. The channel is %(channel)s."
    ) % {"handle": handle, "channel": channel.handle}


def _said(message: Message) -> str:
    return _(message.msgid) % message.details


@require_POST
def disconnect(request: Request, pk: int) -> HttpResponse:
    """Forget the credentials."""
    channel = _channel(request, pk)
    connecting.disconnect(channel, actor=request.actor, at=request.now)
    return _done(request, channel, _("The connection is removed. What came in stays."))
