"""Pages about response times: what holds where, calendars, and a channel's own."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.models import CrisisSwitch
from uppsikt.governance.request import Request
from uppsikt.inbox import open_figures, own_terms, terms
from uppsikt.inbox.models import Calendar, ChannelTerms
from uppsikt.inbox.terms_forms import TermsForm, first_values
from uppsikt.policy.roles import Right

MOST: Final = 500
CLOCKS: Final = (terms.FIRST, terms.FULL, terms.IN_CRISIS)


@require_GET
def index(request: Request) -> HttpResponse:
    """Show the guideline's clocks, the calendars, and the channels with their own."""
    guideline = rules.in_force(request.now)
    seen = Channel.objects.visible_to(request.actor)
    crises = CrisisSwitch.objects.visible_to(request.actor).holding(request.now)
    told = {
        "clocks": [guideline.parameters[name] for name in CLOCKS],
        "main": Calendar.objects.filter(main=True).first(),
        "calendars": Calendar.objects.visible_to(request.actor)
        .filter(main=False)
        .select_related("node")
        .order_by("name"),
        "may_keep": any(
            r in guideline.holders(Right.KEEP_CALENDAR) for r, _ in request.actor.grants
        ),
        "own": _own(request, seen),
        "published": open_figures.is_published(request.now),
        "crises": crises.select_related("node").order_by("starts_at"),
    }
    return render(request, "inbox/terms.html", told)


def _own(request: Request, seen: Any) -> list[ChannelTerms]:
    """Return the terms that hold now of the channels that have some of their own."""
    rows = ChannelTerms.objects.filter(channel__in=seen, at__lte=request.now)
    rows = rows.select_related("channel", "calendar").order_by("at", "pk")
    latest = {row.channel_id: row for row in rows[:MOST]}
    found = [row for row in latest.values() if row.holds(request.now)]
    return sorted(found, key=lambda row: row.channel.name)


@require_http_methods(["GET", "POST"])
def channel(request: Request, pk: int) -> HttpResponse:
    """Show by what a channel's clocks run, and let those who may decide it."""
    rows = Channel.objects.visible_to(request.actor).select_related("node")
    it = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        moves.must(Right.SET_TERMS, request.actor, it.path, at=request.now)
    decided = ChannelTerms.objects.filter(channel=it).select_related("by", "calendar")
    history = list(decided.order_by("-at", "-pk")[:25])
    holds = next((row for row in history if row.holds(request.now)), None)
    latest = holds if history and holds is history[0] else None
    form = TermsForm(
        request.POST or None,
        calendars=_calendars(it),
        initial=first_values(latest.first, latest.full, latest.calendar_id)
        if latest
        else {},
    )
    if form.is_valid() and _decided(request, it, form):
        return redirect("channel-terms", pk)
    told = {
        "channel": it,
        "terms": terms.of_one(it, at=request.now),
        "latest": latest,
        "history": history,
        "form": form,
        "may": moves.may(Right.SET_TERMS, request.actor, it.path, at=request.now),
    }
    status = 422 if form.is_bound else 200
    return render(request, "inbox/terms_channel.html", told, status=status)


def _calendars(it: Channel) -> list[Calendar]:
    rows = Calendar.objects.filter(main=False).select_related("node")
    return [one for one in rows if own_terms.serves(one, it)]


def _decided(request: Request, it: Channel, form: TermsForm) -> bool:
    why = form.cleaned_data["why"]
    try:
        own_terms.decide(it, form.wanted, why=why, actor=request.actor, at=request.now)
    except own_terms.TooLong as long:
        words = _(
            "That is longer than the guideline gives. Ask for an exemption first, or "
            "choose a shorter time."
        )
        form.add_error(f"{long.field}_count", words)
        return False
    messages.success(request, _("Decided. The clocks of open questions follow."))
    return True
