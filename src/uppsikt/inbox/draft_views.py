"""A draft on its way: kept and read as one types, or when one asks for it."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.checks.text.signature import NoTitle
from uppsikt.governance import moves
from uppsikt.governance.request import Request
from uppsikt.inbox import drafting, hints, views
from uppsikt.inbox.answer_forms import LONGEST
from uppsikt.inbox.boxes import BOXES
from uppsikt.inbox.hints import Reading
from uppsikt.inbox.models import Item
from uppsikt.inbox.who import answerers

MOST_ROWS: Final = 100
LONG: Final = 19
"""Figures of the first number that no database holds as a key."""


@require_POST
def save(request: Request, pk: int, box: str) -> HttpResponse:
    """Keep a draft and show what there is to say of it; nothing is sent or stopped."""
    it = boxed(request, pk, box)
    text = request.POST.get("text", "")[:LONGEST]
    draft = drafting.save(it, box, text, actor=request.actor, at=request.now)
    told = {"reading": read(request, it), "box": box, "draft": draft}
    if request.htmx:
        return render(request, "inbox/hints.html", told | {"item": it})
    return views.again(request, it, 200, **told, **_form(request, it, box))


@require_POST
def discard(request: Request, pk: int, box: str) -> HttpResponse:
    """Throw one's own draft away, openly."""
    it = boxed(request, pk, box)
    drafting.discard(it, box, actor=request.actor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("item", it.pk)


@require_GET
def writers(request: Request) -> HttpResponse:
    """Show who writes just now to what a page shows: the rows of a list, or one item.

    Asked again and again; a page that has it right already is told nothing (204).
    """
    asked = _numbers(request, "nr")
    card = next(iter(_numbers(request, "kort")), None)
    rows = Item.objects.visible_to(request.actor).filter(pk__in={*asked, card})
    known = set(rows.values_list("pk", flat=True))
    found = drafting.writers(known, request.actor.user, at=request.now)
    if card and {w.user.pk for w in found} == set(_numbers(request, "sett")):
        return HttpResponse(status=204)
    told = {"known": known.intersection(asked), "card": card, "writers": found}
    return render(request, "inbox/writers.html", told)


def read(request: Request, it: Item) -> Reading | None:
    """Read the text that came with the request; None for who cannot sign it."""
    text = request.POST.get("text", "")[:LONGEST]
    try:
        return hints.read(text, it, request.user, at=request.now)
    except NoTitle:
        return None


def _numbers(request: Request, name: str) -> list[int]:
    told = request.GET.getlist(name)[:MOST_ROWS]
    return [int(n) for n in told if n.isascii() and n.isdigit() and len(n) < LONG]


def boxed(request: Request, pk: int, box: str) -> Item:
    """Return an item that the person may answer in the box called `box`."""
    it = views.visible(request, pk)
    moves.require(request.actor, it.path, answerers(request.now))
    if box not in BOXES:
        raise Http404
    return it


def _form(request: Request, it: Item, box: str) -> dict[str, object]:
    """Return the box as it was filled in, without a word on what it still lacks."""
    form = BOXES[box](None, it, request.user, request.now, None)
    given = form.fields.keys() & request.POST.keys()
    form.initial.update({name: request.POST[name] for name in given})
    return {f"{box}_form": form, "opened": box}
