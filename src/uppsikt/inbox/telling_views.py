"""Pages on messages that reached people in person, and on single matters."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.governance import download
from uppsikt.governance.request import Request
from uppsikt.inbox import matters, telling
from uppsikt.inbox.models import Conversation, PrivateMessage
from uppsikt.inbox.talk_life import TalkLife
from uppsikt.inbox.telling_form import TellForm
from uppsikt.inbox.why_form import WhyForm
from uppsikt.records import ledger
from uppsikt.records.media import NotWhatItSays

SHOWN: Final = 20
"""How many of one's own are listed: the newest."""
JUDGED: Final = {
    "arende": TalkLife.mark,
    "flyttat": TalkLife.move,
    "inget-arende": TalkLife.clear,
}


@require_http_methods(["GET", "POST"])
def tell(request: Request) -> HttpResponse:
    """Let anybody on staff enter a message that came to them in person (D-12)."""
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TellForm(*given, now=request.now)
    if form.is_valid() and _told(request, form):
        return redirect("message-tell")
    mine = PrivateMessage.objects.filter(
        told_by=request.user, conversation__sealed=False
    )
    rows = mine.select_related("conversation__channel", "conversation__node")
    context = {"form": form, "mine": rows.order_by("-pk")[:SHOWN]}
    status = 422 if form.errors else 200
    return render(request, "inbox/messages/tell.html", context, status=status)


@require_GET
def picture(request: Request, pk: int) -> HttpResponse:
    """Show the screenshot that came with a message; who opens a closed one is noted."""
    seen = PrivateMessage.objects.visible_to(request.actor)
    rows = seen.select_related("picture__reading", "conversation__node", "item")
    message = get_object_or_404(rows, pk=pk)
    if message.picture is None:
        raise Http404
    if message.closed or message.picture.restricted:
        if not request.actor.reads_restricted(message.path):
            raise PermissionDenied
        told: dict[str, ledger.JsonValue] = {"opened": [message.picture.name]}
        actor = request.actor.name
        ledger.append(
            "message.open_picture", message.subject, told, actor=actor, at=request.now
        )
    return download.pictured(message.picture, uncovered="visa" in request.GET)


@require_POST
def judge(request: Request, pk: int, way: str) -> HttpResponse:
    """Say that a conversation carries a single matter, is moved, or carries none."""
    if way not in JUDGED:
        raise Http404
    why = WhyForm(request.POST).words
    talk, move = _talk(request, pk), JUDGED[way]
    matters.judge(talk, move, why=why, actor=request.actor, at=request.now)
    messages.success(request, _("Noted: %(what)s.") % {"what": move.after.label})
    return redirect("conversation", pk)


@require_POST
def seal(request: Request, pk: int) -> HttpResponse:
    """Lock a conversation that came in person, and go on to the special path."""
    talk = _talk(request, pk)
    telling.seal_off(talk, actor=request.actor, at=request.now)
    messages.success(request, _("The conversation is locked and shown to nobody."))
    return redirect(reverse("case-new-special"))


def _told(request: Request, form: TellForm) -> bool:
    """Enter what the form tells, or leave its fault on the form."""
    try:
        message = telling.tell(form.told, actor=request.actor, at=request.now)
    except telling.NotYet:
        form.add_error("happened_at", _("Give a time that has passed."))
    except NotWhatItSays as e:
        form.add_error("picture", _(e.reason.msgid) % e.reason.details)
    else:
        words = _("Thank you. It is number %(number)d in the register.")
        messages.success(request, words % {"number": message.pk})
        return True
    return False


def _talk(request: Request, pk: int) -> Conversation:
    rows = Conversation.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("channel__node", "node"), pk=pk)
