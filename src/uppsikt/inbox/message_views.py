"""Pages of the register of private messages: conversations, and their decisions."""

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import moves
from uppsikt.governance.request import Request
from uppsikt.inbox import actions, talks, weighing
from uppsikt.inbox.by_hand import AlreadyHere, NotYet
from uppsikt.inbox.message_forms import MoreForm, TalkFilter, WeighForm
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, PrivateMessage
from uppsikt.inbox.talk_life import TalkLife
from uppsikt.inbox.talks import TalkPage
from uppsikt.inbox.why_form import WhyForm
from uppsikt.policy.roles import Right
from uppsikt.records import diary
from uppsikt.records.media import NotWhatItSays

if TYPE_CHECKING:
    from django.db.models import QuerySet

ON_A_PAGE: Final = 25


@require_GET
def index(request: Request) -> HttpResponse:
    """List conversations: what waits for a decision, or all."""
    channels = list(talks.channels_of(request.actor))
    filters = TalkFilter(request.GET, channels)
    tab = request.GET.get("flik", "")
    rows = _rows(request, tab, filters.chosen)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tab": tab, "filters": filters}
    return render(request, "inbox/messages/index.html", context)


def _rows(
    request: Request, tab: str, chosen: dict[str, Any]
) -> "QuerySet[Conversation]":
    if tab == "arenden":
        return talks.matters_in(request.actor, chosen, at=request.now)
    find = talks.listed if tab == "alla" else talks.waiting
    return find(request.actor, chosen)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show one conversation, both ways, with the decision on each message."""
    return _show(request, _talk(request, pk))


@require_POST
def weigh(request: Request, pk: int) -> HttpResponse:
    """Decide on the messages that were ticked."""
    talk = _talk(request, pk)
    page = TalkPage(talk, request.actor, request.now)
    form = WeighForm(request.POST, page.choices())
    if not form.is_valid():
        return _show(request, talk, form=form)
    chosen = [m for m in page.undecided if m.pk in form.chosen]
    weighing.weigh(chosen, form.weighed, actor=request.actor, at=request.now)
    words = ngettext(
        "%(count)d message is decided on.",
        "%(count)d messages are decided on.",
        len(chosen),
    )
    messages.success(request, words % {"count": len(chosen)})
    return redirect("conversation", pk)


@require_POST
def reconsider(request: Request, pk: int) -> HttpResponse:
    """Take a decision back, with a reason."""
    seen = PrivateMessage.objects.visible_to(request.actor)
    rows = seen.select_related("conversation__node", "registration")
    message = get_object_or_404(rows, pk=pk)
    why = WhyForm(request.POST).words
    try:
        weighing.reconsider(message, why=why, actor=request.actor, at=request.now)
    except diary.AlreadyRegistered:
        messages.error(request, _("It has its diary number, and that stands."))
    else:
        messages.success(request, _("Taken back. Decide again."))
    return redirect("conversation", message.conversation_id)


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Enter one more message of a conversation by hand."""
    talk = _talk(request, pk)
    form = MoreForm(request.POST, request.FILES, now=request.now)
    if form.is_valid() and _added(request, talk, form):
        messages.success(request, _("It is in the conversation now."))
        return redirect("conversation", pk)
    return _show(request, talk, more=form)


def _added(request: Request, talk: Conversation, form: MoreForm) -> bool:
    """Take in the message, or leave its fault on the form."""
    if talk.channel is None:
        return False
    told = form.told_in(talk)
    try:
        actions.enter(talk.channel, told, actor=request.actor, at=request.now)
    except NotYet:
        form.add_error("published_at", _("Give a time that has passed."))
    except NotWhatItSays as e:
        form.add_error("picture", _(e.reason.msgid) % e.reason.details)
    except AlreadyHere:
        return True
    return not form.errors


def _talk(request: Request, pk: int) -> Conversation:
    rows = Conversation.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("channel__node", "node"), pk=pk)


def _show(
    request: Request,
    talk: Conversation,
    *,
    form: WeighForm | None = None,
    more: MoreForm | None = None,
) -> HttpResponse:
    page = TalkPage(talk, request.actor, request.now)
    context: dict[str, Any] = {
        "page": page,
        "talk": talk,
        "life": MessageLife,
        "talks": TalkLife,
        "weigh_form": form or WeighForm(None, page.choices()),
        "more_form": more or MoreForm(None, None, now=request.now),
        "enters": talk.channel
        and moves.may(Right.ENTER, request.actor, talk.path, at=request.now),
        "form": form or more,
    }
    status = 422 if form or more else 200
    return render(request, "inbox/messages/show.html", context, status=status)
