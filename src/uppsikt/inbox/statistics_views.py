"""Pages of figures: how soon we answer, how we speak, and the questions behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from uppsikt.channels.listing import Places
from uppsikt.channels.models import Channel
from uppsikt.governance.request import Request
from uppsikt.inbox import deadlines, figures, terms
from uppsikt.inbox.models import Item
from uppsikt.inbox.models.pause import stood_still
from uppsikt.inbox.statistics_form import StatisticsForm
from uppsikt.inbox.statistics_page import (
    Page,
    answer_headings,
    dialogue_headings,
    spent,
)
from uppsikt.policy.clocks import Due
from uppsikt.records import table_files

ON_A_PAGE: Final = 25
KINDS: Final = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Explained:
    """A question with both its clocks, each with its reasons."""

    item: Item
    first: Due
    full: Due
    at: datetime

    @property
    def first_took(self) -> str:
        return spent(self.item.first_took)

    @property
    def full_took(self) -> str:
        return spent(self.item.full_took)


@require_GET
def index(request: Request) -> HttpResponse:
    """Show how soon questions are answered, and how we speak (R-6.2-1, R-6-4)."""
    page = Page(_form(request), request.now)
    told = {
        "page": page,
        "form": page.form,
        "answers": answer_headings(),
        "dialogue": dialogue_headings(),
        "kept": request.GET.urlencode(),
    }
    return render(request, "inbox/statistics.html", told)


@require_GET
def file(request: Request, kind: str) -> HttpResponse:
    """Give out the figures as a file in which nothing is worked out."""
    if kind not in KINDS:
        raise Http404
    page = Page(_form(request), request.now)
    first, last = page.form.days
    rows = list(page.table())
    made = table_files.as_csv(rows) if kind == "csv" else _excel(rows)
    media = table_files.CSV if kind == "csv" else table_files.XLSX
    answer = HttpResponse(made, content_type=media)
    name = f"svarstider-{first}-{last}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def questions(request: Request) -> HttpResponse:
    """List the questions behind the figures, each with how its time was counted."""
    form = _form(request)
    rows = figures.items(form.wanted).select_related("channel__node")
    ordered = rows.order_by("-received_at", "-pk").defer("text")
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))
    told = {
        "form": form,
        "page": page,
        "rows": _explained(list(page.object_list), request.now),
        "kept": request.GET.urlencode(),
    }
    return render(request, "inbox/statistics_questions.html", told)


def _explained(items: list[Item], at: datetime) -> list[Explained]:
    by = terms.of([i.channel for i in items], at=at)
    pauses = stood_still(items)
    return [
        Explained(
            i,
            *deadlines.both(
                i.clock_from or i.received_at, by[i.channel_id], pauses.get(i.pk, [])
            ),
            at,
        )
        for i in items
    ]


def _form(request: Request) -> StatisticsForm:
    rows = Channel.objects.visible_to(request.actor).exclude(launched_at=None)
    channels = {c.pk: c for c in rows.select_related("node").order_by("name", "pk")}
    today = timezone.localtime(request.now).date()
    return StatisticsForm(request.GET.dict(), channels, Places.fetch(), today)


def _excel(rows: list[Sequence[str]]) -> bytes:
    return table_files.as_excel("Svarstider", rows)
