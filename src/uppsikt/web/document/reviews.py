"""The yearly review of the guideline: what was done, and the next one (R-3.2-4)."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from uppsikt.governance import adopted_texts, moves, reviewing
from uppsikt.governance.models import GuidelineReview
from uppsikt.governance.request import Request
from uppsikt.policy.roles import Right
from uppsikt.web.document.forms import ReviewForm

ON_A_PAGE: Final = 20


@require_http_methods(["GET", "POST"])
def index(request: Request) -> HttpResponse:
    """Show the reviews and when the next is due; keep a new one."""
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        outcome = GuidelineReview.Outcome(form.cleaned_data["outcome"])
        notes = form.cleaned_data["notes"]
        reviewing.review(outcome, notes, actor=request.actor, at=request.now)
        messages.success(request, _("The review is kept."))
        wants_change = outcome == GuidelineReview.Outcome.CHANGE
        return redirect("proposal-new" if wants_change else "guideline-reviews")
    rows = GuidelineReview.objects.select_related("by", "adoption")
    path = adopted_texts.top().path
    context = {
        "form": form,
        "page": Paginator(rows.order_by("-at", "-pk"), ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "may_review": moves.may(Right.REVIEW, request.actor, path, at=request.now),
        "due_on": reviewing.due_on(request.now),
    }
    status = 422 if form.is_bound else 200
    return render(request, "document/reviews.html", context, status=status)
