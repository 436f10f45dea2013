"""What every view of a channel begins and ends with: the channel, and its card."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from uppsikt.channels import card as cards
from uppsikt.channels.forms import WhyForm
from uppsikt.channels.models import Channel
from uppsikt.governance.request import Request


def channel_of(request: Request, pk: int) -> Channel:
    """Return the channel, if it is for the actor to see: else 404."""
    seen = Channel.objects.shown_to(request.actor).select_related(
        "node", "connection__tested_by", "proposed_owner", "proposed_deputy"
    )
    return get_object_or_404(seen.select_related("applied_by"), pk=pk)


def card_page(request: Request, channel: Channel, **given: forms.Form) -> HttpResponse:
    """Show the card; `given` are forms that came back with something wrong."""
    view = cards.Viewing(channel, request.actor, request.now)
    status = 422 if given else 200
    context = cards.context(view, given)
    return render(request, "channels/card.html", context, status=status)


def why_of(request: Request) -> str:
    """Return the reason that was written, or "" when it is no text."""
    form = WhyForm(request.POST)
    return str(form.cleaned_data["why"]) if form.is_valid() else ""


def done(request: Request, channel: Channel, message: str) -> HttpResponse:
    """Go back to the card and say what was done."""
    messages.success(request, message)
    return redirect("channel", channel.pk)
