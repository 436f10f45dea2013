"""What the officer does at a channel's start: the notice, and the rights."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from uppsikt.channels import handing, starting
from uppsikt.channels.models import Handover, StartNotice
from uppsikt.channels.showing import card_page, channel_of, done, why_of
from uppsikt.channels.step_forms import HandoverForm
from uppsikt.governance.request import Request


@require_POST
def receive(request: Request, pk: int) -> HttpResponse:
    """Confirm that the start-up notice has come."""
    notice, why = _notice(request, pk), why_of(request)
    starting.receive(notice, why=why, actor=request.actor, at=request.now)
    return done(request, notice.channel, _("The receipt is noted."))


@require_POST
def escalate(request: Request, pk: int) -> HttpResponse:
    """Raise a doubt with the head of communications."""
    notice, why = _notice(request, pk), why_of(request)
    starting.escalate(notice, why=why, actor=request.actor, at=request.now)
    return done(request, notice.channel, _("The head of communications is told."))


@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """Answer what an officer has raised."""
    notice, why = _notice(request, pk), why_of(request)
    starting.settle(notice, why=why, actor=request.actor, at=request.now)
    return done(request, notice.channel, _("The answer is noted."))


@require_POST
@sensitive_post_parameters("reference")
def give(request: Request, pk: int) -> HttpResponse:
    """Note that administrator rights are handed over."""
    channel, at = channel_of(request, pk), request.now
    handing.must_give(channel, request.actor, at=at)
    recipients = handing.recipients(channel, at=at)
    form = HandoverForm(request.POST, recipients=recipients)
    if not form.is_valid():
        return card_page(request, channel, handover=form)
    handing.give(channel, form.handing, actor=request.actor, at=at)
    return done(request, channel, _("It is noted. The recipient is asked to confirm."))


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm that one has the rights."""
    handover = _handover(request, pk)
    handing.confirm(handover, actor=request.actor, at=request.now)
    return done(request, handover.channel, _("Your confirmation is noted."))


@require_POST
def recall(request: Request, pk: int) -> HttpResponse:
    """Recall a note of a hand-over that was wrong."""
    handover, why = _handover(request, pk), why_of(request)
    handing.recall(handover, why=why, actor=request.actor, at=request.now)
    return done(request, handover.channel, _("The note is recalled."))


def _notice(request: Request, pk: int) -> StartNotice:
    seen = StartNotice.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("channel__node"), pk=pk)


def _handover(request: Request, pk: int) -> Handover:
    seen = Handover.objects.visible_to(request.actor)
    return get_object_or_404(
        seen.select_related("channel__node", "recipient", "given_by"), pk=pk
    )
