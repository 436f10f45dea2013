"""Pages of the rota: thirty days ahead, one channel's week, swaps, my days as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels.models import Channel
from uppsikt.governance import download, moves
from uppsikt.governance.request import Request
from uppsikt.inbox import access, ical, rota, watch
from uppsikt.inbox.models import Swap
from uppsikt.inbox.rota_forms import DayForm, SwapForm, WeekForm
from uppsikt.inbox.schedule import Line, Schedule
from uppsikt.policy.roles import Right

AHEAD: Final = 30
MINE_AHEAD: Final = 92
PAGE: Final = 50
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A channel and whose each of the coming days is."""

    channel: Channel
    days: Sequence[tuple[date, Line]]

    @property
    def holes(self) -> list[date]:
        return [day for day, line in self.days if line.hole]

    @property
    def conflicts(self) -> list[tuple[date, Line]]:
        return [(day, line) for day, line in self.days if line.conflict]


@require_GET
def ahead(request: Request) -> HttpResponse:
    """Show who has which channel the coming thirty days, and where nobody has."""
    channels = Channel.objects.visible_to(request.actor).open()
    pages = Paginator(channels.select_related("node").order_by("name", "pk"), PAGE)
    page = pages.get_page(request.GET.get("page", ""))
    days = _days(request, AHEAD)
    rows = _rows(request, list(page.object_list), days)
    told = {"page": page, "rows": rows, "days": days, "swaps": _swaps(request)}
    return render(request, "inbox/rota.html", told)


@require_GET
def channel(request: Request, pk: int) -> HttpResponse:
    """Show one channel's rota, and let those who keep it change it."""
    return _page(request, pk)


@require_POST
def set_week(request: Request, pk: int) -> HttpResponse:
    """Say who has the channel on which weekday."""
    it = access.channel(request, pk)
    form = WeekForm(request.POST, watchers=rota.watchers(it, at=request.now))
    if not form.is_valid():
        return _page(request, pk, week=form)
    rota.set_week(it, form.week, actor=request.actor, at=request.now)
    messages.success(request, _("The rota is changed from today."))
    return redirect("rota-channel", pk)


@require_POST
def set_day(request: Request, pk: int) -> HttpResponse:
    """Let somebody have the channel on one day."""
    it = access.channel(request, pk)
    form = DayForm(request.POST, watchers=rota.watchers(it, at=request.now))
    if form.is_valid():
        day, user = form.cleaned_data["day"], form.cleaned_data["person"]
        _try(
            form,
            lambda: rota.set_day(it, day, user, actor=request.actor, at=request.now),
        )
    if form.errors:
        return _page(request, pk, one=form)
    messages.success(request, _("The day is changed."))
    return redirect("rota-channel", pk)


@require_POST
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask a colleague to swap a day."""
    it = access.channel(request, pk)
    form = SwapForm(request.POST, watchers=rota.watchers(it, at=request.now))
    if form.is_valid():
        told = form.cleaned_data
        days = (told["day"], told["other"], told["other_day"])
        _try(
            form, lambda: rota.ask(it, *days, actor=request.actor, at=request.now)
        )
    if form.errors:
        return _page(request, pk, swap=form)
    messages.success(request, _("Asked. It changes when your colleague has said yes."))
    return redirect("rota-channel", pk)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Say yes or no to a swap that was asked of the person."""
    rows = Swap.objects.filter(channel__in=Channel.objects.visible_to(request.actor))
    swap = get_object_or_404(rows.select_related("channel__node"), pk=pk)
    yes = request.POST.get("accepted") == "yes"
    try:
        rota.answer(swap, accepted=yes, actor=request.actor, at=request.now)
    except rota.AnsweredAlready:
        messages.info(request, _("It is answered already."))
    except (rota.NotTheirs, rota.CannotWatch, rota.PastDay):
        messages.error(request, _("The rota has changed: the days can not be swapped."))
    else:
        said = _("Swapped. The rota is changed.") if yes else _("You said no.")
        messages.success(request, said)
    return redirect("rota")


@require_GET
def mine(request: Request) -> HttpResponse:
    """Hand out the person's own days as a calendar file."""
    channels = Channel.objects.visible_to(request.actor).open()
    found = list(channels.select_related("node").order_by("name", "pk")[:MOST])
    rows = _rows(request, found, _days(request, MINE_AHEAD))
    days = [
        (day, _("Oversight: %(channel)s") % {"channel": row.channel.name})
        for row in rows
        for day, line in row.days
        if line.user == request.user
    ]
    file = ical.calendar(days, host=request.get_host(), at=request.now)
    return download.made(file, "text/calendar", "min-uppsikt.ics")


def _page(
    request: Request,
    pk: int,
    *,
    week: WeekForm | None = None,
    one: DayForm | None = None,
    swap: SwapForm | None = None,
) -> HttpResponse:
    it = access.channel(request, pk)
    may = rota.watchers(it, at=request.now)
    days = _days(request, AHEAD)
    [row] = _rows(request, [it], days)
    turns = {f"day{t.weekday}": t.user_id for t in it.turns.filter(until=None)}
    told = {
        "channel": it,
        "row": row,
        "week_form": week or WeekForm(initial=turns, watchers=may),
        "day_form": one or DayForm(watchers=may),
        "swap_form": swap or SwapForm(watchers=may.exclude(pk=request.user.pk)),
        "keeps": moves.may(Right.KEEP_ROTA, request.actor, it.path, at=request.now),
        "swaps": _swaps(request).filter(channel=it),
    }
    status = 422 if week or one or swap else 200
    return render(request, "inbox/rota_channel.html", told, status=status)


def _swaps(request: Request) -> QuerySet[Swap]:
    """Return the swaps that wait for the person's answer, or that they asked for."""
    mine = Q(other=request.user) | Q(asker=request.user)
    rows = Swap.objects.filter(mine, answered_at=None)
    rows = rows.filter(day__gte=watch.today(request.now))
    return rows.select_related("channel", "asker", "other").order_by("day", "pk")


def _days(request: Request, count: int) -> list[date]:
    first = watch.today(request.now)
    return [first + timedelta(days=n) for n in range(count)]


def _rows(
    request: Request, channels: Sequence[Channel], days: Sequence[date]
) -> list[Row]:
    schedule = Schedule.of(channels, days[0], days[-1], at=request.now)
    return [Row(c, [(d, schedule.line(c, d)) for d in days]) for c in channels]


def _try(form: forms.Form, act: Callable[[], object]) -> None:
    """Do what the form asks; say in the form why it cannot be."""
    try:
        act()
    except rota.PastDay:
        form.add_error("day", _("The day has passed."))
    except rota.NotTheirs:
        form.add_error("day", _("By the rota the day is somebody else's."))
    except rota.CannotWatch:
        form.add_error(None, _("That person may not watch the channel."))
