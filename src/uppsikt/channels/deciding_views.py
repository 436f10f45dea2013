"""The decision on an application: made, shown, and taken away as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import actions, deciding
from uppsikt.channels.models import Decision
from uppsikt.channels.showing import card_page, channel_of, done
from uppsikt.channels.step_forms import ApproveForm
from uppsikt.governance import download, rules
from uppsikt.governance.request import Request


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve an application, having confirmed each ground by itself."""
    channel, guideline = channel_of(request, pk), rules.in_force(request.now)
    form = ApproveForm(request.POST, guideline=guideline)
    if not form.is_valid():
        actions.must_approve(channel, request.actor, at=request.now)
        return card_page(request, channel, approve=form)
    actions.approve(
        channel,
        confirmed=form.confirmed,
        actor=request.actor,
        at=request.now,
        why=form.cleaned_data["why"],
    )
    return done(request, channel, _("The channel is approved. Everybody is told."))


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show the latest decision on the channel, as it was sealed."""
    channel, decision = channel_of(request, pk), _decision(request, pk)
    document = deciding.read(channel, decision.step)
    context = {
        "channel": channel,
        "decision": decision,
        "document": document,
        "body": deciding.BODY,
        "page": reverse("channel-decision-page", args=[pk]),
        "pdf": reverse("channel-decision-pdf", args=[pk]),
    }
    return render(request, "channels/decision/page.html", context)


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """Hand out the page that was sealed."""
    decision = _decision(request, pk)
    return download.attached(decision.page, _("decision-%(pk)d.html") % {"pk": pk})


@require_GET
def pdf(request: Request, pk: int) -> HttpResponse:
    """Hand out the decision on paper's terms, once it is made."""
    decision = _decision(request, pk)
    if decision.pdf is None:
        raise Http404
    return download.attached(decision.pdf, _("decision-%(pk)d.pdf") % {"pk": pk})


def _decision(request: Request, pk: int) -> Decision:
    channel = channel_of(request, pk)
    rows = channel.decisions.on_application().order_by("-pk")
    decision = rows.select_related("step__by", "registration", "page", "pdf").first()
    if decision is None:
        raise Http404
    return decision
