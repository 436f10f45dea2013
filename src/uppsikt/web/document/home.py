"""The guideline in force, section by section, and who may do what by it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from uppsikt.governance import adopted_texts, receipts, reviewing, rules
from uppsikt.governance.models import ROLE_LABELS
from uppsikt.governance.request import Request
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.roles import Right, Role
from uppsikt.web import guideline as shown


@require_GET
def guideline(request: Request) -> HttpResponse:
    """Show the version in force: its decision, its demands, and if one has read it."""
    current = rules.in_force(request.now)
    version = receipts.version(request.now)
    assert version is not None  # noqa: S101 (something is in force)
    context = {
        "guideline": current,
        "sections": shown.sections(current),
        "version": version,
        "text": adopted_texts.newest(version),
        "receipt": receipts.receipt(request.user, version),
        "review_due": reviewing.due_on(request.now),
        "may_see_readers": request.actor.has(*current.holders(Right.SEE_READERS)),
        "vision": current.text("vision_url") if _links_vision(current) else "",
    }
    return render(request, "document/guideline.html", context)


def _links_vision(current: Guideline) -> bool:
    """Tell whether the file has the link; one adopted long ago need not (R-2-4)."""
    return "vision_url" in current.parameters


@require_GET
def responsibilities(request: Request) -> HttpResponse:
    """Show which role may do what, by the version in force (R-0-6)."""
    current = rules.in_force(request.now)
    every = shown.acts(current)
    named = {r for act in every for r in act.roles}
    chosen = next((r for r in Role if r.value == request.GET.get("roll")), None)
    roles = [r for r in Role if r in named]
    context = {
        "roles": [(r, ROLE_LABELS[r]) for r in roles],
        "chosen": chosen,
        "acts": [a for a in every if chosen is None or chosen in a.roles],
        "mine": {role for role, _ in request.actor.grants},
    }
    return render(request, "document/responsibilities.html", context)
