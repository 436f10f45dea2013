"""Pages of the daily round: today's ticks, one channel's log, undoing openly."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.request import Request
from uppsikt.inbox import access, quiet, silence
from uppsikt.inbox import watch as rounds
from uppsikt.inbox.models import Tick
from uppsikt.inbox.round import Round
from uppsikt.inbox.tour import Tour
from uppsikt.inbox.watch import LOOKED_BACK
from uppsikt.inbox.watch_forms import LateTickForm
from uppsikt.inbox.watch_log import State
from uppsikt.inbox.why_form import WhyForm
from uppsikt.policy.roles import Right


@require_GET
def watch(request: Request) -> HttpResponse:
    """Show today's round: each channel, what is new there, and who has looked."""
    today = Round.of(request.actor, at=request.now)
    told = {
        "round": today,
        "tour": Tour.of(today, request.user),
        "silent": silence.silent(today.channels, at=request.now),
        "today": rounds.today(request.now),
        "tomorrow": rounds.today(request.now) + timedelta(days=1),
    }
    return render(request, "inbox/watch.html", told)


@require_POST
def tick(request: Request, pk: int) -> HttpResponse:
    """Note that the person has watched the channel today, or on the day given."""
    it = access.channel(request, pk)
    form = LateTickForm(request.POST) if "day" in request.POST else None
    if form and not form.is_valid():
        messages.error(request, _("Give the day that you watched the channel."))
        return redirect("watch-channel", pk)
    day = form.cleaned_data["day"] if form else rounds.today(request.now)
    note = form.cleaned_data["note"] if form else ""
    _tick(request, it, day, note)
    return redirect("watch-channel", pk) if form else redirect("watch")


@require_POST
def tick_all(request: Request) -> HttpResponse:
    """Note that the person has watched all their channels that nobody has, today."""
    channels = Channel.objects.visible_to(request.actor).open()
    ours = list(channels.select_related("node", "connection").order_by("name"))
    done = len(rounds.tick_all(ours, actor=request.actor, at=request.now))
    words = ngettext(
        "%(count)d channel ticked.", "%(count)d channels ticked.", done
    ) % {"count": done}
    messages.success(request, words)
    return redirect("watch")


@require_GET
def channel(request: Request, pk: int) -> HttpResponse:
    """Show how one channel has been watched, day by day, and what was undone."""
    it = access.channel(request, pk)
    first = rounds.today(request.now) - timedelta(days=LOOKED_BACK)
    ticks = Tick.objects.filter(channel=it, day__gte=first)
    log = rounds.log([it], at=request.now)
    missed = rounds.missed(it, log)
    told = {
        "channel": it,
        "ticks": ticks.select_related("by", "undone_by").order_by("-day", "-at"),
        "missed": missed[::-1],
        "late_form": LateTickForm(initial={"day": missed[-1] if missed else None}),
        "may_tick": moves.may(Right.TICK, request.actor, it.path, at=request.now),
        "may_edit": moves.may(Right.EDIT_CARD, request.actor, it.path, at=request.now),
        "quiet": log.day(it, log.today).state is State.QUIET,
    }
    return render(request, "inbox/watch_channel.html", told)


@require_POST
def say_quiet(request: Request, pk: int) -> HttpResponse:
    """Note that nothing can be written to the channel, or that something can again."""
    it = access.channel(request, pk)
    nothing, why = request.POST.get("nothing") == "yes", WhyForm(request.POST).words
    quiet.say(it, nothing=nothing, why=why, actor=request.actor, at=request.now)
    messages.success(request, _("Noted, with your reason."))
    return redirect("watch-channel", pk)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Undo a tick openly."""
    rows = Tick.objects.filter(channel__in=Channel.objects.visible_to(request.actor))
    row = get_object_or_404(rows.select_related("channel__node"), pk=pk)
    why = WhyForm(request.POST).words
    try:
        rounds.undo(row, why=why, actor=request.actor, at=request.now)
    except rounds.UndoneAlready:
        messages.info(request, _("It was undone already."))
    else:
        messages.success(request, _("Undone. It stays in the log with your reason."))
    return redirect("watch-channel", row.channel_id)


def _tick(request: Request, it: Channel, day: date, note: str) -> None:
    try:
        rounds.tick(it, day, rounds.Remark(note), actor=request.actor, at=request.now)
    except rounds.InTheFuture:
        messages.error(request, _("That day has not come yet."))
    except rounds.TooLongAgo:
        messages.error(request, _("The day lies more than 31 days back."))
    except rounds.BeforeLaunch:
        messages.error(request, _("The channel did not run on that day."))
    except rounds.TickedAlready:
        messages.info(request, _("The day is ticked already."))
    else:
        messages.success(request, _("%(channel)s is ticked.") % {"channel": it.name})
