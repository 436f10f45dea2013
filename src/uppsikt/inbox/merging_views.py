"""What a person does with the same question in several places: tie, take apart."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from uppsikt.governance.request import Request
from uppsikt.inbox import merging
from uppsikt.inbox.models import Item
from uppsikt.inbox.refusals import REFUSALS, in_words


@require_POST
def merge(request: Request, pk: int) -> HttpResponse:
    """Tie to this item what is the same and open."""
    it = _item(request, pk)
    asked = request.POST.getlist("same")
    others = [o for o in merging.twins(it, request.actor) if str(o.pk) in asked]
    try:
        merging.merge(it, others, actor=request.actor, at=request.now)
    except merging.NoTwin:
        messages.info(request, _("Choose at least one of them."))
    except REFUSALS as e:
        messages.error(request, in_words(e))
    else:
        words = ngettext(
            "%(count)d item is answered together with this one.",
            "%(count)d items are answered together with this one.",
            len(others),
        )
        messages.success(request, words % {"count": len(others)})
    return redirect("item", pk)


@require_POST
def part(request: Request, pk: int) -> HttpResponse:
    """Take this item apart again."""
    it = _item(request, pk)
    try:
        merging.part(it, actor=request.actor, at=request.now)
    except merging.NoTwin:
        messages.info(request, _("It is not tied to another."))
    else:
        messages.success(request, _("It stands on its own again."))
    return redirect("item", pk)


def _item(request: Request, pk: int) -> Item:
    rows = Item.objects.visible_to(request.actor)
    rows = rows.select_related("channel__node", "outgoing", "duplicate_of")
    return get_object_or_404(rows, pk=pk)
