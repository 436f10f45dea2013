"""The page that counts what comes in other languages than Swedish (D-36)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from uppsikt.channels.models import Channel
from uppsikt.governance import download, rules
from uppsikt.governance.request import Request
from uppsikt.inbox import hints, languages
from uppsikt.inbox.languages import Row
from uppsikt.inbox.period import Period
from uppsikt.records.table_files import CSV, XLSX, as_csv, as_excel


@require_GET
def index(request: Request) -> HttpResponse:
    """Show how much came in each language in a half-year."""
    period = _period(request)
    told = {
        "rows": _rows(request, period),
        "period": period,
        "policy": hints.of_other_languages(rules.in_force(request.now)),
    }
    return render(request, "inbox/languages.html", told)


@require_GET
def file(request: Request, ending: str) -> HttpResponse:
    """Hand out the same numbers, for Excel."""
    period = _period(request)
    made = _as_table(_rows(request, period))
    name = f"sprak-{period}.{ending}"
    if ending == "csv":
        return download.made(as_csv(made), CSV, name)
    if ending == "xlsx":
        return download.made(as_excel("Språk", made), XLSX, name)
    raise Http404


def _as_table(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    yield (
        _("Language"),
        _("Came in"),
        _("Done"),
        _("Waiting"),
        _("Standard answers in use"),
    )
    for row in rows:
        counts = (row.came, row.done, row.open, row.modules)
        yield (_(row.called), *map(str, counts))


def _rows(request: Request, period: Period) -> list[Row]:
    seen = Channel.objects.visible_to(request.actor).values_list("pk", flat=True)
    first, end = _midnight(period.first), _midnight(period.last + timedelta(days=1))
    return languages.table(list(seen), request.actor, first, end)


def _period(request: Request) -> Period:
    today = timezone.localdate(request.now)
    return Period.parse(request.GET.get("period", ""), today).half_year_around


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
