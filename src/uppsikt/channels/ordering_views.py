"""What the head of communications orders of a channel, and that it is done."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import order_document, ordering
from uppsikt.channels.models import Decision, PresenceOrder
from uppsikt.channels.showing import card_page, channel_of, done, why_of
from uppsikt.channels.step_forms import OrderForm
from uppsikt.governance import download
from uppsikt.governance.request import Request


@require_POST
def give(request: Request, pk: int) -> HttpResponse:
    """Order a change or the closing of a channel."""
    channel = channel_of(request, pk)
    ordering.must_give(channel, request.actor, at=request.now)
    form = OrderForm(request.POST, now=request.now)
    if not form.is_valid():
        return card_page(request, channel, order=form)
    ordering.give(channel, form.order, actor=request.actor, at=request.now)
    return done(request, channel, _("The order is given, and everybody is told."))


@require_POST
def carry_out(request: Request, pk: int) -> HttpResponse:
    """Tell that an order is carried out."""
    order, why = _order(request, pk), why_of(request)
    try:
        ordering.carry_out(order, why=why, actor=request.actor, at=request.now)
    except ordering.StillOpen:
        messages.error(request, _("The order is to close the channel. Close it first."))
        return redirect("channel", order.channel_id)
    return done(request, order.channel, _("It is noted as carried out."))


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Withdraw an order."""
    order, why = _order(request, pk), why_of(request)
    ordering.withdraw(order, why=why, actor=request.actor, at=request.now)
    return done(request, order.channel, _("The order is withdrawn."))


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show an order as the document it is, and where it is registered."""
    decision = _decision(request, pk)
    context = {
        "channel": decision.channel,
        "decision": decision,
        "document": order_document.of(decision),
        "body": order_document.BODY,
        "page": reverse("order-page", args=[pk]),
        "pdf": reverse("order-pdf", args=[pk]),
    }
    return render(request, "channels/decision/page.html", context)


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """Hand out the page that was sealed."""
    return download.attached(
        _decision(request, pk).page, _("order-%(pk)d.html") % {"pk": pk}
    )


@require_GET
def pdf(request: Request, pk: int) -> HttpResponse:
    """Hand out the order on paper's terms, once it is made."""
    made = _decision(request, pk).pdf
    if made is None:
        raise Http404
    return download.attached(made, _("order-%(pk)d.pdf") % {"pk": pk})


def _decision(request: Request, pk: int) -> Decision:
    subject = _order(request, pk).subject
    rows = Decision.objects.filter(step__subject=subject).select_related(
        "channel__node", "step__by", "registration", "page", "pdf"
    )
    return get_object_or_404(rows)


def _order(request: Request, pk: int) -> PresenceOrder:
    seen = PresenceOrder.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("channel__node", "given_by"), pk=pk)
