"""My day, and how the channels stand on every demand."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uppsikt.channels.models import Channel
from uppsikt.duties import matrix, municipality, plan
from uppsikt.governance import receipts
from uppsikt.governance.models import Assignment
from uppsikt.governance.request import Request
from uppsikt.policy.verdict import Outcome


@require_GET
def my_day(request: Request) -> HttpResponse:
    """Show what falls to the person now, or that nothing does."""
    context = {
        "groups": plan.of(request.actor, at=request.now),
        "attestations": matrix.attestations(request.actor, at=request.now),
        "roles": Assignment.objects.holding(request.now)
        .filter(user=request.user)
        .select_related("node"),
        "today": timezone.localdate(request.now),
        "unread": receipts.unread(request.user, at=request.now),
    }
    return render(request, "duties/my_day.html", context)


@require_GET
def compliance(request: Request) -> HttpResponse:
    """Show every channel by every demand, with word, sign and evidence (R-1-2)."""
    channels = Channel.objects.visible_to(request.actor).open()
    channels = channels.select_related("node").order_by("name")
    found = matrix.of(list(channels), at=request.now)
    context = {
        "matrix": found,
        "counts": _counts(found),
        "only_open": "brister" in request.GET,
        "municipal": municipality.findings(at=request.now),
    }
    return render(request, "duties/compliance.html", context)


def _counts(found: matrix.Matrix) -> list[tuple[Outcome, int]]:
    every = [f.verdict.outcome for row in found.rows for f in row.findings]
    return [(outcome, every.count(outcome)) for outcome in Outcome]
