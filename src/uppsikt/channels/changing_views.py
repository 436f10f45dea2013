"""The office's pages about changes that wait to be published."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import changing, changing_page, renaming
from uppsikt.channels.models import CardChange
from uppsikt.channels.showing import why_of
from uppsikt.governance.request import Request

ON_A_PAGE: Final = 20


@require_GET
def index(request: Request) -> HttpResponse:
    """List the changes that wait where the actor has a role, the oldest first."""
    rows = CardChange.objects.visible_to(request.actor).waiting()
    rows = rows.select_related("channel__node", "proposed_by").order_by("proposed_at")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    at, actor = request.now, request.actor
    shown = [changing_page.shown(c, actor, at=at) for c in page.object_list]
    return render(request, "channels/changes.html", {"page": page, "rows": shown})


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    """Publish a change."""
    change = _change(request, pk)
    try:
        changing.publish(change, actor=request.actor, at=request.now)
    except (renaming.TakenAccount, renaming.AnotherAccount):
        words = _("The account is another, or stands in the register. Refuse it.")
        messages.error(request, words)
        return redirect("card-changes")
    return _done(request, pk, _("The change is published."))


@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """Refuse a change, with the reason."""
    change, why = _change(request, pk), why_of(request)
    changing.refuse(change, why=why, actor=request.actor, at=request.now)
    return _done(request, pk, _("The change is refused, and whoever proposed it told."))


@require_POST
def recall(request: Request, pk: int) -> HttpResponse:
    """Take back a change."""
    changing.recall(_change(request, pk), actor=request.actor, at=request.now)
    return _done(request, pk, _("The change is taken back."))


def _change(request: Request, pk: int) -> CardChange:
    rows = CardChange.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("channel__node", "proposed_by"), pk=pk)


def _done(request: Request, pk: int, message: str) -> HttpResponse:
    messages.success(request, message)
    change = CardChange.objects.get(pk=pk)
    return redirect("channel", change.channel_id)
