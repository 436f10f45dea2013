"""Changing what a draft says: one value in a form, or the whole file (R-3.2-5)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.governance import proposing
from uppsikt.governance.models import Proposal
from uppsikt.governance.proposal_life import ProposalLife
from uppsikt.governance.request import Request
from uppsikt.policy import editing
from uppsikt.web import guideline as shown
from uppsikt.web.commands import guideline_faults
from uppsikt.web.document.proposal_forms import FileForm, ValueForm
from uppsikt.web.document.proposals import proposal_of


@require_GET
def index(request: Request, pk: int) -> HttpResponse:
    """List the values that can be changed in a form."""
    proposal = _draft(request, pk)
    guideline = proposing.guideline(proposal)
    rows = [(name, guideline.parameters[name]) for name in editing.simple(guideline)]
    rows.sort(key=lambda row: shown.order(row[1].section))
    context = {"proposal": proposal, "rows": rows}
    return render(request, "document/values.html", context)


@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int, name: str) -> HttpResponse:
    """Let a draft have another value of one parameter."""
    proposal = _draft(request, pk)
    guideline = proposing.guideline(proposal)
    if name not in editing.simple(guideline):
        raise Http404
    parameter = guideline.parameters[name]
    assert isinstance(parameter.value, bool | int | str)  # noqa: S101 (for the types)
    form = ValueForm(request.POST or None, before=parameter.value, label=parameter.says)
    if form.is_valid() and _written(request, proposal, name, form):
        messages.success(request, _("The value is changed in the draft."))
        return redirect("proposal", pk)
    context = {"proposal": proposal, "form": form, "parameter": parameter}
    status = 422 if form.is_bound else 200
    return render(request, "document/value.html", context, status=status)


@require_POST
def upload(request: Request, pk: int) -> HttpResponse:
    """Let a draft say what a changed file says; a broken one is told fault by fault."""
    proposal = _draft(request, pk)
    form = FileForm(request.POST, request.FILES)
    faults: list[str] = []
    if form.is_valid():
        data = form.cleaned_data["file"].read()
        faults = _faults(data)
        if not faults:
            proposing.write(
                proposal,
                data,
                actor=request.actor,
                at=request.now,
                base=proposing.newest(),
            )
            messages.success(request, _("The draft now says what the file says."))
            return redirect("proposal", pk)
    context = {"proposal": proposal, "form": form, "faults": faults}
    return render(request, "document/upload.html", context, status=422)


def _draft(request: Request, pk: int) -> Proposal:
    """Return a proposal that can still be written, if it is the person's to write."""
    proposal = proposal_of(request, pk)
    if proposal.state is not ProposalLife.draft:
        raise PermissionDenied
    return proposal


def _written(request: Request, proposal: Proposal, name: str, form: ValueForm) -> bool:
    try:
        data = proposing.with_value(proposal, name, form.value)
    except editing.NotSimple:
        form.add_error("value", _("Change it in the file: it is not on a line alone."))
        return False
    for fault in _faults(data):
        form.add_error("value", fault)
    if form.errors:
        return False
    proposing.write(proposal, data, actor=request.actor, at=request.now)
    return True


def _faults(data: bytes) -> list[str]:
    """Return what the command `uppsikt guideline check` would say."""
    try:
        guideline_faults.fit(data)
    except guideline_faults.Unfit as unfit:
        return unfit.faults
    return []
