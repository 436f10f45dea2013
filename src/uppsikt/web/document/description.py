"""The section on social media of an authority's description of its official documents.

Written from what the register holds, as OSL 4 kap. 2 § asks for (D-13): a person reads
it through and puts it into the description.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from uppsikt.channels.models import Channel
from uppsikt.governance import download, local_decisions, rules
from uppsikt.governance.models import LocalDecision, Node
from uppsikt.governance.request import Request
from uppsikt.policy import laws
from uppsikt.web.document.local_forms import retention_said

FORMS: Final = {"txt": "text/plain", "html": "text/html"}


@dataclass(frozen=True, slots=True)
class Disposed:
    """What is disposed of, after how long, by which decision."""

    what: str
    after: str
    decision: LocalDecision


@dataclass(frozen=True, slots=True)
class Description:
    """What the section tells, for one authority on one day."""

    authority: Node
    day: date
    channels: list[Channel]
    disposals: list[Disposed]
    secrecy: tuple[str, ...]
    contact: str
    series: str


@require_GET
def index(request: Request) -> HttpResponse:
    """Show the section for an authority; the first one unless another is asked for."""
    authorities = list(local_decisions.authorities())
    asked = request.GET.get("myndighet", "")
    chosen = next((a for a in authorities if str(a.pk) == asked), None)
    authority = chosen or next(iter(authorities), None)
    if authority is None:
        raise Http404
    context = {
        "told": _of(authority, request),
        "authorities": authorities,
    }
    return render(request, "document/description.html", context)


@require_GET
def file(request: Request, pk: int, form: str) -> HttpResponse:
    """Hand out the section as text or as HTML."""
    authority = get_object_or_404(local_decisions.authorities(), pk=pk)
    if form not in FORMS:
        raise Http404
    context = {"told": _of(authority, request)}
    name = f"document/description_file.{form}"
    content = render_to_string(name, context).strip() + "\n"
    return download.made(content.encode(), FORMS[form], f"sociala-medier-{authority}")


def _of(authority: Node, request: Request) -> Description:
    current = rules.in_force(request.now)
    today = timezone.localdate(request.now)
    nodes = local_decisions.channels_of(authority)
    channels = Channel.objects.open().filter(node__in=nodes).select_related("node")
    known = "records_contact" in current.parameters
    return Description(
        authority=authority,
        day=today,
        channels=list(channels.order_by("name")),
        disposals=_disposals(authority, today, request),
        secrecy=tuple(s for law in laws.register() for s in law.usual_secrecy),
        contact=current.text("records_contact") if known else "",
        series=current.text("diary_series"),
    )


def _disposals(authority: Node, today: date, request: Request) -> list[Disposed]:
    words = local_decisions.categories(request.now)
    rows = LocalDecision.objects.holding(today).filter(
        node=authority, kind=LocalDecision.Kind.DISPOSAL
    )
    return [
        Disposed(words.get(d.category, d.category), retention_said(d.retention), d)
        for d in rows.select_related("scope").order_by("category", "pk")
    ]
