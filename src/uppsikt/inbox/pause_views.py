"""Let an item's clock stand still, and go on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from uppsikt.governance.request import Request
from uppsikt.inbox import pausing
from uppsikt.inbox.models import Item
from uppsikt.inbox.pause_form import PauseForm


@require_POST
def pause(request: Request, pk: int) -> HttpResponse:
    """Let the full answer's clock stand still through a day."""
    form = PauseForm(request.POST, at=request.now)
    item = _visible(request, pk)
    if form.is_valid():
        _paused(request, item, form)
    else:
        messages.error(request, _("Choose what you wait for, and a day."))
    return redirect("item", pk)


@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    """Let the clock go on."""
    pausing.resume(_visible(request, pk), actor=request.actor, at=request.now)
    messages.success(request, _("The clock runs again."))
    return redirect("item", pk)


def _paused(request: Request, item: Item, form: PauseForm) -> None:
    told = form.cleaned_data
    try:
        pausing.pause(
            item,
            told["reason"],
            told["until"],
            note=told["note"],
            actor=request.actor,
            at=request.now,
        )
    except pausing.NoFirstWord:
        messages.error(request, _("Say a first word before the clock can stand still."))
    except pausing.PausedAlready:
        messages.info(request, _("The clock stands still already."))
    except pausing.BadDay:
        words = _("Choose a day from tomorrow until %(day)s.")
        day = pausing.latest(request.now).isoformat()
        messages.error(request, words % {"day": day})
    else:
        messages.success(request, _("The clock of the full answer stands still."))


def _visible(request: Request, pk: int) -> Item:
    rows = Item.objects.visible_to(request.actor).select_related("channel__node")
    return get_object_or_404(rows, pk=pk)
