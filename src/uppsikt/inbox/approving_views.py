"""Approving what a colleague wrote, as it stands or as one writes it oneself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from uppsikt.channels import connecting
from uppsikt.governance.request import Request
from uppsikt.inbox import drafts, referring
from uppsikt.inbox.refusals import REFUSALS, in_words
from uppsikt.sending import approving
from uppsikt.sending.actions import TooLong
from uppsikt.sending.models import Outgoing


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve a text and send it; what one has changed becomes one's own version."""
    rows = Outgoing.objects.visible_to(request.actor).exclude(items__secluded=True)
    outgoing = get_object_or_404(
        rows.select_related("channel__node", "written_by"), pk=pk
    )
    text = request.POST.get("text", "").strip().replace("\r\n", "\n")
    try:
        if text:
            _must_be_sendable(outgoing, text, request)
        approving.approve(
            outgoing,
            actor=request.actor,
            at=request.now,
            read=request.POST.get("read", ""),
            text=text,
        )
    except REFUSALS as e:
        messages.error(request, in_words(e))
    except approving.NotWhatWasRead:
        messages.error(request, _("The text has changed. Read it once more."))
    else:
        messages.success(request, _("Approved. It is on its way."))
    return redirect("approvals")


def _must_be_sendable(outgoing: Outgoing, text: str, request: Request) -> None:
    """Raise what stands against a text; it is signed by who wrote it first."""
    drafts.require_signature(text, outgoing.written_by)
    if outgoing.kind == Outgoing.Kind.REFERRAL:
        referring.must_name_all(text, at=request.now)
    if outgoing.kind == Outgoing.Kind.MOVED:
        referring.must_not_ask(text)
    connector = connecting.connector(outgoing.channel)
    if connector.length(text) > connector.max_length:
        raise TooLong(connector.length(text), connector.max_length)
