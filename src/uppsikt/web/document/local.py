"""What places have decided of their own: shown to those it is for (R-1-1, R-3.1-4)."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.governance import download, local_decisions, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.local_decisions import Kind
from uppsikt.governance.models import LocalDecision, Node
from uppsikt.governance.request import Request
from uppsikt.records import media
from uppsikt.web.document.local_forms import (
    EndForm,
    LocalForm,
    form_for,
    retention_said,
)
from uppsikt.web.wording import sentence

ON_A_PAGE: Final = 25


@require_GET
def index(request: Request) -> HttpResponse:
    """List the decisions that concern the person, by place; past ones on their own."""
    today = timezone.localdate(request.now)
    mine = LocalDecision.objects.visible_to(request.actor)
    past = "slut" in request.GET
    rows = (
        mine.filter(valid_until__lt=today)
        if past
        else mine.exclude(valid_until__lt=today)
    )
    asked = request.GET.get("slag", "")
    if asked in Kind.values:
        rows = rows.filter(kind=asked)
    rows = rows.select_related("node").order_by("node__path", "kind", "-valid_from")
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "past": past,
        "kinds": Kind.choices,
        "asked": asked,
        "today": today,
        "new": _beginnings(request),
    }
    return render(request, "document/local.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show one decision."""
    return _page(request, _decision(request.actor, pk), EndForm())


@require_GET
def document(request: Request, pk: int) -> HttpResponse:
    """Hand out the document of a decision."""
    decision = _decision(request.actor, pk)
    if decision.document is None:
        raise Http404
    return download.attached(decision.document, decision.document_name)


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Let a decision end."""
    decision = _decision(request.actor, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, decision, form)
    last_day = form.cleaned_data["last_day"]
    try:
        local_decisions.end(decision, last_day, actor=request.actor, at=request.now)
    except moves.TooLate:
        form.add_error("last_day", _("It ends before that, or has not begun by then."))
        return _page(request, decision, form)
    messages.success(request, _("The decision ends that day."))
    return redirect("local-decision", pk)


@require_http_methods(["GET", "POST"])
def new(request: Request, node: int, kind: str) -> HttpResponse:
    """Keep a decision of a place."""
    place = get_object_or_404(Node, pk=node, closed_at=None)
    if kind not in local_decisions.kinds_for(request.actor, place, at=request.now):
        raise PermissionDenied
    asked, today = Kind(kind), timezone.localdate(request.now)
    make = form_for(asked, place, request.now)
    if request.method != "POST":
        form: LocalForm = make(initial={"decided_on": today, "valid_from": today})
    else:
        form = make(request.POST, request.FILES)
        if form.is_valid() and (made := _decided(request, asked, place, form)):
            messages.success(request, _("The decision is kept."))
            return redirect("local-decision", made.pk)
    context = {"form": form, "place": place, "kind": asked}
    status = 422 if form.is_bound else 200
    return render(request, "document/local_new.html", context, status=status)


def _decided(
    request: Request, kind: Kind, place: Node, form: LocalForm
) -> LocalDecision | None:
    try:
        return local_decisions.decide(
            kind, place, form.told, actor=request.actor, at=request.now
        )
    except media.NotWhatItSays as odd:
        form.add_error("document", sentence(odd.reason))
    except local_decisions.BadScope:
        form.add_error("category", _("It does not cover that."))
    return None


def _decision(actor: Actor, pk: int) -> LocalDecision:
    rows = LocalDecision.objects.visible_to(actor)
    return get_object_or_404(
        rows.select_related("node", "scope", "document", "by"), pk=pk
    )


def _page(request: Request, decision: LocalDecision, form: EndForm) -> HttpResponse:
    may = local_decisions.kinds_for(request.actor, decision.node, at=request.now)
    categories = local_decisions.categories(request.now)
    context = {
        "decision": decision,
        "form": form,
        "today": timezone.localdate(request.now),
        "may_end": decision.kind in may,
        "category": categories.get(decision.category, decision.category),
        "retention": retention_said(decision.retention) if decision.retention else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "document/local_decision.html", context, status=status)


def _beginnings(request: Request) -> list[tuple[Node, list[Kind]]]:
    """Return the places where the person can decide something, each with what."""
    places = Node.objects.filter(closed_at=None).exclude(kind=Node.Kind.CHANNEL)
    found = (
        (place, local_decisions.kinds_for(request.actor, place, at=request.now))
        for place in places.order_by("path")
    )
    return [(place, kinds) for place, kinds in found if kinds]
