"""The pages of the risk register: the matrix, one risk, and what is done of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.channels import leaving, risking
from uppsikt.channels.models import Channel, Level, Measure, Risk
from uppsikt.channels.models.risk import SCALE, Risks
from uppsikt.channels.risk_forms import (
    MeasureForm,
    RiskForm,
    TakeOnForm,
    site_choices,
    weigh_form,
)
from uppsikt.channels.showing import why_of
from uppsikt.governance import moves, profiles
from uppsikt.governance.request import Request
from uppsikt.policy.roles import Right

ON_A_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the matrix: how many risks are so likely and so grave."""

    likelihood: int
    consequence: int
    count: int

    @property
    def level(self) -> Level:
        return Level.of(self.likelihood, self.consequence)


@require_GET
def index(request: Request) -> HttpResponse:
    """Show the matrix, and the risks that are looked for, the gravest first."""
    mine = Risk.objects.visible_to(request.actor).open()
    site, level = request.GET.get("plattform", ""), request.GET.get("niva", "")
    at, actor = request.now, request.actor
    used = risking.in_use()
    kept = mine.filter(site=site) if site in used else mine
    kept = _at_level(kept, level)
    ordered = kept.select_related("channel").prefetch_related("measures__owner")
    weight = (F("likelihood") * F("consequence")).desc()
    page = Paginator(ordered.order_by(weight, "pk"), ON_A_PAGE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "matrix": _matrix(kept),
        "scale": SCALE,
        "site": site,
        "level": level,
        "levels": Level.choices,
        "sites": site_choices(used),
        "decided": risking.latest(used, at=at),
        "keeps": moves.may(Right.KEEP_RISKS, actor, risking.path_of(None), at=at),
        "adds": bool(_places(request)),
        "today": leaving.today(at),
    }
    return render(request, "channels/risks.html", context)


def _at_level(rows: Risks, level: str) -> Risks:
    wanted = [(a, b) for a in SCALE for b in SCALE if Level.of(a, b).value == level]
    if not wanted:
        return rows
    found = Risk.objects.none()
    for likelihood, consequence in wanted:
        found |= rows.filter(likelihood=likelihood, consequence=consequence)
    return found


def _matrix(rows: Risks) -> Sequence[tuple[int, Sequence[Cell]]]:
    """Return the rows of the matrix, the most likely first."""
    told = list(rows.values_list("likelihood", "consequence"))
    return [
        (likely, [Cell(likely, grave, told.count((likely, grave))) for grave in SCALE])
        for likely in reversed(SCALE)
    ]


@require_POST
def begin(request: Request) -> HttpResponse:
    """Enter the listed risks for the platforms in use."""
    count = risking.begin(actor=request.actor, at=request.now)
    words = ngettext(
        "%(count)d risk came in. Weigh it, and give its measures owners.",
        "%(count)d risks came in. Weigh them, and give their measures owners.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect("risks")


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Enter a risk of one's own."""
    places = _places(request)
    if not places:
        moves.must(
            Right.KEEP_RISKS, request.actor, risking.path_of(None), at=request.now
        )
    form = RiskForm(
        request.POST or None, places=[(k, n) for k, (n, _c) in places.items()]
    )
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "channels/risk_new.html", {"form": form}, status=status)
    place = form.cleaned_data["place"]
    channel = places[place][1]
    site = channel.site if channel else place
    actor, at = request.actor, request.now
    row = risking.enter(site, form.weighed, channel, actor=actor, at=at)
    messages.success(request, _("The risk stands in the register."))
    return redirect("risk", row.pk)


def _places(request: Request) -> dict[str, tuple[str, Channel | None]]:
    """Return where the person may enter a risk: platforms, and channels."""
    actor, at, right = request.actor, request.now, Right.KEEP_RISKS
    found: dict[str, tuple[str, Channel | None]] = {}
    if moves.may(right, actor, risking.path_of(None), at=at):
        found |= {k: (n, None) for k, n in site_choices(risking.in_use())}
    mine = Channel.objects.visible_to(actor).standing().select_related("node")
    for channel in mine.order_by("name"):
        if moves.may(right, actor, channel.path, at=at):
            found[f"kanal-{channel.pk}"] = (channel.name, channel)
    return found


@require_GET
def risk(request: Request, pk: int) -> HttpResponse:
    """Show one risk and its measures."""
    return _page(request, _risk(request, pk))


def _page(request: Request, it: Risk, **given: forms.Form) -> HttpResponse:
    at, path = request.now, risking.path_of(it.channel)
    context = {
        "risk": it,
        "measures": it.measures.select_related("owner", "done_by").order_by("pk"),
        "weigh": given.get("weigh") or weigh_form(it),
        "add": given.get("add") or MeasureForm(),
        "keeps": moves.may(Right.KEEP_RISKS, request.actor, path, at=at),
        "suggested": profiles.suggested(request.actor, at=at),
        "today": leaving.today(at),
    }
    status = 422 if given else 200
    return render(request, "channels/risk.html", context, status=status)


def _risk(request: Request, pk: int) -> Risk:
    seen = Risk.objects.visible_to(request.actor).select_related("channel__node")
    return get_object_or_404(seen, pk=pk)


@require_POST
def weigh(request: Request, pk: int) -> HttpResponse:
    """Change how a risk is described and weighed."""
    it = _risk(request, pk)
    form = weigh_form(it, request.POST)
    if not form.is_valid():
        return _page(request, it, weigh=form)
    risking.weigh(it, form.weighed, actor=request.actor, at=request.now)
    messages.success(request, _("The risk is weighed anew."))
    return redirect("risk", pk)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close a risk that is there no more."""
    it, why = _risk(request, pk), why_of(request)
    risking.close(it, why=why, actor=request.actor, at=request.now)
    messages.success(request, _("The risk is closed."))
    return redirect("risks")


@require_POST
def measure(request: Request, pk: int) -> HttpResponse:
    """Decide on a measure against a risk."""
    it, form = _risk(request, pk), MeasureForm(request.POST)
    if not form.is_valid():
        return _page(request, it, add=form)
    told, actor, at = form.cleaned_data, request.actor, request.now
    risking.measure(it, told["what"], told["owner"], told["due_on"], actor=actor, at=at)
    messages.success(request, _("The measure is decided."))
    return redirect("risk", pk)


@require_http_methods(["GET", "POST"])
def take_on(request: Request, pk: int) -> HttpResponse:
    """Ask who sees to a measure, and by which day."""
    row, actor, at = _measure(request, pk), request.actor, request.now
    moves.must(Right.KEEP_RISKS, actor, risking.path_of(row.risk.channel), at=at)
    form = TakeOnForm(request.POST or None)
    if not form.is_valid():
        suggested = profiles.suggested(actor, at=at)
        context = {"measure": row, "form": form, "suggested": suggested}
        status = 422 if form.is_bound else 200
        return render(request, "channels/measure.html", context, status=status)
    told = form.cleaned_data
    risking.take_on(row, told["owner"], told["due_on"], actor=actor, at=at)
    messages.success(request, _("The measure has an owner."))
    return redirect("risk", row.risk_id)


@require_POST
def done(request: Request, pk: int) -> HttpResponse:
    """Note that a measure is done."""
    row = _measure(request, pk)
    risking.done(row, actor=request.actor, at=request.now)
    messages.success(request, _("The measure is done."))
    return redirect("risk", row.risk_id)


def _measure(request: Request, pk: int) -> Measure:
    seen = Risk.objects.visible_to(request.actor)
    rows = Measure.objects.filter(risk__in=seen).select_related("risk__channel__node")
    return get_object_or_404(rows, pk=pk)
