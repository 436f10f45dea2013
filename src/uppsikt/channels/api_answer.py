"""How the register's interface answers: methods, pages, faults and headers.

By the national REST profile: GET alone, problem+json for what is wrong (RFC 9457),
open to pages of any site.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel

from uppsikt.channels import register_cache
from uppsikt.channels.api_model import Problem
from uppsikt.channels.api_query import BadQuestion, Paged
from uppsikt.governance import rules
from uppsikt.governance.request import Request

METHODS: Final = "GET, HEAD, OPTIONS"
JSON: Final = "application/json; charset=utf-8"
PROBLEM: Final = "application/problem+json"
View = Callable[..., HttpResponse]


class NoSuchThing(LookupError):
    """There is nothing by that name in the register."""


def resource(view: View) -> View:
    """Make a view a resource of the interface: it only gives, and errs in words."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answered(request: Request, **given: str) -> HttpResponse:
        response = register_cache.from_any_site(_answered(view, request, given))
        response["Access-Control-Expose-Headers"] = "ETag"
        patch_vary_headers(response, ["Accept"])
        return response

    return answered


def _answered(view: View, request: Request, given: Mapping[str, str]) -> HttpResponse:
    if refused := _refused(request):
        return refused
    try:
        return view(request, **given)
    except BadQuestion as wrong:
        return problem(request, 400, str(wrong))
    except NoSuchThing:
        return problem(request, 404, _("There is nothing by that name."))
    except rules.NoneInForce:
        return problem(request, 503, _("The register is not in use yet."))


def _refused(request: Request) -> HttpResponse | None:
    """Return the answer to a request that no resource is asked about."""
    if request.method == "OPTIONS":
        return _told_methods()
    if request.method not in ("GET", "HEAD"):
        response = problem(request, 405, _("Only reading is possible here."))
        response["Allow"] = METHODS
        return response
    if not request.accepts("application/json"):
        return problem(request, 406, _("The answer is given as application/json."))
    return None


def _told_methods() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = METHODS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def problem(request: Request, status: int, detail: str) -> HttpResponse:
    """Tell what is wrong, in words (RFC 9457)."""
    told = Problem(
        type="about:blank",
        title=_TITLES[status](),
        status=status,
        detail=detail,
        instance=request.path,
    )
    return _written(request, told.model_dump(), status, PROBLEM)


_TITLES: Final[Mapping[int, Callable[[], str]]] = {
    400: lambda: _("The question cannot be read"),
    404: lambda: _("Not found"),
    405: lambda: _("Not allowed"),
    406: lambda: _("No such format"),
    503: lambda: _("Not in use yet"),
}


def given(request: Request, answer: BaseModel) -> HttpResponse:
    """Give an answer that may be kept and is the same for everybody."""
    body = json.dumps(answer.model_dump(mode="json"), ensure_ascii=False).encode()
    return register_cache.for_all(request, body, JSON)


def given_once(request: Request, answer: BaseModel) -> HttpResponse:
    """Give an answer to a question that few ask again."""
    response = _written(request, answer.model_dump(mode="json"), 200, JSON)
    response["Cache-Control"] = "public, max-age=60"
    return response


def page(request: Request, query: Paged, rows: Sequence[Any]) -> dict[str, Any]:
    """Return the rows of the page asked for, and where it lies in the whole."""
    start, limit = query.start, query.limit
    here = rows[start : start + limit]
    # Before a page beyond the end lies the last of the rows.
    before, after = max(min(start, len(rows)) - limit, 0), start + limit
    metadata = {
        "totalt": len(rows),
        "antal": len(here),
        "limit": limit,
        "offset": start,
        "nasta": _at(request, after, limit) if after < len(rows) else None,
        "foregaende": _at(request, before, limit) if start else None,
    }
    return {"metadata": metadata, "rows": here}


def _at(request: Request, offset: int, limit: int) -> str:
    kept = {k: v for k, v in request.GET.items() if k not in ("page", "offset")}
    asked = urlencode({**kept, "limit": limit, "offset": offset})
    return request.build_absolute_uri(f"{request.path}?{asked}")


def _written(request: Request, told: object, status: int, kind: str) -> HttpResponse:
    body = json.dumps(told, ensure_ascii=False).encode()
    sent = b"" if request.method == "HEAD" else body
    response = HttpResponse(sent, status=status, content_type=kind)
    response["Content-Length"] = str(len(body))
    return response
