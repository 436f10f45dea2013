"""The public register as files for machines: one truth in many formats (R-3.2-3)."""

import json
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from uppsikt.channels import (
    register_atom,
    register_cache,
    register_events,
    register_jsonld,
    register_record,
)
from uppsikt.channels.public import link_for
from uppsikt.channels.register_dcat import Description
from uppsikt.channels.register_rows import Register
from uppsikt.governance.request import Request

_CSV: Final = "text/csv; charset=utf-8; header=present"
_TEXT: Final = "text/plain; charset=utf-8"


@login_not_required
@require_safe
def as_json(request: Request) -> HttpResponse:
    """Give the whole list to machines, from any site."""
    register, link = Register.at(request.now), link_for(request)
    shown = sorted(register.shown, key=lambda s: s.slug)
    changed = max((s.changed_at for s in shown), default=None)
    told = {
        "organisation": register.municipality,
        "organisationsnummer": settings.ORGANISATION_NUMBER or None,
        "moderering": register.rules,
        "andrad": register_record.utc(changed) if changed else None,
        "antal": len(shown),
        "kanaler": [register_record.record(s, link) for s in shown],
    }
    body = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return _open(request, body, "application/json; charset=utf-8")


@login_not_required
@require_safe
def as_csv(request: Request) -> HttpResponse:
    """Give the whole list as CSV by RFC 4180."""
    register = Register.at(request.now)
    body = register_record.as_csv(register.shown, link_for(request))
    return _open(request, body, _CSV)


@login_not_required
@require_safe
def as_excel_csv(request: Request) -> HttpResponse:
    """Give the whole list as the CSV that a Swedish spreadsheet opens rightly."""
    register = Register.at(request.now)
    body = register_record.as_excel_csv(register.shown, link_for(request))
    answer = _open(request, body, _CSV)
    answer["Content-Disposition"] = 'attachment; filename="kanaler-excel.csv"'
    return answer


@login_not_required
@require_safe
def as_jsonld(request: Request) -> HttpResponse:
    """Give the organisation and its accounts as linked data (schema.org)."""
    told = register_jsonld.linked(Register.at(request.now), link_for(request))
    return _open(request, told.encode(), "application/ld+json; charset=utf-8")


@login_not_required
@require_safe
def atom(request: Request) -> HttpResponse:
    """Give the latest changes of the list as a feed (RFC 4287)."""
    register = Register.at(request.now)
    title = _("Our social media channels: changes")
    place = request.build_absolute_uri(reverse("channel-feed"))
    events = register_events.of(register)
    body = register_atom.feed(
        title, register.municipality, events, place, link_for(request)
    )
    return _open(request, body, "application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
def dcat(request: Request) -> HttpResponse:
    """Describe the open data for dataportal.se (DCAT-AP-SE 3.0.1)."""
    register = Register.at(request.now)
    changed = max((s.changed_at for s in register.shown), default=None)
    site = request.build_absolute_uri("/")
    body = Description(site, register.municipality, changed).written()
    return _open(request, body, "application/rdf+xml; charset=utf-8")


@login_not_required
@require_safe
def trust(request: Request) -> HttpResponse:
    """Tell which accounts this domain stands for (the draft trust.txt, JournalList)."""
    register = Register.at(request.now)
    lines = [f"# {register.municipality}"]
    lines += [f"social={s.url}" for s in register.shown if not s.closed]
    lines += [f"contact={settings.REGISTER_CONTACT}"]
    return _open(request, ("\n".join(lines) + "\n").encode(), _TEXT)


def _open(request: Request, body: bytes, kind: str) -> HttpResponse:
    return register_cache.from_any_site(register_cache.for_all(request, body, kind))
