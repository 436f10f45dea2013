"""Answer statistics as open data, where the municipality has switched it on.

Per channel that the public sees, for the last whole months: counts and times, of no
person and no text.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.request import Request
from uppsikt.inbox import figures
from uppsikt.inbox.figures import Figures, Wanted
from uppsikt.records import table_files

PUBLISHED: Final = "publish_answer_times"
MONTHS: Final = 3
FEWEST: Final = 5
"""Of fewer questions no figure is told: it could be of one person."""
KINDS: Final = ("json", "csv")
HEADINGS: Final = (
    "kanal",
    "namn",
    "fran",
    "till",
    "fragor",
    "forsta_kontakt_i_tid_procent",
    "forsta_kontakt_median_arbetsminuter",
    "fullstandigt_svar_i_tid_procent",
)


@login_not_required
@require_safe
def answer_times(request: Request, kind: str) -> HttpResponse:
    """Give how soon each public channel answers, as JSON or CSV."""
    if kind not in KINDS or not is_published(request.now):
        raise Http404
    rows = [HEADINGS, *_rows(request.now)]
    if kind == "csv":
        return _open(table_files.as_csv(_texts(rows)), "text/csv; charset=utf-8")
    told = [dict(zip(HEADINGS, row, strict=True)) for row in rows[1:]]
    body = json.dumps({"svarstider": told}, ensure_ascii=False, indent=1)
    return _open(body.encode(), "application/json; charset=utf-8")


def is_published(at: datetime) -> bool:
    """Tell whether the municipality publishes its answer times."""
    return rules.in_force(at).value(PUBLISHED) is True


def _rows(at: datetime) -> list[tuple[object, ...]]:
    first, end = _months(timezone.localtime(at).date())
    channels = list(Channel.objects.open().select_related("node").order_by("slug"))
    wanted = Wanted(channels, _midnight(first), _midnight(end))
    found = figures.of(wanted, at=at)
    last = end - timedelta(days=1)
    return [
        (c.slug, c.name, first.isoformat(), last.isoformat(), *_told(told))
        for c in channels
        if (told := found.get((c.pk, None)))
    ]


def _told(told: Figures) -> tuple[object, ...]:
    if told.asked < FEWEST:
        return (f"< {FEWEST}", None, None, None)
    shares = (told.first.share, told.full.share)
    first, full = (None if s is None else round(s) for s in shares)
    return (told.asked, first, told.first.median, full)


def _months(today: date) -> tuple[date, date]:
    """Return the first day of the last whole months, and the day after them."""
    end = first = today.replace(day=1)
    for _n in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
    return first, end


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _texts(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _open(body: bytes, media: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=media)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
