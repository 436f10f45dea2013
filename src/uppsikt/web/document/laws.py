"""The law register: each law in short, and when somebody last looked it up (D-35)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from uppsikt.governance import adopted_texts, law_checks, moves, rules
from uppsikt.governance.models import LawCheck
from uppsikt.governance.request import Request
from uppsikt.policy import laws
from uppsikt.policy.guideline import Control
from uppsikt.policy.laws import Law
from uppsikt.policy.roles import Right
from uppsikt.web.document.forms import LawForm

SHOWN = 20


@require_GET
def index(request: Request) -> HttpResponse:
    """List the laws behind the rules, and which are to be looked up."""
    context = {
        "rows": law_checks.register(at=request.now),
        "today": timezone.localdate(request.now),
        "may_check": _may(request),
    }
    return render(request, "document/laws.html", context)


@require_http_methods(["GET", "POST"])
def show(request: Request, name: str) -> HttpResponse:
    """Show a law; keep that somebody looked it up."""
    try:
        law = laws.named(name)
    except laws.NoSuchLaw:
        raise Http404 from None
    form = LawForm(request.POST or None)
    if form.is_valid() and _checked(request, law, form):
        messages.success(request, _("It is noted that you have looked the law up."))
        return redirect("laws")
    checks = LawCheck.objects.filter(law=law.id).select_related("by")
    context = {
        "law": law,
        "form": form,
        "may_check": _may(request),
        "checks": checks.order_by("-at", "-pk")[:SHOWN],
        "controls": _resting_on(law, request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "document/law.html", context, status=status)


def _checked(request: Request, law: Law, form: LawForm) -> bool:
    told = form.cleaned_data
    try:
        law_checks.check(
            law,
            note=told["note"],
            changed=told["changed"],
            actor=request.actor,
            at=request.now,
        )
    except law_checks.NoNote:
        form.add_error("note", _("Write what is new in the law."))
    return not form.errors


def _may(request: Request) -> bool:
    path = adopted_texts.top().path
    return moves.may(Right.CHECK_LAW, request.actor, path, at=request.now)


def _resting_on(law: Law, request: Request) -> list[Control]:
    """Return the demands of the guideline in force that rest on the law."""
    rows = set(law.rows)
    return [c for c in rules.in_force(request.now).control if rows & set(c.demands)]
