"""The page that shows a channel as it stood on a day."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uppsikt.channels import past
from uppsikt.channels.models import Channel
from uppsikt.governance.request import Request


@require_GET
def timeline(request: Request, pk: int) -> HttpResponse:
    """Show the channel as it stood on the day asked for, or today (R-6.7-1)."""
    seen = Channel.objects.visible_to(request.actor).select_related("node")
    channel = get_object_or_404(seen, pk=pk)
    today = timezone.localtime(request.now).date()
    first = timezone.localtime(channel.applied_at).date()
    asked = _asked(request.GET.get("dag", ""), today)
    day = min(max(asked, first), today)
    changes = past.changes(channel, now=request.now)
    shown = past.Day.of(channel, day, now=request.now)
    context = {
        "channel": channel,
        "shown": shown,
        "findings": shown.findings(),
        "first": first,
        "today": today,
        "moved": asked != day,
        "before": next((d for d in reversed(changes) if first <= d < day), None),
        "after": next((d for d in changes if d > day), None),
    }
    return render(request, "channels/timeline.html", context)


def _asked(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
