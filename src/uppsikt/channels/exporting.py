"""Gives out the staff's list of channels as a file, and the empty one to fill in.

What is given out can be read in again: the columns are those of `headings`. (R-3.2-1)
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from uppsikt.channels import headings, listing
from uppsikt.channels.forms import purpose_choices
from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.models import Assignment, User
from uppsikt.governance.request import Request
from uppsikt.policy.roles import Role
from uppsikt.records import table_files

MOST: Final = 5000
"""How many channels are given out at once: more than any municipality has."""
KINDS: Final = ("xlsx", "csv")
TEMPLATE, EXAMPLES = "mall", "exempel"
_SHEET: Final = "Kanaler"


@require_GET
def staff_list(request: Request, kind: str) -> HttpResponse:
    """Give out the channels of the staff's list, narrowed as it is shown there."""
    if kind not in KINDS:
        raise Http404
    places, wanted = listing.Places.fetch(), listing.Wanted.read(request.GET)
    mine = Channel.objects.shown_to(request.actor)
    found = listing.matching(mine, wanted, places)
    channels = found.select_related("proposed_owner", "proposed_deputy")[:MOST]
    rows = _rows(list(channels), places, at=request.now)
    name = f"kanaler-{timezone.localtime(request.now):%Y-%m-%d}.{kind}"
    return as_download(_file(rows, kind), name)


def sample(name: str) -> bytes:
    """Return the empty list with our headings, or one with two made-up channels.

    Raises `Http404` for any other name.
    """
    heads = tuple(headings.labels()[field] for field in headings.FIELDS)
    rows = {TEMPLATE: [heads], EXAMPLES: [heads, *_EXAMPLES]}
    if name not in rows:
        raise Http404
    return table_files.as_excel(_SHEET, rows[name])


def as_download(data: bytes, name: str) -> HttpResponse:
    """Return a file to take away."""
    kind = table_files.CSV if name.endswith(".csv") else table_files.XLSX
    answer = HttpResponse(data, content_type=kind)
    attachment = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Disposition"] = attachment
    answer["Cache-Control"] = "private, no-store"
    return answer


def _file(rows: Iterable[Sequence[str]], kind: str) -> bytes:
    if kind == "csv":
        return table_files.as_csv(rows)
    return table_files.as_excel(_SHEET, rows)


def _rows(
    channels: list[Channel], places: listing.Places, *, at: datetime
) -> list[tuple[str, ...]]:
    """Return the headings and a row for each channel, by a fixed number of queries."""
    purposes = dict(purpose_choices(rules.in_force(at)))
    leads = _leads(channels, at)
    told = headings.labels()
    rows = [tuple(told.values())]
    for channel in channels:
        row = _row(channel, places, purposes)
        row |= _people(channel, leads)
        rows.append(tuple(row[field] for field in told))
    return rows


def _row(
    channel: Channel, places: listing.Places, purposes: dict[str, str]
) -> dict[str, str]:
    department, unit = places.department(channel), places.unit(channel)
    codes = [purposes.get(code, code) for code in channel.purpose_codes]
    same = ("name", "url", "handle", "purpose", "audience", "description", "contact")
    return {
        **{field: str(getattr(channel, field)) for field in same},
        "site": _(channel.platform.label),
        "department": department or unit,
        "unit": unit if department and unit != department else "",
        "purpose_codes": "; ".join(codes),
        "status": str(channel.state),
    }


def _people(channel: Channel, leads: dict[tuple[int, str], User]) -> dict[str, str]:
    """Return who answers for the channel, or is proposed to."""
    owner = leads.get((channel.node_id, Role.CHANNEL_OWNER), channel.proposed_owner)
    deputy = leads.get((channel.node_id, Role.DEPUTY), channel.proposed_deputy)
    return {
        "owner": owner.email if owner else "",
        "deputy": deputy.email if deputy else "",
    }


def _leads(channels: list[Channel], at: datetime) -> dict[tuple[int, str], User]:
    nodes = [channel.node_id for channel in channels]
    held = Assignment.objects.holding(at).filter(node__in=nodes).select_related("user")
    return {(row.node_id, row.role): row.user for row in held.order_by("starts_at")}


_EXAMPLES: Final = (
    (
        "Biblioteket i Exempelby",
        "Facebook",
        "https://www.facebook.com/exempelbybibliotek",
        "exempelbybibliotek",
        "Kultur och fritid",
        "Biblioteket",
        "fornamn.efternamn@exempelby.example",
        "",
        "Skapa dialog; Besvara frågor och ge service",
        "Läslust och frågor om biblioteket",
        "Unga och vuxna i kommunen",
        "Biblioteket i Exempelby. Fråga oss om böcker och öppettider.",
        "biblioteket@exempelby.example",
    ),
    (
        "Skogsskolan",
        "Instagram",
        "https://www.instagram.com/skogsskolan.exempelby/",
        "skogsskolan.exempelby",
        "Utbildning",
        "Skogsskolan",
        "",
        "",
        "Dela information",
        "Vardagen i skolan",
        "Elever och vårdnadshavare",
        "Skogsskolan i Exempelby.",
        "skogsskolan@exempelby.example",
    ),
)
