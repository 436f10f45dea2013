"""The public list of channels: for people, for machines, and for caches (R-3.2-3).

Nothing here names a person: a channel has a function's address, or none.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from uppsikt.channels.forms import platform_choices, purpose_choices
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.listing import Places, Wanted, matching
from uppsikt.channels.models import Channel, Channels
from uppsikt.governance import rules
from uppsikt.governance.models import User
from uppsikt.governance.request import Request
from uppsikt.policy.guideline import Guideline

KEPT_FOR: Final = 300
"""Seconds that a cache may show the list before it asks again."""
STATUS: Final = {ChannelLife.active.name: "aktiv", ChannelLife.closed.name: "avslutad"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A channel as the public sees it."""

    slug: str
    platform: str
    platform_name: str
    handle: str
    remote_id: str
    name: str
    url: str
    description: str
    purpose: str
    purposes: tuple[str, ...]
    audience: str
    unit: str
    department: str
    contact: str
    active: bool
    launched_on: date
    closed_on: date | None
    changed_at: datetime

    def as_json(self) -> dict[str, object]:
        """Return the channel under the names of the national conventions."""
        return {
            "kanal_id": self.slug,
            "plattform": self.platform,
            "plattform_namn": self.platform_name,
            "konto": self.handle,
            "plattformskonto_id": self.remote_id or None,
            "visningsnamn": self.name,
            "url": self.url,
            "beskrivning": self.description,
            "syfte": self.purpose,
            "syften": list(self.purposes),
            "malgrupp": self.audience,
            "enhet": self.unit,
            "forvaltning": self.department or None,
            "kontakt_epost": self.contact or None,
            "status": "aktiv" if self.active else "avslutad",
            "startdatum": self.launched_on.isoformat(),
            "slutdatum": self.closed_on.isoformat() if self.closed_on else None,
            "andrad": _utc(self.changed_at),
        }


class Showing:
    """Turns channels into what the public sees, by one query for all of them."""

    def __init__(self, places: Places, guideline: Guideline) -> None:
        self.places = places
        self.purposes = dict(purpose_choices(guideline))

    def all(self, channels: Iterable[Channel]) -> list[Shown]:
        """Return each channel, without the address of anybody who works here."""
        found = list(channels)
        contacts = {c.contact.lower() for c in found if c.contact}
        people = User.objects.filter(email__in=contacts)
        private = set(people.values_list("email", flat=True))
        return [self._one(c, private) for c in found]

    def _one(self, c: Channel, private: set[str]) -> Shown:
        assert c.launched_at  # noqa: S101 (the public list holds what was launched)
        return Shown(
            slug=c.slug,
            platform=c.site,
            platform_name=_(c.platform.label),
            handle=c.handle,
            remote_id=c.remote_id,
            name=c.name,
            url=c.url,
            description=c.description,
            purpose=c.purpose,
            purposes=tuple(
                self.purposes[p] for p in c.purpose_codes if p in self.purposes
            ),
            audience=c.audience,
            unit=self.places.unit(c),
            department=self.places.department(c),
            contact="" if c.contact.lower() in private else c.contact,
            active=c.state is ChannelLife.active,
            launched_on=_day(c.launched_at),
            closed_on=_day(c.closed_at) if c.closed_at else None,
            changed_at=c.changed_at,
        )


@login_not_required
@require_safe
def index(request: Request) -> HttpResponseBase:
    """Show every channel that is or was the municipality's, to anybody."""
    places, wanted = Places.fetch(), Wanted.read(request.GET)
    guideline = rules.in_force(request.now)
    found = matching(_listed(), wanted, places)
    shown = Showing(places, guideline).all(found)
    context = {
        "shown": shown,
        "wanted": wanted,
        "platforms": platform_choices(),
        "departments": places.departments,
    }
    return _page(request, "channels/public_list.html", context, places, shown)


@login_not_required
@require_safe
def card(request: Request, slug: str) -> HttpResponseBase:
    """Show one channel to anybody, with the rules for those who write there."""
    places, guideline = Places.fetch(), rules.in_force(request.now)
    channel = get_object_or_404(_listed(), slug=slug)
    [shown] = Showing(places, guideline).all([channel])
    context = {"channel": shown, "rules": guideline.text("standard_text")}
    return _page(request, "channels/public_card.html", context, places, [shown])


@login_not_required
@require_safe
def as_json(request: Request) -> HttpResponseBase:
    """Give the whole list to machines, from any site."""
    places, guideline = Places.fetch(), rules.in_force(request.now)
    shown = Showing(places, guideline).all(_listed().order_by("slug"))
    told = {
        "organisation": places.municipality,
        "moderering": guideline.text("standard_text"),
        "andrad": _utc(max(s.changed_at for s in shown)) if shown else None,
        "antal": len(shown),
        "kanaler": [_linked(request, s) for s in shown],
    }
    body = json.dumps(told, ensure_ascii=False, indent=1).encode()
    response = _cached(request, body, "application/json; charset=utf-8", shown)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _listed() -> Channels:
    return Channel.objects.public().select_related("node")


def _linked(request: Request, shown: Shown) -> dict[str, object]:
    page = reverse("channel-public", args=[shown.slug])
    return {**shown.as_json(), "sida": request.build_absolute_uri(page)}


def _page(
    request: Request,
    template: str,
    context: dict[str, object],
    places: Places,
    shown: list[Shown],
) -> HttpResponseBase:
    """Render without session and token, so that one copy is right for everybody."""
    around = {
        "request": request,
        "municipality": places.municipality,
        "demo": settings.DEMO,
    }
    body = render_to_string(template, {**around, **context}).encode()
    return _cached(request, body, "text/html; charset=utf-8", shown)


def _cached(
    request: Request, body: bytes, kind: str, shown: list[Shown]
) -> HttpResponseBase:
    """Answer with `body`, or that the asker has it already (RFC 9110, 13)."""
    response = HttpResponse(body, content_type=kind)
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    response["ETag"] = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    changed = max((int(s.changed_at.timestamp()) for s in shown), default=None)
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    # The door looked who is there; the answer is the same whoever it is, and a cache
    # must not keep one for each cookie.
    request.session.accessed = False
    answered = get_conditional_response(
        request, etag=response["ETag"], last_modified=changed, response=response
    )
    return cast(HttpResponseBase, answered)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _utc(moment: datetime) -> str:
    """Return a moment as RFC 3339 in UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
