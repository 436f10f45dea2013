"""The menu: which pages there are, for whom, and what stands round every page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from uppsikt.governance import people
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.policy.roles import SEES_CONTENT, Role
from uppsikt.web import signin

ANYBODY: Final = frozenset(Role)
OFFICE: Final = frozenset(
    {Role.COMMUNICATIONS_OFFICE, Role.COMMUNICATIONS_DIRECTOR, Role.AUDITOR}
)
HANDS_OUT: Final = frozenset(
    {
        Role.REGISTRAR,
        Role.ARCHIVIST,
        Role.CHANNEL_OWNER,
        Role.DEPUTY,
        Role.COMMUNICATIONS_OFFICER,
        Role.COMMUNICATIONS_OFFICE,
    }
)
REGISTERS: Final = frozenset(
    {
        Role.REGISTRAR,
        Role.ARCHIVIST,
        Role.CHANNEL_OWNER,
        Role.DEPUTY,
        Role.COMMUNICATIONS_OFFICER,
        Role.COMMUNICATIONS_OFFICE,
        Role.COMMUNICATIONS_DIRECTOR,
        Role.DATA_PROTECTION_OFFICER,
        Role.AUDITOR,
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the menu: the name of its address, its label, and whose it is."""

    name: str
    label: object
    roles: frozenset[Role]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one person meets it in the menu."""

    url: str
    label: object
    here: bool
    key: str


@dataclass(frozen=True, slots=True)
class Group:
    """Links under one heading."""

    title: object
    links: list[Link]


MENU: Final[tuple[tuple[object, tuple[Place, ...]], ...]] = (
    (
        "",
        (
            Place("home", _("My day"), ANYBODY, "d"),
            Place("inbox", _("Inbox"), SEES_CONTENT, "i"),
            Place("conversations", _("Messages"), SEES_CONTENT, ""),
            Place("watch", _("Oversight"), SEES_CONTENT, "u"),
            Place("cases", _("Moderation"), SEES_CONTENT, "m"),
        ),
    ),
    (
        _("Steering"),
        (
            Place("channels", _("Channels"), ANYBODY, "k"),
            Place("feedback-list", _("Suggestions"), SEES_CONTENT, ""),
            Place("lapses", _("Corrections"), ANYBODY, ""),
            Place("samples", _("Samples of answers"), SEES_CONTENT, ""),
            Place("found-accounts", _("Reported accounts"), OFFICE, ""),
            Place("hand-out", _("Find and hand out"), HANDS_OUT, ""),
            Place("registrations", _("Registration"), REGISTERS, "r"),
            Place("compliance", _("Compliance"), SEES_CONTENT, "e"),
            Place("leavers", _("Access to take back"), SEES_CONTENT, ""),
            Place("message-tell", _("Message to you"), ANYBODY, ""),
            Place("absences", _("Absence"), ANYBODY, ""),
            Place("statistics", _("Statistics"), SEES_CONTENT, ""),
            Place("terms", _("Response times"), SEES_CONTENT, ""),
            Place("crises", _("Crisis"), SEES_CONTENT, ""),
            Place("risks", _("Risks"), SEES_CONTENT, ""),
            Place("exemptions", _("Exemptions"), SEES_CONTENT, ""),
            Place("guideline", _("The guideline"), ANYBODY, ""),
        ),
    ),
    (
        _("Support"),
        (
            Place("modules", _("Standard answers"), SEES_CONTENT, ""),
            Place("own-pictures", _("Pictures to publish"), SEES_CONTENT, ""),
            Place("parties", _("Parties"), SEES_CONTENT, ""),
            Place("signal-rules", _("The analysis"), SEES_CONTENT, ""),
            Place("people", _("People and roles"), people.SEES_PEOPLE, "p"),
            Place("organisation", _("Organisation"), people.KEEPERS, "o"),
            Place("help", _("Help"), ANYBODY, "h"),
        ),
    ),
)


def menu(actor: Actor, path: str) -> Iterator[Group]:
    """Yield the menu of `actor`, who stands at `path`."""
    for title, places in MENU:
        if links := [link for p in places if (link := _link(p, actor, path))]:
            yield Group(title, links)


def _link(place: Place, actor: Actor, path: str) -> Link | None:
    """Return `place` as a link, or None when it is not there or not for the actor."""
    try:
        url = reverse(place.name)
    except NoReverseMatch:
        return None
    if place.roles is not ANYBODY and not actor.has(*place.roles):
        return None
    here = path == url if url == "/" else path.startswith(url)
    return Link(url, place.label, here, place.key)


def shell(request: HttpRequest) -> dict[str, object]:
    """Return what is round every page: the menu, the municipality, demo or not."""
    return {
        "around": lambda: _around(request),
        "menu": lambda: _menu_of(request),
        "municipality": municipality,
        "demo": settings.DEMO,
        "now": getattr(request, "now", None),
        "actor": getattr(request, "actor", None),
    }


def municipality() -> str:
    """Return the municipality's name, or "" before one is set up."""
    top = Node.objects.filter(parent=None).values_list("name", flat=True)
    return top.first() or ""


def _around(request: HttpRequest) -> str:
    """Return the frame of a page: the staff's own once they are fully signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return "public_base.html"
    return "base.html" if signin.in_two_steps(request) else "public_base.html"


def _menu_of(request: HttpRequest) -> list[Group]:
    actor = getattr(request, "actor", None)
    if actor is None or actor.user is None:
        return []
    return list(menu(actor, request.path))
