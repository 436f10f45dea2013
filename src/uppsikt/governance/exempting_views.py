"""The pages about exemptions: the list, what is asked for, and the decision."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.governance import exempting, moves, rules
from uppsikt.governance.exempting_forms import AskForm, GrantForm, granting
from uppsikt.governance.exempting_life import ExemptionLife
from uppsikt.governance.models import Exemption, Exemptions, Node, Step, below
from uppsikt.governance.request import Request
from uppsikt.policy.guideline import Control

ON_A_PAGE: Final = 25
TABS: Final = ("vantar", "galler", "slut")


@require_GET
def index(request: Request) -> HttpResponse:
    """List the exemptions the person sees: those that wait, hold or are over."""
    asked = request.GET.get("visa", "")
    tab = asked if asked in TABS else TABS[0]
    mine = Exemption.objects.visible_to(request.actor)
    rows = _in_tab(mine, tab, request).select_related("node", "asked_by", "decided_by")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    names = {c.id: c.says for c in rules.in_force(request.now).control}
    context = {
        "tab": tab,
        "page": page,
        "rows": [(row, names.get(row.control, row.control)) for row in page],
        "counts": {one: _in_tab(mine, one, request).count() for one in TABS},
    }
    return render(request, "governance/exemptions.html", context)


def _in_tab(mine: Exemptions, tab: str, request: Request) -> Exemptions:
    if tab == "galler":
        return mine.valid(request.now).order_by("ends_at", "pk")
    if tab == "slut":
        return mine.over(request.now).order_by("-decided_at", "-pk")
    return mine.waiting().order_by("asked_at", "pk")


@require_http_methods(["GET", "POST"])
def ask(request: Request, node: int, control: str) -> HttpResponse:
    """Ask for an exemption from one demand, for one place."""
    seen = Node.objects.filter(below(request.actor), closed_at=None)
    place, demand = get_object_or_404(seen, pk=node), _demand(control, request)
    may = rules.in_force(request.now).rule(str(ExemptionLife.ask)).roles
    moves.require(request.actor, place.path, frozenset(may))
    form = AskForm(request.POST or None, now=request.now)
    if form.is_valid() and (asked := _asked(request, form, place, demand)):
        messages.success(
            request, _("The question is sent to the head of communications.")
        )
        return redirect("exemption", asked.pk)
    context = {"form": form, "place": place, "control": demand}
    status = 422 if form.is_bound else 200
    return render(request, "governance/exemption_ask.html", context, status=status)


def _demand(name: str, request: Request) -> Control:
    try:
        return exempting.control(name, at=request.now)
    except (exempting.UnknownControl, exempting.NeverExempt) as stop:
        raise Http404 from stop


def _asked(
    request: Request, form: AskForm, place: Node, demand: Control
) -> Exemption | None:
    told = form.cleaned_data
    try:
        return exempting.ask(
            place,
            demand.id,
            reason=told["reason"],
            until=told["until"],
            actor=request.actor,
            at=request.now,
        )
    except exempting.AlreadyAsked:
        form.add_error(None, _("An exemption from this is asked for or holds already."))
        return None


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show one exemption, its history, and what is the person's to decide."""
    exemption = _exemption(request, pk)
    return _page(request, exemption, granting(exemption, at=request.now))


def _page(request: Request, exemption: Exemption, form: GrantForm) -> HttpResponse:
    now, actor = request.now, request.actor
    controls = {c.id: c for c in rules.in_force(now).control}
    steps = Step.objects.filter(subject=exemption.subject).select_related("by")
    context = {
        "exemption": exemption,
        "control": controls.get(exemption.control),
        "form": form,
        "grant_refused": moves.why_not(ExemptionLife.grant, exemption, actor, at=now),
        "end_refused": moves.why_not(ExemptionLife.end, exemption, actor, at=now),
        "holds": exemption.holds(now),
        "valid": exemption.state is ExemptionLife.granted
        and exemption.ends_at is not None
        and exemption.ends_at > now,
        "life": ExemptionLife,
        "steps": steps.order_by("-at", "-pk"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "governance/exemption.html", context, status=status)


def _exemption(request: Request, pk: int) -> Exemption:
    seen = Exemption.objects.visible_to(request.actor)
    return get_object_or_404(
        seen.select_related("node", "asked_by", "decided_by"), pk=pk
    )


@require_POST
def grant(request: Request, pk: int) -> HttpResponse:
    """Grant an exemption on terms."""
    exemption = _exemption(request, pk)
    if stop := moves.why_not(
        ExemptionLife.grant, exemption, request.actor, at=request.now
    ):
        raise moves.NotYours(stop)
    form = GrantForm(request.POST, now=request.now)
    if not form.is_valid() or not _granted(request, exemption, form):
        return _page(request, exemption, form)
    messages.success(request, _("The exemption is granted."))
    return redirect("exemption", pk)


def _granted(request: Request, exemption: Exemption, form: GrantForm) -> bool:
    try:
        exempting.grant(exemption, form.terms, actor=request.actor, at=request.now)
    except (exempting.NeverExempt, exempting.UnknownControl):
        form.add_error(
            None,
            _(
                "The guideline in force gives no exemption from this any more. Refuse "
                "the question instead."
            ),
        )
    return not form.errors


@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """Refuse an exemption, with the reason."""
    exemption, why = _exemption(request, pk), request.POST.get("why", "")
    exempting.refuse(exemption, why=why, actor=request.actor, at=request.now)
    messages.success(request, _("The exemption is refused."))
    return redirect("exemption", pk)


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """End an exemption before its day, with the reason."""
    exemption, why = _exemption(request, pk), request.POST.get("why", "")
    exempting.end(exemption, why=why, actor=request.actor, at=request.now)
    messages.success(request, _("The exemption has ended. The demand holds again."))
    return redirect("exemption", pk)
