"""The public list of channels: pages for people, and a piece for other sites (R-3.2-3).

Nothing here names a person: a channel has a function's address, or none. Answers are
the same for everybody, and kept by `register_cache`.
"""

from collections.abc import Callable, Mapping
from typing import Final, cast

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from uppsikt.channels import register_cache, register_jsonld
from uppsikt.channels.forms import platform_choices
from uppsikt.channels.register_rows import Register
from uppsikt.channels.register_sought import Sought
from uppsikt.governance.request import Request

ON_A_PAGE: Final = 50
_HTML: Final = "text/html; charset=utf-8"


@login_not_required
@require_safe
def index(request: Request) -> HttpResponse:
    """Show every channel that is or was the municipality's, to anybody."""
    register, sought = Register.at(request.now), Sought.read(request.GET)
    found = sought.among(register.shown)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": list(page.object_list),
        "page": page,
        "total": len(found),
        "wanted": sought,
        "platforms": platform_choices(),
        "departments": register.departments,
        "purposes": register.purposes,
        "linked": register_jsonld.linked(register, link_for(request)),
    }
    return _page(request, "channels/public_list.html", context, register)


@login_not_required
@require_safe
def card(request: Request, slug: str) -> HttpResponse:
    """Show one channel to anybody, with the rules for those who write there."""
    register = Register.at(request.now)
    shown = register.called(slug)
    if shown is None:
        raise Http404
    context = {"channel": shown, "rules": register.rules}
    return _page(request, "channels/public_card.html", context, register)


@login_not_required
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "default-src": [NONE], "style-src": [SELF]})
def excerpt(request: HttpRequest) -> HttpResponse:
    """Give a piece of the list that another site may frame or fetch."""
    return _excerpt(cast(Request, request))


def _excerpt(request: Request) -> HttpResponse:
    register, sought = Register.at(request.now), Sought.read(request.GET)
    standing = [s for s in sought.among(register.shown) if not s.closed]
    bare = "bar" in request.GET
    context = {
        "shown": standing,
        "bare": bare,
        "whole": request.build_absolute_uri(reverse("channel-list")),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    answer = _page(request, "channels/public_excerpt.html", context, register)
    return register_cache.from_any_site(answer)


@login_not_required
@require_safe
def embedding(request: Request) -> HttpResponse:
    """Tell how the list is shown on the municipality's own site, with code to copy."""
    register = Register.at(request.now)
    context = {
        "site": request.build_absolute_uri("/").rstrip("/"),
        "first": register.departments[0][0] if register.departments else "",
        "departments": register.departments,
    }
    return _page(request, "channels/public_embedding.html", context, register)


def _page(
    request: Request, template: str, context: Mapping[str, object], register: Register
) -> HttpResponse:
    """Render without session and token, so that one copy is right for everybody."""
    around = {
        "request": request,
        "municipality": register.municipality,
        "demo": settings.DEMO,
    }
    body = render_to_string(template, {**around, **context}).encode()
    return register_cache.for_all(request, body, _HTML)


def link_for(request: Request) -> Callable[[str], str]:
    """Return what gives the whole address of a channel's page; "" gives the list's."""

    def link(slug: str) -> str:
        place = "channel-public" if slug else "channel-list"
        return request.build_absolute_uri(reverse(place, args=[slug] if slug else []))

    return link
