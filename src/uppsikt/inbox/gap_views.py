"""Pages that show how channels were watched: map, report, a day and its proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uppsikt.channels.models import Channel
from uppsikt.channels.models.channel import Channels
from uppsikt.governance import download, moves
from uppsikt.governance.models import Node, below
from uppsikt.governance.request import Request
from uppsikt.inbox import access, gap_files, gaps, handing_over, watch
from uppsikt.inbox.gaps import Record
from uppsikt.inbox.models import MissedDay, Tick
from uppsikt.inbox.period import Period
from uppsikt.inbox.watch_log import SIGNS, WORDS, Log, State
from uppsikt.policy.roles import Right
from uppsikt.records import ledger
from uppsikt.records.table_files import CSV, XLSX, as_csv, as_excel

MONTHS: Final = 50
"""Channels on a page of a month; half as many of a half-year."""
KEY: Final = [(s.value, SIGNS[s], WORDS[s]) for s in State if s is not State.AHEAD]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which time and which department somebody wants to see."""

    period: Period
    department: Node | None
    departments: Sequence[Node]

    @property
    def query(self) -> str:
        at = f"period={self.period}"
        return f"{at}&forvaltning={self.department.pk}" if self.department else at


@require_GET
def heat_map(request: Request) -> HttpResponse:
    """Show channels by days, with a sign and a colour for how each was watched."""
    chosen, page, rows = _rows(request)
    days = _days(chosen.period)
    told = {"chosen": chosen, "page": page, "rows": rows, "days": days, "key": KEY}
    return render(request, "inbox/watch_map.html", told)


@require_GET
def report(request: Request) -> HttpResponse:
    """Show for each channel the days to watch, those watched, and the longest gap."""
    chosen, page, rows = _rows(request)
    told = {"chosen": chosen, "page": page, "rows": rows}
    return render(request, "inbox/watch_gaps.html", told)


@require_GET
def report_file(request: Request, what: str, ending: str) -> HttpResponse:
    """Hand out the report as a file: a row for each channel, or for each day."""
    chosen = _chosen(request)
    channels = list(_channels(request, chosen))
    log = _log(channels, chosen.period, request.now)
    records = gaps.of(channels, log)
    made = gap_files.by_day if what == "dagar" else gap_files.by_channel
    rows = made(records)
    name = f"uppsikt-{what}-{chosen.period}.{ending}"
    if ending == "csv":
        return download.made(as_csv(rows), CSV, name)
    return download.made(as_excel("Uppsikt", rows), XLSX, name)


@require_GET
def day(request: Request, pk: int, text: str) -> HttpResponse:
    """Show one day of one channel: who watched, when, what, and what was undone."""
    it = access.channel(request, pk)
    when = _read(text)
    ticks = Tick.objects.filter(channel=it, day=when)
    told = {
        "channel": it,
        "day": _log_of(it, when, request.now),
        "ticks": ticks.select_related("by", "undone_by", "entry").order_by("at"),
        "takeovers": handing_over.of_day(it, when),
        "raised": MissedDay.objects.filter(channel=it, day=when).first(),
        "may_answer": moves.may(
            Right.ANSWER_MISSED, request.actor, it.path, at=request.now
        ),
        "period": Period(when.year, when.month, 1),
        "before": when - watch.A_DAY,
        "after": when + watch.A_DAY if when < watch.today(request.now) else None,
    }
    return render(request, "inbox/watch_day.html", told)


@require_GET
def proof(request: Request, pk: int) -> HttpResponse:
    """Hand out the proof that a tick stands in the ledger, for a stranger to check."""
    seen = Tick.objects.filter(channel__in=Channel.objects.visible_to(request.actor))
    row = get_object_or_404(seen.select_related("entry"), pk=pk)
    try:
        text = ledger.proof(row.entry)
    except ledger.NotSealed as e:
        raise Http404 from e
    name = f"uppsikt-{row.day.isoformat()}-{row.pk}.tlog-proof.txt"
    return download.made(text.encode(), "text/plain", name)


def _rows(request: Request) -> tuple[Chosen, "Page[Channel]", list[Record]]:
    chosen = _chosen(request)
    each = MONTHS // 2 if chosen.period.is_half_year else MONTHS
    pages = Paginator(_channels(request, chosen), each)
    page = pages.get_page(request.GET.get("page", ""))
    channels = list(page.object_list)
    log = _log(channels, chosen.period, request.now)
    return chosen, page, gaps.of(channels, log)


def _chosen(request: Request) -> Chosen:
    period = Period.parse(request.GET.get("period", ""), watch.today(request.now))
    nodes = Node.objects.filter(below(request.actor), kind=Node.Kind.DEPARTMENT)
    departments = list(nodes.order_by("name", "pk"))
    asked = request.GET.get("forvaltning", "")
    department = next((n for n in departments if str(n.pk) == asked), None)
    return Chosen(period, department, departments)


def _channels(request: Request, chosen: Chosen) -> Channels:
    """Return the channels that were in use at some time within the period."""
    rows = Channel.objects.visible_to(request.actor).select_related("node")
    first, last = _midnight(chosen.period.first), _midnight(chosen.period.last)
    rows = rows.filter(launched_at__lt=last + timedelta(days=1))
    rows = rows.filter(Q(closed_at=None) | Q(closed_at__gte=first))
    if chosen.department:
        rows = rows.filter(node__path__startswith=chosen.department.path)
    return rows.order_by("name", "pk")


def _log(channels: Sequence[Channel], period: Period, at: datetime) -> Log:
    return Log.of(channels, period.first, period.last, at=at)


def _log_of(it: Channel, when: date, at: datetime) -> object:
    return Log.of([it], when, when, at=at).day(it, when)


def _days(period: Period) -> list[date]:
    count = (period.last - period.first).days + 1
    return [period.first + watch.A_DAY * n for n in range(count)]


def _read(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as e:
        raise Http404 from e


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
