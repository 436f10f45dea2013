"""The pages on which the communications office takes in a list of channels."""

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import actions, exporting, import_acts
from uppsikt.channels.headings import Layout
from uppsikt.channels.import_forms import (
    FileForm,
    LayoutForm,
    UndoForm,
    asked_columns,
)
from uppsikt.channels.importing import Judged
from uppsikt.channels.models import Import
from uppsikt.governance.request import Request
from uppsikt.policy.words import Message
from uppsikt.records.table_rows import Unreadable

ON_A_PAGE: Final = 50
OUTCOMES: Final = ("fault", "warning", "known", "ok")


@dataclass(frozen=True, slots=True)
class Report:
    """What would become of the rows, counted."""

    rows: list[Judged]

    @property
    def enters(self) -> int:
        return sum(row.enters for row in self.rows)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many rows there are of each outcome that there is."""
        told = [row.outcome for row in self.rows]
        return [(one, told.count(one)) for one in OUTCOMES if one in told]

    def shown(self, outcome: str) -> list[Judged]:
        """Return the rows of an outcome, or all of them."""
        if outcome not in OUTCOMES:
            return self.rows
        return [row for row in self.rows if row.outcome == outcome]


def index(request: Request) -> HttpResponse:
    """Take an upload, and list what was taken in before."""
    import_acts.must_import(request.actor, at=request.now)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _index(request, form)
    if not form.is_valid():
        return _index(request, form)
    try:
        file = form.cleaned_data["file"]
        source = import_acts.upload(file, actor=request.actor, at=request.now)
    except Unreadable as stop:
        return _index(request, form, refused=stop.reason)
    return redirect("channel-import-show", source.pk)


def _index(
    request: Request, form: FileForm, *, refused: Message | None = None
) -> HttpResponse:
    seen = Import.objects.select_related("uploaded_by", "undone_by")
    done = seen.carried_out().order_by("-carried_out_at", "-pk")
    context = {
        "form": form,
        "refused": refused,
        "waiting": seen.waiting().order_by("-uploaded_at")[:ON_A_PAGE],
        "page": Paginator(done, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "channels/import/index.html", context, status=status)


def show(request: Request, pk: int) -> HttpResponse:
    """Show what would become of each row, and carry it out when that is ordered."""
    source = _source(request, pk)
    if source.carried_out_at:
        return _done(request, source, UndoForm())
    try:
        return _waiting(request, source)
    except import_acts.AlreadyTaken:
        messages.error(request, _("The file is forgotten. Upload it again."))
        return redirect("channel-import")


def _source(request: Request, pk: int) -> Import:
    import_acts.must_import(request.actor, at=request.now)
    seen = Import.objects.select_related("uploaded_by", "undone_by", "blob")
    return get_object_or_404(seen, pk=pk)


def _waiting(request: Request, source: Import) -> HttpResponse:
    asked = asked_columns(request.POST or request.GET)
    layout, rows = import_acts.look_through(source, None, at=request.now)
    form = LayoutForm(layout, asked)
    if asked and form.is_valid():
        layout, rows = import_acts.look_through(source, form.columns, at=request.now)
    elif asked:
        return _preview(request, source, form, layout, [])
    if request.method == "POST" and rows:
        return _carry_out(request, source, layout)
    return _preview(request, source, form, layout, rows)


def _carry_out(request: Request, source: Import, layout: Layout) -> HttpResponse:
    actor, now = request.actor, request.now
    try:
        entered = import_acts.carry_out(source, layout.columns, actor=actor, at=now)
    except import_acts.NothingToEnter:
        messages.error(request, _("No row can be entered. Correct the file first."))
    except actions.TakenHandle:
        words = _("An account was entered by somebody else meanwhile. Look again.")
        messages.error(request, words)
    else:
        words = _("%(n)d channels are entered as not approved.") % {"n": entered}
        messages.success(request, words)
    return redirect("channel-import-show", source.pk)


def _preview(
    request: Request,
    source: Import,
    form: LayoutForm,
    layout: Layout,
    rows: list[Judged],
) -> HttpResponse:
    report, wanted = Report(rows), request.GET.get("visa", "")
    page = Paginator(report.shown(wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "form": form,
        "layout": layout,
        "asks": (form.is_bound and not form.is_valid()) or not layout.sure,
        "report": report,
        "wanted": wanted,
        "page": page,
    }
    status = 422 if form.errors else 200
    return render(request, "channels/import/preview.html", context, status=status)


def _done(
    request: Request, source: Import, form: UndoForm, *, status: int = 200
) -> HttpResponse:
    rows = source.rows.select_related("channel").order_by("number")
    context = {
        "source": source,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "touched": source.since_touched() if source.stands else [],
        "form": form,
    }
    return render(request, "channels/import/done.html", context, status=status)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Strike all that an import entered."""
    source, form = _source(request, pk), UndoForm(request.POST)
    if not form.is_valid():
        return _done(request, source, form, status=422)
    why = form.cleaned_data["why"]
    try:
        struck = import_acts.undo(source, why=why, actor=request.actor, at=request.now)
    except import_acts.Touched:
        messages.error(request, _("Somebody has gone on with a channel of the import."))
    except import_acts.AlreadyTaken:
        messages.error(request, _("The import is undone already."))
    else:
        words = _("The import is undone: %(n)d channels are struck.") % {"n": struck}
        messages.success(request, words)
    return redirect("channel-import-show", pk)


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Throw away a file that waits."""
    source = _source(request, pk)
    try:
        import_acts.discard(source, actor=request.actor, at=request.now)
    except import_acts.AlreadyTaken:
        messages.error(request, _("The import is carried out, and can be undone."))
        return redirect("channel-import-show", pk)
    messages.success(request, _("The file is thrown away."))
    return redirect("channel-import")


@require_GET
def sheet(request: Request, name: str) -> HttpResponse:
    """Give out an empty list with our headings ("mall"), or one with examples."""
    import_acts.must_import(request.actor, at=request.now)
    return exporting.as_download(exporting.sample(name), f"kanaler-{name}.xlsx")
