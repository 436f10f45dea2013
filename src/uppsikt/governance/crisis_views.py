"""The crisis switch: where a crisis is on, and switching it on and off (R-6.5-2)."""

from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from uppsikt.governance import crisis, moves, rules
from uppsikt.governance.crisis_form import CrisisForm
from uppsikt.governance.models import CrisisSwitch, Node
from uppsikt.governance.request import Request
from uppsikt.policy.roles import Right

_LATEST: Final = 50


@require_http_methods(["GET", "POST"])
def index(request: Request) -> HttpResponse:
    """Show where a crisis is on and has been, and let those who may switch one on."""
    places = _places(request)
    form = CrisisForm(request.POST or None, places=places)
    if request.method == "POST":
        moves.must(Right.SWITCH_CRISIS, request.actor, _top(places), at=request.now)
    if form.is_valid() and _switched_on(request, form):
        return redirect("crises")
    seen = CrisisSwitch.objects.visible_to(request.actor)
    rows = seen.select_related("node", "by", "ended_by").order_by("-starts_at", "-pk")
    on = set(seen.holding(request.now).values_list("pk", flat=True))
    reached = rules.in_force(request.now).holders(Right.SWITCH_CRISIS)
    told = {
        "rows": [
            (row, row.pk in on, bool(request.actor.roles_at(row.node.path) & reached))
            for row in rows[:_LATEST]
        ],
        "form": form if places else None,
        "span": rules.in_force(request.now).text("crisis_first_response"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "governance/crises.html", told, status=status)


@require_POST
def switch_off(request: Request, pk: int) -> HttpResponse:
    """End a crisis now."""
    rows = CrisisSwitch.objects.visible_to(request.actor).select_related("node")
    try:
        crisis.switch_off(
            get_object_or_404(rows, pk=pk), actor=request.actor, at=request.now
        )
    except crisis.Over:
        messages.info(request, _("It was over already."))
    else:
        messages.success(request, _("The crisis is over. The usual clocks run again."))
    return redirect("crises")


def _places(request: Request) -> QuerySet[Node]:
    """Return the places where the actor may switch a crisis on."""
    may = rules.in_force(request.now).holders(Right.SWITCH_CRISIS)
    nodes = Node.objects.filter(closed_at=None).order_by("path")
    here = [node.pk for node in nodes if request.actor.roles_at(node.path) & may]
    return nodes.filter(pk__in=here)


def _top(places: QuerySet[Node]) -> str:
    first = places.first()
    return first.path if first else ""


def _switched_on(request: Request, form: CrisisForm) -> bool:
    told = form.cleaned_data
    try:
        crisis.switch_on(
            told["node"],
            told["event"],
            told["why"],
            form.until(request.now),
            actor=request.actor,
            at=request.now,
        )
    except crisis.OnAlready:
        form.add_error("node", _("A crisis is on there already."))
        return False
    messages.success(request, _("The crisis switch is on. The clocks are shorter now."))
    return True
