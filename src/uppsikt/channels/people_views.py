"""The pages about a channel's people: who may, who can, who knows, who has left."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import (
    assessing,
    authorising,
    leaving,
    recovering,
    selfchecking,
    staffing,
)
from uppsikt.channels.card import Viewing
from uppsikt.channels.forms import SignInForm
from uppsikt.channels.models import AccessHolder, Authorisation, Channel
from uppsikt.channels.people_forms import AuthoriseForm, RecoveryForm, SelfCheckForm
from uppsikt.governance import moves, profiles, rules
from uppsikt.governance.models import Node, User
from uppsikt.governance.request import Request
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Right

Kind = Authorisation.Kind


@require_GET
def people(request: Request, pk: int) -> HttpResponse:
    """Show who may publish and represent, who reaches the account, and who knows."""
    return _page(request, _channel(request, pk))


def _page(request: Request, channel: Channel, **given: forms.Form) -> HttpResponse:
    status = 422 if given else 200
    context = {**_shown(request, channel), **_forms(request, channel, given)}
    return render(request, "channels/people.html", context, status=status)


def _shown(request: Request, channel: Channel) -> dict[str, object]:
    at, view = request.now, Viewing(channel, request.actor, request.now)
    holders = leaving.holding([channel.pk], at=at)
    gone = leaving.departures(holders, at=at)
    allowed = _allowed(channel, at)
    found = authorising.reconcile(
        channel, [h for h in holders if h.pk not in gone], allowed
    )
    return {
        "channel": channel,
        "holders": [(h, h.pk in gone) for h in holders],
        "publish": [a for a in allowed if a.kind == Kind.PUBLISH],
        "represent": [a for a in allowed if a.kind == Kind.REPRESENT],
        "found": found,
        "path": recovering.latest(channel, at=at),
        "guarded": channel.facts(at).get(f.TWO_FACTOR, at),
        "how": channel.facts(at).get(f.TWO_FACTOR_HOW, at),
        "authorise_refused": view.barred(authorising.must_authorise),
        "keep_refused": (
            view.barred(staffing.must_keep_access) if channel.runs else None
        ),
        "suggested": profiles.suggested(request.actor, at=at),
    }


def _forms(
    request: Request, channel: Channel, given: dict[str, forms.Form]
) -> dict[str, object]:
    today, now = leaving.today(request.now), request.now
    return {
        "authorise": given.get("authorise")
        or AuthoriseForm(places=_places(channel), today=today),
        "recovery": given.get("recovery")
        or RecoveryForm(people=_knowing(channel, now)),
        "sign_in": given.get("sign_in") or SignInForm(now=now, auto_id="channel_%s"),
    }


def _allowed(channel: Channel, at: datetime) -> list[Authorisation]:
    """Return the authorisations that hold today at the channel or above it."""
    above = Node.objects.filter(pk__in=channel.path.strip("/").split("/"))
    rows = Authorisation.objects.holding(leaving.today(at)).filter(node__in=above)
    rows = rows.select_related("user", "node", "granted_by")
    return list(rows.order_by("user__last_name", "user__first_name", "pk"))


def _places(channel: Channel) -> QuerySet[Node]:
    """Return where an authorisation can be given: the channel, and what is above."""
    ids = channel.path.strip("/").split("/")[1:]
    return Node.objects.filter(pk__in=ids).order_by("path")


def _knowing(channel: Channel, at: datetime) -> list[User]:
    """Return who can be said to know: those who reach the account."""
    held = leaving.holding([channel.pk], at=at)
    return list({h.user_id: h.user for h in held if not h.user.left_at}.values())


@require_POST
def authorise(request: Request, pk: int) -> HttpResponse:
    """Let a person publish, or represent the municipality."""
    channel, today = _channel(request, pk), leaving.today(request.now)
    form = AuthoriseForm(request.POST, places=_places(channel), today=today)
    if not form.is_valid():
        return _page(request, channel, authorise=form)
    told, actor, at = form.cleaned_data, request.actor, request.now
    try:
        authorising.authorise(
            told["node"], told["person"], form.grant, actor=actor, at=at
        )
    except authorising.AuthorisedAlready:
        form.add_error("person", _("The person has this authorisation already."))
        return _page(request, channel, authorise=form)
    messages.success(request, _("The authorisation is noted."))
    return redirect("channel-people", pk)


@require_POST
def end_authorisation(request: Request, pk: int, row: int) -> HttpResponse:
    """End an authorisation that holds at the channel or above it."""
    channel = _channel(request, pk)
    rows = {a.pk: a for a in _allowed(channel, request.now)}
    held = get_object_or_404(Authorisation.objects.filter(pk__in=rows), pk=row)
    authorising.end(held, actor=request.actor, at=request.now)
    messages.success(request, _("The authorisation has ended."))
    return redirect("channel-people", pk)


@require_POST
def two_factor(request: Request, pk: int) -> HttpResponse:
    """Say how the channel's own sign-in is guarded."""
    channel = _channel(request, pk)
    form = SignInForm(request.POST, now=request.now, auto_id="channel_%s")
    if not form.is_valid():
        return _page(request, channel, sign_in=form)
    actor, at = request.actor, request.now
    staffing.confirm_two_factor(channel, form.sign_in, actor=actor, at=at)
    if form.sign_in.state == AccessHolder.State.UNAVAILABLE:
        messages.info(request, _("Noted. Ask for an exemption too, on the card."))
    else:
        messages.success(request, _("Your answer is noted."))
    return redirect("channel-people", pk)


