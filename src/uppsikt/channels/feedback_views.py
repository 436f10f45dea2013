"""The pages of those who answer for a channel: what visitors suggest (R-6.1-4)."""

from typing import Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import suggesting
from uppsikt.channels.feedback_life import FeedbackLife
from uppsikt.channels.models import Feedback
from uppsikt.channels.showing import why_of
from uppsikt.governance import moves
from uppsikt.governance.models import Step
from uppsikt.governance.request import Request

ON_A_PAGE: Final = 25


class AnswerForm(forms.Form):
    """What was done about a suggestion."""

    answer = forms.CharField(
        label=gettext_lazy("What was done"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@require_GET
def index(request: Request) -> HttpResponse:
    """List what is suggested where the actor has a role: what waits first."""
    seen = Feedback.objects.visible_to(request.actor).select_related("channel")
    finished = request.GET.get("flik") == "klara"
    waiting, done = seen.waiting(), seen.exclude(ended_at=None)
    rows = done.order_by("-ended_at") if finished else waiting.order_by("due_at")
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "finished": finished,
        "waiting": waiting.count(),
        "done": done.count(),
    }
    return render(request, "channels/feedback/index.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show one suggestion, and what can be done about it."""
    return _show(request, _feedback(request, pk))


@require_POST
def handle(request: Request, pk: int) -> HttpResponse:
    """Note what was done; whoever left an address gets it as a letter."""
    feedback = _feedback(request, pk)
    _must(request, feedback, "handle")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, feedback, form)
    answer = form.cleaned_data["answer"]
    suggesting.handle(feedback, answer, actor=request.actor, at=request.now)
    sent = _("The suggestion is handled, and the answer is on its way.")
    kept = _("The suggestion is handled.")
    messages.success(request, sent if feedback.contact else kept)
    return redirect("feedback", pk)


@require_POST
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Hand the suggestion over to the municipality's own system."""
    feedback, why = _feedback(request, pk), why_of(request)
    where = suggesting.hand_over(feedback, why=why, actor=request.actor, at=request.now)
    sent = _("The suggestion is sent to %(where)s.")
    by_hand = _("Pass it on to %(where)s yourself: that system takes no letters.")
    words = sent if suggesting.is_address(where) else by_hand
    messages.success(request, words % {"where": where})
    return redirect("feedback", pk)


def _feedback(request: Request, pk: int) -> Feedback:
    seen = Feedback.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("channel__node"), pk=pk)


def _must(request: Request, feedback: Feedback, name: str) -> None:
    move = FeedbackLife.moves[name]
    if refused := moves.why_not(move, feedback, request.actor, at=request.now):
        raise moves.NotYours(refused)


def _show(
    request: Request, feedback: Feedback, form: AnswerForm | None = None
) -> HttpResponse:
    steps = Step.objects.filter(subject=feedback.subject).select_related("by")
    actor, at = request.actor, request.now
    context = {
        "feedback": feedback,
        "life": FeedbackLife,
        "steps": steps.order_by("pk"),
        "waits": feedback.state is FeedbackLife.received,
        "refused": moves.why_not(FeedbackLife.handle, feedback, actor, at=at),
        "reason": moves.needs_reason(FeedbackLife.hand_over, at=at),
        "form": form or AnswerForm(),
        "receiver": suggesting.receives(at),
    }
    status = 422 if form else 200
    return render(request, "channels/feedback/show.html", context, status=status)
