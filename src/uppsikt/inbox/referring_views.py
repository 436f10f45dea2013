"""What one does with a question that is not answered here, and the list of parties."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import adopted_texts, moves
from uppsikt.governance.request import Request
from uppsikt.inbox import acts, parties, referring, views
from uppsikt.inbox.models import Party
from uppsikt.inbox.referring_forms import EndForm, MoveForm, PartyForm, ReferralForm
from uppsikt.policy.roles import Right


@require_POST
def judge(request: Request, pk: int) -> HttpResponse:
    """Note whether the question is political, as the person finds."""
    it = views.visible(request, pk)
    political = request.POST.get("political") == "1"
    referring.judge(it, political=political, actor=request.actor, at=request.now)
    if political:
        messages.success(request, _("Noted as political. Refer it to the parties."))
    else:
        messages.success(request, _("Noted as a question of fact. Answer it."))
    return redirect("item", pk)


@require_POST
def refer(request: Request, pk: int) -> HttpResponse:
    """Order a referral to all parties of the council."""
    it = views.visible(request, pk)
    form = ReferralForm(request.POST, it, request.user, request.now)

    def order(told: dict[str, Any]) -> object:
        return referring.refer(it, told["text"], actor=request.actor, at=request.now)

    if acts.ordered(request, it, form, order):
        return redirect("item", pk)
    return acts.shown_again(request, it, "referral", form)


@require_POST
def move_on(request: Request, pk: int) -> HttpResponse:
    """Order word of where a person's own matter is taken care of."""
    it = views.visible(request, pk)
    form = MoveForm(request.POST, it, request.user, request.now)

    def order(told: dict[str, Any]) -> object:
        text, where = told["text"], told["where"]
        return referring.move_on(it, text, where, actor=request.actor, at=request.now)

    if acts.ordered(request, it, form, order):
        return redirect("item", pk)
    return acts.shown_again(request, it, "moved", form)


@require_GET
def index(request: Request) -> HttpResponse:
    """Show the parties of the council, and those that were there before."""
    return _list(request, 200)


@require_POST
def add(request: Request) -> HttpResponse:
    """Put a party into the list."""
    parties.must_keep(request.actor, at=request.now)
    form = PartyForm(request.POST, auto_id="party-%s")
    if not form.is_valid():
        return _list(request, 422, form=form)
    try:
        parties.add(form.seat, actor=request.actor, at=request.now)
    except parties.StandsThere:
        form.add_error("name", _("That party stands in the list already."))
        return _list(request, 422, form=form)
    return redirect("parties")


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Note the last day of a party in the council."""
    parties.must_keep(request.actor, at=request.now)
    party, form = get_object_or_404(Party, pk=pk), EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the last day of the party in the council."))
        return redirect("parties")
    try:
        until = form.cleaned_data["until"]
        parties.end(party, until, actor=request.actor, at=request.now)
    except parties.WrongDays:
        messages.error(request, _("It cannot leave before it came."))
    return redirect("parties")


def _list(request: Request, status: int, form: PartyForm | None = None) -> HttpResponse:
    top = adopted_texts.top().path
    now = parties.today(request.now)
    ended = Party.objects.filter(until__lt=timezone.localtime(request.now).date())
    told = {
        "represented": now,
        "before": ended.order_by("-until", "name")[:50],
        "form": form or PartyForm(auto_id="party-%s"),
        "keeps": moves.may(Right.KEEP_PARTIES, request.actor, top, at=request.now),
    }
    return render(request, "inbox/parties.html", told, status=status)
