"""Reading a draft on its way: as one types, or when one asks for it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from uppsikt.checks.text.signature import NoTitle
from uppsikt.governance import moves
from uppsikt.governance.request import Request
from uppsikt.inbox import actions, hints, views
from uppsikt.inbox.answer_forms import BOXES, LONGEST, AnswerForm, PromiseForm
from uppsikt.inbox.hints import Reading
from uppsikt.inbox.models import Item


@require_POST
def check(request: Request, pk: int, box: str) -> HttpResponse:
    """Show what there is to say of a draft; nothing is sent and nothing stopped."""
    it = views.visible(request, pk)
    moves.require(request.actor, it.path, actions.answerers(request.now))
    if box not in BOXES:
        raise Http404
    told = {"reading": read(request, it), "box": box}
    if request.htmx:
        return render(request, "inbox/hints.html", told)
    return views.again(request, it, 200, **told, **_form(request, it, box))


def read(request: Request, it: Item) -> Reading | None:
    """Read the text that came with the request; None for who cannot sign it."""
    text = request.POST.get("text", "")[:LONGEST]
    try:
        return hints.read(text, it, request.user, at=request.now)
    except NoTitle:
        return None


def _form(request: Request, it: Item, box: str) -> dict[str, object]:
    """Return the box as it was filled in, without a word on what it still lacks."""
    form: AnswerForm | PromiseForm
    if box == "answer":
        form = AnswerForm(None, it, request.user)
    else:
        form = PromiseForm(None, it, request.user, request.now)
    given = form.fields.keys() & request.POST.keys()
    form.initial.update({name: request.POST[name] for name in given})
    return {f"{box}_form": form, "opened": box}
