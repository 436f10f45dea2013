"""The staff's pages about channels: list, card, and one view per act."""

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

from uppsikt.channels import (
    actions,
    changing,
    connecting,
    credentials,
    import_acts,
    listing,
    staffing,
)
from uppsikt.channels.account_form import places_for
from uppsikt.channels.applying import places_to_apply
from uppsikt.channels.forms import (
    AccessForm,
    AppointForm,
    AttestForm,
    CardForm,
    LaunchForm,
    platform_choices,
)
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.channels.showing import card_page, channel_of, done, why_of
from uppsikt.governance import rules
from uppsikt.governance.request import Request
from uppsikt.platforms import PlatformError
from uppsikt.policy.facts import FACTS, Fact
from uppsikt.policy.roles import Role
from uppsikt.policy.words import Message


@require_GET
def index(request: Request) -> HttpResponse:
    """List the channels that the actor sees, and how each stands."""
    places, wanted = listing.Places.fetch(), listing.Wanted.read(request.GET)
    guideline = rules.in_force(request.now)
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
        "imports": import_acts.may_import(request.actor, at=request.now),
        "applies": places_to_apply(request.actor, guideline).exists(),
        "enters": places_for(ChannelLife.enter, request.actor, guideline).exists(),
    }
    part = "#rows" if request.htmx else ""
    response = render(request, f"channels/index.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_GET
def card(request: Request, pk: int) -> HttpResponse:
    """Show a channel, how it stands, and what is the actor's to do about it."""
    return card_page(request, channel_of(request, pk))


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Withdraw one's own application."""
    channel = channel_of(request, pk)
    actions.withdraw(channel, actor=request.actor, at=request.now)
    return done(request, channel, _("The application is withdrawn."))


@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Decline an application."""
    channel, why = channel_of(request, pk), why_of(request)
    actions.decline(channel, why=why, actor=request.actor, at=request.now)
    return done(request, channel, _("The application is declined."))


@require_POST
def launch(request: Request, pk: int) -> HttpResponse:
    """Launch an approved channel."""
    channel = channel_of(request, pk)
    form = LaunchForm(request.POST, now=request.now)
    if not form.is_valid():
        return card_page(request, channel, launch=form)
    since = form.cut_over_at
    actions.launch(channel, cut_over_at=since, actor=request.actor, at=request.now)
    return done(request, channel, _("The channel is launched and publicly listed."))


@require_POST
def strike(request: Request, pk: int) -> HttpResponse:
    """Strike an account that was entered by mistake."""
    channel, why = channel_of(request, pk), why_of(request)
    actions.strike(channel, why=why, actor=request.actor, at=request.now)
    return done(request, channel, _("The account is struck from the register."))


@require_POST
def pause(request: Request, pk: int) -> HttpResponse:
    """Pause a channel."""
    channel, why = channel_of(request, pk), why_of(request)
    actions.pause(channel, why=why, actor=request.actor, at=request.now)
    return done(request, channel, _("The channel is paused. It is still watched."))


@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    """Take a paused channel into use again."""
    channel, why = channel_of(request, pk), why_of(request)
    actions.resume(channel, why=why, actor=request.actor, at=request.now)
    return done(request, channel, _("The channel is in use again."))


@require_POST
def wind_down(request: Request, pk: int) -> HttpResponse:
    """Begin to close a channel."""
    channel, why = channel_of(request, pk), why_of(request)
    actions.wind_down(channel, why=why, actor=request.actor, at=request.now)
    messages.success(request, _("The channel is being closed. See what remains."))
    return redirect("closing", pk)


@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Keep a channel that was about to be closed."""
    channel, why = channel_of(request, pk), why_of(request)
    actions.keep(channel, why=why, actor=request.actor, at=request.now)
    return done(request, channel, _("The channel stays in use."))


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close a channel."""
    channel, why = channel_of(request, pk), why_of(request)
    actions.close(channel, why=why, actor=request.actor, at=request.now)
    return done(request, channel, _("The channel is closed."))


@require_POST
def edit(request: Request, pk: int) -> HttpResponse:
    """Change the card."""
    channel = channel_of(request, pk)
    form = CardForm(request.POST, guideline=rules.in_force(request.now))
    if not form.is_valid():
        return card_page(request, channel, edit=form)
    told, actor = form.card, request.actor
    edited = changing.edit_card(channel, told, actor=actor, at=request.now)
    if edited.waiting:
        return done(request, channel, _("The change waits for publication."))
    return done(request, channel, _("The card is saved."))


@require_POST
def appoint(request: Request, pk: int) -> HttpResponse:
    """Name the person responsible, or the substitute."""
    channel = channel_of(request, pk)
    form = AppointForm(request.POST, auto_id="appoint_%s")
    if not form.is_valid():
        return card_page(request, channel, appoint=form)
    told = form.cleaned_data
    role = Role(told["role"])
    staffing.appoint(channel, told["person"], role, actor=request.actor, at=request.now)
    return done(request, channel, _("The person is appointed and told."))


@require_POST
def give_access(request: Request, pk: int) -> HttpResponse:
    """Note who reaches the account, or that their two-factor is confirmed."""
    channel = channel_of(request, pk)
    form = AccessForm(request.POST, now=request.now)
    if not form.is_valid():
        return card_page(request, channel, access=form)
    told = form.cleaned_data
    staffing.give_access(
        channel,
        told["person"],
        form.sign_in,
        told["platform_role"],
        actor=request.actor,
        at=request.now,
    )
    return done(request, channel, _("The access is noted."))


@require_POST
def end_access(request: Request, pk: int, holder: int) -> HttpResponse:
    """Note that somebody can no longer reach the account."""
    channel = channel_of(request, pk)
    held = get_object_or_404(AccessHolder, pk=holder, channel=channel, until=None)
    staffing.end_access(held, actor=request.actor, at=request.now)
    return done(request, channel, _("The access is noted as ended."))


@require_POST
def attest(request: Request, pk: int, fact: str) -> HttpResponse:
    """Answer a question that only a person can answer."""
    channel, asked = channel_of(request, pk), _asked(fact, request.now)
    form = AttestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Answer yes or no, with a note of at most a page."))
        return redirect("channel", pk)
    yes, note = form.cleaned_data["answer"] == "yes", form.cleaned_data["note"]
    actions.attest(channel, asked, yes, note=note, actor=request.actor, at=request.now)
    return done(request, channel, _("Your answer is noted."))


def _asked(name: str, at: datetime) -> Fact:
    fact = FACTS.get(name)
    if fact is None or not rules.in_force(at).attesters(name):
        raise Http404
    return fact


@require_POST
@sensitive_post_parameters()
def connect(request: Request, pk: int) -> HttpResponse:
    """Test credentials at the platform, and keep them encrypted if they hold."""
    channel = channel_of(request, pk)
    connecting.must_connect(channel, request.actor, at=request.now)
    kind = credentials.form_for(connecting.connector(channel))
    form = kind(request.POST, auto_id="connect_%s")
    if form.is_valid() and _connected(request, channel, form):
        return done(request, channel, _("The channel is connected."))
    return card_page(request, channel, connect=form)


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
    channel = channel_of(request, pk)
    connecting.disconnect(channel, actor=request.actor, at=request.now)
    return done(request, channel, _("The connection is removed. What came in stays."))
