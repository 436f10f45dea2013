"""What the head of communications orders of a channel, and that it is done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from uppsikt.channels import ordering
from uppsikt.channels.models import PresenceOrder
from uppsikt.channels.showing import card_page, channel_of, done, why_of
from uppsikt.channels.step_forms import OrderForm
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


def _order(request: Request, pk: int) -> PresenceOrder:
    seen = PresenceOrder.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("channel__node", "given_by"), pk=pk)
