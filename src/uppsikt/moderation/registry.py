"""The registrar's pages: what waits for its number, and what has one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import rules
from uppsikt.governance.asked import SearchForm
from uppsikt.governance.request import Request
from uppsikt.moderation import registering
from uppsikt.moderation.wording import said
from uppsikt.policy.roles import Right
from uppsikt.records import diary

ON_A_PAGE = 50
UNHEARD = 422
_LONGEST_KEY = 19
"""Digits that no row's key has: they would not fit into the database."""


@require_GET
def index(request: Request) -> HttpResponse:
    """List what waits, oldest first, or what is registered, newest first."""
    return _page(request)


def _page(
    request: Request, *, wrong: dict[str, object] | None = None, status: int = 200
) -> HttpResponse:
    seen = registering.seen_by(request.actor)
    waiting = seen.filter(diary_number=None).order_by("asked_at", "pk")
    done = seen.exclude(diary_number=None).order_by("-registered_at", "-pk")
    query = SearchForm(request.GET).words
    finished = request.GET.get("flik") == "klara"
    rows = registering.found(done, query) if finished else waiting
    guideline = rules.in_force(request.now)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "finished": finished,
        "waiting": waiting.count(),
        "done": done.count(),
        "query": query,
        "grounds": guideline.grounds,
        "registers": request.actor.has(*guideline.holders(Right.REGISTER)),
        "wrong": wrong or {},
    }
    return render(request, "moderation/registrations.html", context, status=status)


@require_POST
def register(request: Request, pk: int) -> HttpResponse:
    """Give one its number: the next, or the one that was written down."""
    registration = get_object_or_404(registering.seen_by(request.actor), pk=pk)
    given = request.POST.get("number", "").strip()
    try:
        registering.register(registration, given, actor=request.actor, at=request.now)
    except diary.BadNumber as bad:
        wrong = {"pk": pk, "number": given, "words": said(bad.reason)}
        return _page(request, wrong=wrong, status=UNHEARD)
    except diary.AlreadyRegistered:
        messages.info(request, _("Somebody else has registered it already."))
        return redirect("registrations")
    number = registration.diary_number
    messages.success(request, _("Registered as %(number)s.") % {"number": number})
    return redirect("registrations")


@require_POST
def register_many(request: Request) -> HttpResponse:
    """Give each that was ticked the next number, oldest first."""
    keys = [k for k in request.POST.getlist("pk") if len(k) < _LONGEST_KEY]
    ticked = [int(pk) for pk in keys if pk.isdecimal()]
    seen = registering.seen_by(request.actor).filter(pk__in=ticked, diary_number=None)
    rows = seen.order_by("asked_at", "pk")
    count = registering.register_all(rows, actor=request.actor, at=request.now)
    if not count:
        messages.info(request, _("Tick at least one."))
    else:
        words = ngettext("%(count)d is registered.", "%(count)d are registered.", count)
        messages.success(request, words % {"count": count})
    return redirect("registrations")
