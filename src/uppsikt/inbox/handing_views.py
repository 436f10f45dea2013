"""Pages where the watch is handed over, and where a missed day is answered for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.governance.request import Request
from uppsikt.inbox import handing_over, missed
from uppsikt.inbox.models import MissedDay
from uppsikt.inbox.why_form import WhyForm


@require_POST
def away_today(request: Request) -> HttpResponse:
    """Note by one click that somebody is away today, and hand their watch over."""
    user = _whom(request)
    taken = handing_over.away_today(user, actor=request.actor, at=request.now)
    words = ngettext(
        "Noted. %(count)d channel went over to a substitute, who has been told.",
        "Noted. %(count)d channels went over to substitutes, who have been told.",
        len(taken),
    )
    messages.success(request, words % {"count": len(taken)})
    return redirect("absences")


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Note why nobody watched on a day."""
    seen = Channel.objects.visible_to(request.actor)
    rows = MissedDay.objects.filter(channel__in=seen)
    row = get_object_or_404(rows.select_related("channel__node"), pk=pk)
    why = WhyForm(request.POST).words
    try:
        missed.answer(row, why, actor=request.actor, at=request.now)
    except missed.AnsweredAlready:
        messages.info(request, _("Somebody has answered already."))
    else:
        messages.success(request, _("Noted. The gap stays in the log."))
    return redirect("watch-day", row.channel_id, row.day.isoformat())


def _whom(request: Request) -> User:
    """Return who is away: whoever clicks, or the person they chose."""
    chosen = request.POST.get("person", "")
    if not chosen.isdecimal():
        return request.user
    return get_object_or_404(User, pk=int(chosen), is_active=True)