@require_POST
def recovery(request: Request, pk: int) -> HttpResponse:
    """Note where the recovery codes are kept, and who knows."""
    channel = _channel(request, pk)
    form = RecoveryForm(request.POST, people=_knowing(channel, request.now))
    if not form.is_valid():
        return _page(request, channel, recovery=form)
    told, actor, at = form.cleaned_data, request.actor, request.now
    people = list(told["known_by"])
    recovering.note(channel, told["kept_at"], people, actor=actor, at=at)
    messages.success(request, _("It is noted where the codes are kept."))
    return redirect("channel-people", pk)


@require_POST
def certificate(request: Request, pk: int) -> HttpResponse:
    """Say whether the channel has a certificate of publication."""
    channel, has = _channel(request, pk), request.POST.get("has") == "yes"
    assessing.certify(channel, has=has, actor=request.actor, at=request.now)
    messages.success(request, _("Your answer is noted."))
    return redirect("channel-people", pk)


@require_GET
def leavers(request: Request) -> HttpResponse:
    """Show whose access is to be taken back, by when, and who took back what."""
    mine, at = Channel.objects.visible_to(request.actor), request.now
    waiting = leaving.waiting(mine, at=at)
    right = Right.REVOKE_ACCESS
    context = {
        "people": leaving.by_person(waiting),
        "late": {one.holder.pk for one in waiting if one.late(at)},
        "mine": {
            one.holder.pk
            for one in waiting
            if moves.may(right, request.actor, one.holder.channel.path, at=at)
        },
        "vacant": leaving.without_owner(mine, at=at),
        "revoked": leaving.revoked(mine),
        "within": rules.in_force(at).text("revoke_within"),
    }
    return render(request, "channels/leavers.html", context)


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """Note that an access is taken back at the platform."""
    mine = Channel.objects.visible_to(request.actor)
    held = AccessHolder.objects.filter(channel__in=mine).select_related("channel__node")
    holder = get_object_or_404(held, pk=pk)
    staffing.end_access(holder, actor=request.actor, at=request.now)
    messages.success(request, _("It is noted that the access is taken back."))
    return redirect("leavers")


def self_check(request: Request, pk: int) -> HttpResponse:
    """Ask the owner every question about the channel in one go (R-3.3-2)."""
    channel = _channel(request, pk)
    view = Viewing(channel, request.actor, request.now)
    asked = selfchecking.questions(rules.in_force(request.now))
    form = SelfCheckForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        told = (form.answers, form.notes)
        selfchecking.check(channel, *told, actor=request.actor, at=request.now)
        messages.success(request, _("The self-check is kept. Thank you."))
        return redirect("channel", pk)
    facts = channel.facts(request.now)
    context = {
        "channel": channel,
        "form": form,
        "rows": [
            (
                c,
                form[c.fact],
                form[f"{c.fact}_note"],
                facts.get(f.named(c.fact), request.now),
            )
            for c in asked
        ],
        "last": facts.get(f.SELF_CHECK, request.now),
        "refused": view.barred(selfchecking.must_check) if channel.runs else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "channels/self_check.html", context, status=status)


def _channel(request: Request, pk: int) -> Channel:
    seen = Channel.objects.visible_to(request.actor).select_related("node")
    return get_object_or_404(seen, pk=pk)
