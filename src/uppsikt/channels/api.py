"""The register's interface for programs, `/kanalregister/v1/`.

By the national REST profile (DIGG 1.2.0). It only reads, asks for no key, and tells
nothing that the public list does not.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from uppsikt.channels import api_model as m
from uppsikt.channels import register_events, verifying
from uppsikt.channels.api_answer import NoSuchThing, given, given_once, page, resource
from uppsikt.channels.api_contract import contract
from uppsikt.channels.api_query import (
    AskedChanges,
    AskedChannels,
    AskedCheck,
    AskedStanding,
    Paged,
    read,
)
from uppsikt.channels.public import link_for
from uppsikt.channels.register_record import record, utc
from uppsikt.channels.register_rows import CLOSED, Register, Shown
from uppsikt.channels.register_sought import Sought
from uppsikt.channels.verifying import Answer
from uppsikt.governance.request import Request
from uppsikt.platforms.catalogue import SITES

VERSION: Final = "1.0.0"
RELEASED: Final = date(2026, 11, 22)
ANSWERS: Final[dict[Answer, m.Svar]] = {
    Answer.OFFICIAL: "officiell",
    Answer.CLOSED: "avslutad",
    Answer.UNKNOWN: "okand",
    Answer.KNOWN_FALSE: "ej_var",
    Answer.NOT_UNDERSTOOD: "oforstadd",
}


@resource
def channels(request: Request) -> HttpResponse:
    """List the channels that are in use or rest."""
    query = read(AskedStanding, request.GET)
    found = _sought(query, query.status or "").among(Register.at(request.now).shown)
    return _channels(request, query, [s for s in found if not s.closed])


@resource
def closed_channels(request: Request) -> HttpResponse:
    """List the channels that have closed, with date, reason and successor."""
    query = read(AskedChannels, request.GET)
    found = _sought(query, CLOSED).among(Register.at(request.now).shown)
    return _channels(request, query, found)


@resource
def channel(request: Request, slug: str) -> HttpResponse:
    """Give one channel, in use or closed."""
    shown = Register.at(request.now).called(slug)
    if shown is None:
        raise NoSuchThing(slug)
    return given(request, _one(request)(shown))


@resource
def checks(request: Request) -> HttpResponse:
    """Tell whether an account is the municipality's."""
    query = read(AskedCheck, request.GET)
    found = verifying.verify(query.url, at=request.now)
    told = (
        Register.at(request.now).called(found.channel.slug) if found.channel else None
    )
    answer = m.Kontroll(
        fraga=query.url,
        svar=ANSWERS[found.answer],
        url=found.url or None,
        sedan=utc(found.since) if found.since else None,
        kanal=_one(request)(told) if told else None,
    )
    return given_once(request, answer)


@resource
def platforms(request: Request) -> HttpResponse:
    """List the platforms that are known, and how many channels there are on each."""
    query = read(Paged, request.GET)
    used = Counter(_standing(request, lambda s: s.platform))
    rows = [
        m.Plattform(
            plattform=site.name,
            plattform_namn=_(site.label),
            vardnamn=sorted(site.hosts),
            antal_kanaler=used[site.name],
        )
        for site in SITES.values()
    ]
    told = page(request, query, rows)
    answer = m.Plattformar(metadata=told["metadata"], plattformar=told["rows"])
    return given(request, answer)


@resource
def departments(request: Request) -> HttpResponse:
    """List the departments, and how many channels each has."""
    query = read(Paged, request.GET)
    used = Counter(_standing(request, lambda s: slugify(s.department)))
    rows = [
        m.Enhet(enhet_id=slug, enhet=name, antal_kanaler=used[slug])
        for slug, name in Register.at(request.now).departments
    ]
    told = page(request, query, rows)
    return given(request, m.Enheter(metadata=told["metadata"], enheter=told["rows"]))


@resource
def changes(request: Request) -> HttpResponse:
    """List what has happened to the register, the latest first."""
    query = read(AskedChanges, request.GET)
    events = register_events.of(Register.at(request.now))
    if query.sedan:
        since = query.sedan
        events = [e for e in events if timezone.localtime(e.at).date() >= since]
    told = page(request, query, [_change(e) for e in events])
    answer = m.Andringar(metadata=told["metadata"], andringar=told["rows"])
    return given(request, answer)


@resource
def info(request: Request) -> HttpResponse:
    """Tell what interface this is (VER.06)."""
    answer = m.ApiInfo(
        api_name="Kanalregistret",
        api_version=VERSION,
        api_released=RELEASED,
        api_documentation=request.build_absolute_uri(reverse("api-contract")),
        api_status="active",
    )
    return given(request, answer)


@resource
def openapi(request: Request) -> HttpResponse:
    """Give the contract of the interface (OpenAPI 3.1)."""
    register = Register.at(request.now)
    root = request.build_absolute_uri("/kanalregister/v1")
    return contract(request, root, register.municipality, VERSION)


@resource
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Tell in words that there is no such resource."""
    raise NoSuchThing(rest)


def _sought(query: AskedChannels, status: str) -> Sought:
    asked = query.model_dump(include={"q", "forvaltning", "syfte"})
    return Sought.read({**asked, "plattform": query.plattform or "", "status": status})


def _channels(request: Request, query: Paged, found: list[Shown]) -> HttpResponse:
    told = page(request, query, found)
    rows = [_one(request)(s) for s in told["rows"]]
    return given(request, m.Kanaler(metadata=told["metadata"], kanaler=rows))


def _one(request: Request) -> Callable[[Shown], m.Kanal]:
    link = link_for(request)
    return lambda shown: m.Kanal.model_validate(record(shown, link))


def _standing(request: Request, named: Callable[[Shown], str]) -> list[str]:
    return [named(s) for s in Register.at(request.now).shown if not s.closed]


def _change(event: register_events.Event) -> m.Andring:
    return m.Andring.model_validate(
        {
            "andring_id": event.name,
            "handelse": event.kind,
            "tidpunkt": utc(event.at),
            "kanal_id": event.channel.slug,
            "visningsnamn": event.channel.name,
            "rubrik": event.title,
        }
    )
