"""Every version of the guideline: when it held, its text, and what answers the text."""

from itertools import groupby
from typing import Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import adopted_texts, download, moves, receipts, rules
from uppsikt.governance.adopted_texts import Covered, Upload
from uppsikt.governance.models import AdoptedText, Adoption
from uppsikt.governance.request import Request
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.roles import Right
from uppsikt.records import media
from uppsikt.web.document.forms import TextForm
from uppsikt.web.document.proposals import takes_part
from uppsikt.web.guideline import MOVES
from uppsikt.web.wording import sentence

ON_A_PAGE: Final = 20


@require_GET
def index(request: Request) -> HttpResponse:
    """List every version, the newest first, each with when it held."""
    rows = Adoption.objects.select_related("person").order_by("-starts_at")
    starts = list(rows.values_list("starts_at", flat=True))
    ends = dict(zip(starts, [None, *starts], strict=False))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, ends[row.starts_at]) for row in page],
        "current": receipts.version(request.now),
        "takes_part": takes_part(request),
    }
    return render(request, "document/versions.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show a version with its text, and what answers each sentence of it (R-0-1)."""
    return _page(request, _version(pk))


@require_POST
def upload(request: Request, pk: int) -> HttpResponse:
    """Keep the text of a version, as it was decided."""
    path = adopted_texts.top().path
    moves.must(Right.KEEP_TEXT, request.actor, path, at=request.now)
    version = _version(pk)
    form = TextForm(request.POST, request.FILES)
    if form.is_valid() and _kept(request, version, form):
        messages.success(request, _("The text is kept, and read sentence by sentence."))
        return redirect("guideline-version", pk)
    return _page(request, version, form)


@require_GET
def text(request: Request, pk: int) -> HttpResponse:
    """Hand out the document of a version, as it was uploaded."""
    kept = adopted_texts.newest(_version(pk))
    if kept is None:
        raise Http404
    return download.attached(kept.file, kept.name)


@require_GET
def file(request: Request, pk: int) -> HttpResponse:
    """Hand out the guideline file of a version, whole, to read or to change."""
    version = _version(pk)
    return download.attached(
        version.source, f"{version.guideline}-{version.starts_at:%Y%m%d}"
    )


def _version(pk: int) -> Adoption:
    return get_object_or_404(Adoption.objects.select_related("person", "source"), pk=pk)


def _kept(request: Request, version: Adoption, form: TextForm) -> bool:
    told = form.cleaned_data
    words = told["text"].read() if told["text"] else None
    given = Upload(told["file"].name, told["file"].read(), words)
    try:
        adopted_texts.keep(version, given, actor=request.actor, at=request.now)
    except media.NotWhatItSays as odd:
        form.add_error("file", sentence(odd.reason))
    except adopted_texts.NoWords:
        form.add_error("text", _("No sentences are found in the text."))
    return not form.errors


def _page(
    request: Request, version: Adoption, form: forms.Form | None = None
) -> HttpResponse:
    kept = adopted_texts.newest(version)
    guideline = rules.of(version)
    found = adopted_texts.covered(kept, guideline) if kept else ()
    only = "utan" in request.GET
    context = {
        "version": version,
        "guideline": guideline,
        "text": kept,
        "form": form or TextForm(),
        "may_upload": moves.may(
            Right.KEEP_TEXT, request.actor, adopted_texts.top().path, at=request.now
        ),
        "only": only,
        "sections": _sections(found, guideline, only=only),
        **_counts(found),
        "changed": _changed(version, kept),
    }
    status = 422 if form else 200
    return render(request, "document/version.html", context, status=status)


def _counts(found: tuple[Covered, ...]) -> dict[str, int]:
    demands = [each for each in found if each.demanding]
    left = sum(not each.answers for each in demands)
    return {"sentences": len(found), "demands": len(demands), "unanswered": left}


_KINDS: Final = {
    "control": gettext_lazy("Demand"),
    "move": gettext_lazy("Act"),
    "feature": gettext_lazy("Feature"),
    "beyond": gettext_lazy("Nothing a program can see"),
}
Shown = tuple[str, list[tuple[Covered, list[tuple[object, str]]]]]


def _sections(
    found: tuple[Covered, ...], guideline: Guideline, *, only: bool
) -> list[Shown]:
    """Return the demanding sentences by section, each with its answers in words."""
    wanted = [e for e in found if e.demanding and not (only and e.answers)]
    rows = groupby(wanted, key=lambda each: each.section)
    return [
        (number, [(each, _answers(each)) for each in group]) for number, group in rows
    ]


def _answers(each: Covered) -> list[tuple[object, str]]:
    return [(_KINDS[a.kind.value], a.says or _move(a.name)) for a in each.answers]


def _move(name: str) -> str:
    """Return a move in words; one that the program no longer has, by its name."""
    if name not in MOVES:
        return name
    kind, move = MOVES[name]
    return f"{kind}: {move.label}"


def _changed(version: Adoption, kept: AdoptedText | None) -> int | None:
    """Return how many sentences are new since the version before, if both are kept."""
    earlier = Adoption.objects.filter(starts_at__lt=version.starts_at)
    before = earlier.order_by("-starts_at").first()
    text_before = adopted_texts.newest(before) if before else None
    if kept is None or text_before is None:
        return None
    return len(adopted_texts.new_since(kept, text_before))
