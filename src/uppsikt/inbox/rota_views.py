"""Pages of the rota: thirty days ahead, one channel's week, swaps, the calendar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.request import Request
from uppsikt.inbox import access, rota, rota_feed, watch
from uppsikt.inbox.models import Swap
from uppsikt.inbox.rota_forms import DaysForm, SwapForm, WeekForm
from uppsikt.inbox.schedule import Line, Schedule
from uppsikt.policy.roles import Right
from uppsikt.policy.workdays import A_DAY

AHEAD: Final = 30
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A channel and whose each of the coming days is."""

    channel: Channel
    days: Sequence[tuple[date, Line]]

    @property
    def holes(self) -> list[str]:
        """Return the days that nobody has, as people say them."""
        return _spans([day for day, line in self.days if line.hole])

    @property
    def conflicts(self) -> list[str]:
        """Return who stands in for whom, and when."""
        found: dict[str, list[date]] = {}
        for day, line in self.days:
            if line.conflict:
                told = {"who": line.user, "other": line.first}
                found.setdefault(_("%(who)s instead of %(other)s") % told, []).append(
                    day
                )
        return [
            f"{span}, {who}" for who, days in found.items() for span in _spans(days)
        ]


def _spans(days: Sequence[date]) -> list[str]:
    """Return the days in words, those that follow each other as one stretch."""
    found: list[list[date]] = []
    for day in days:
        if found and day - found[-1][-1] == A_DAY:
            found[-1].append(day)
        else:
            found.append([day])
    return [_span(stretch[0], stretch[-1]) for stretch in found]


def _span(first: date, last: date) -> str:
    begins, ends = (date_format(day, "j F") for day in (first, last))
    return begins if first == last else f"{begins}–{ends}"


@require_GET
def ahead(request: Request) -> HttpResponse:
    """Show who has which channel the coming thirty days, and where nobody has."""
    channels = Channel.objects.visible_to(request.actor).open()
    pages = Paginator(channels.select_related("node").order_by("name", "pk"), PAGE)
    page = pages.get_page(request.GET.get("page", ""))
    days = _days(request, AHEAD)
    rows = _rows(request, list(page.object_list), days)
    told = {
        "page": page,
        "rows": rows,
        "troubled": [row for row in rows if row.holes or row.conflicts],
        "days": days,
        "swaps": _swaps(request),
        "address": _address(request),
    }
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
def set_days(request: Request, pk: int) -> HttpResponse:
    """Let somebody have the channel for some days."""
    it = access.channel(request, pk)
    form = DaysForm(request.POST, watchers=rota.watchers(it, at=request.now))
    if form.is_valid():
        told = form.cleaned_data
        days = (told["day"], told["last"] or told["day"], told["person"])
        _try(
            form, lambda: rota.set_days(it, *days, actor=request.actor, at=request.now)
        )
    if form.errors:
        return _page(request, pk, some=form)
    messages.success(request, _("The days are changed."))
    return redirect("rota-channel", pk)


@require_POST
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask a colleague to swap a day."""
    it = access.channel(request, pk)
    form = SwapForm(request.POST, watchers=rota.watchers(it, at=request.now))
    if form.is_valid():
        told = form.cleaned_data
        days = (told["day"], told["other"], told["other_day"])
        _try(form, lambda: rota.ask(it, *days, actor=request.actor, at=request.now))
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


@require_POST
def begin_feed(request: Request) -> HttpResponse:
    """Make the person a secret address for their own calendar."""
    rota_feed.begin(actor=request.actor, at=request.now)
    messages.success(request, _("The address is made. Copy it into your calendar."))
    return redirect("rota")


@require_POST
def end_feed(request: Request) -> HttpResponse:
    """Let the person's address work no longer."""
    rota_feed.end(actor=request.actor, at=request.now)
    messages.success(request, _("The address no longer works."))
    return redirect("rota")


@login_not_required
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """Hand out a person's days to whoever has their secret address."""
    user = rota_feed.reader(token)
    if user is None:
        raise Http404
    content = rota_feed.of(user, host=request.get_host(), at=request.now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="uppsikt.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page(
    request: Request,
    pk: int,
    *,
    week: WeekForm | None = None,
    some: DaysForm | None = None,
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
        "days_form": some or DaysForm(watchers=may),
        "swap_form": swap or SwapForm(watchers=may.exclude(pk=request.user.pk)),
        "keeps": moves.may(Right.KEEP_ROTA, request.actor, it.path, at=request.now),
        "watches": request.user in may,
        "swaps": _swaps(request).filter(channel=it),
    }
    status = 422 if week or some or swap else 200
    return render(request, "inbox/rota_channel.html", told, status=status)


def _address(request: Request) -> str:
    """Return the person's secret address in full, or "" where they have none."""
    token = rota_feed.token(request.actor.person)
    return (
        request.build_absolute_uri(reverse("rota-feed", args=[token])) if token else ""
    )


def _swaps(request: Request) -> QuerySet[Swap]:
    """Return the swaps that wait for the person's answer, or that they asked for."""
    mine = Q(other=request.user) | Q(asker=request.user)
    rows = Swap.objects.filter(mine, answered_at=None)
    rows = rows.filter(day__gte=watch.today(request.now))
    return rows.select_related("channel", "asker", "other").order_by("day", "pk")


def _days(request: Request, count: int) -> list[date]:
    first = watch.today(request.now)
    return [first + A_DAY * n for n in range(count)]


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
        form.add_error("day", _("Choose days from today on, at most 31."))
    except rota.NotTheirs:
        form.add_error("day", _("By the rota the day is somebody else's."))
    except rota.CannotWatch:
        form.add_error(None, _("That person may not watch the channel."))
