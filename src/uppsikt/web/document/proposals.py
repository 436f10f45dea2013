"""Proposed versions of the guideline: the list, one by one, and its steps (R-3.2-5)."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.governance import adopted_texts, download, moves, proposing, rules
from uppsikt.governance.models import LawCheck, Proposal, Step
from uppsikt.governance.proposal_life import ProposalLife
from uppsikt.governance.request import Request
from uppsikt.policy import laws
from uppsikt.policy.laws import Law
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Role
from uppsikt.web.document.differences import by_section
from uppsikt.web.document.proposal_forms import FileForm, WhyForm

ON_A_PAGE: Final = 20
# Deciding has a page of its own, where the effects are seen first.
BUTTONS: Final = (
    ProposalLife.propose,
    ProposalLife.endorse,
    ProposalLife.send_back,
    ProposalLife.reject,
    ProposalLife.withdraw,
)


def takes_part(request: Request) -> bool:
    """Tell whether the guideline gives the person a step with a proposal, or an audit.

    A draft is no official document yet, so nobody else reads it.
    """
    current = rules.in_force(request.now)
    asked = {r for m in ProposalLife.moves.values() for r in current.rule(str(m)).roles}
    return bool(
        request.actor.roles_at(adopted_texts.top().path) & (asked | {Role.AUDITOR})
    )


def proposal_of(request: Request, pk: int) -> Proposal:
    """Return a proposal, if the person takes part in proposals."""
    if not takes_part(request):
        raise PermissionDenied
    rows = Proposal.objects.select_related(
        "node", "by", "base__source", "source", "review", "adoption"
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
def index(request: Request) -> HttpResponse:
    """List the proposals, those under way first."""
    if not takes_part(request):
        raise PermissionDenied
    rows = Proposal.objects.select_related("by").order_by("-at", "-pk")
    may_begin = _may_begin(request)
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "may_begin": may_begin,
    }
    return render(request, "document/proposals.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a draft from the version in force."""
    if not _may_begin(request):
        raise PermissionDenied
    form = WhyForm(request.POST or None)
    if form.is_valid():
        begun = proposing.begin(form.why, actor=request.actor, at=request.now)
        messages.success(request, _("The draft is begun. Now change what it says."))
        return redirect("proposal", begun.pk)
    status = 422 if form.is_bound else 200
    return render(request, "document/proposal_new.html", {"form": form}, status=status)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show a proposal: why, what it changes, and what may be done with it."""
    proposal = proposal_of(request, pk)
    changed = proposing.changes(proposal)
    steps = Step.objects.filter(subject=proposal.subject).select_related("by")
    context = {
        "proposal": proposal,
        "life": ProposalLife,
        "steps": steps.order_by("pk"),
        "sections": by_section(changed),
        "count": len(changed),
        "outdated": proposing.is_outdated(proposal),
        "editable": _editable(request, proposal),
        "decidable": _decidable(request, proposal),
        "moves": [_button(m, proposal, request) for m in _onward(proposal)],
        "file_form": FileForm(),
        "checks": _notes(proposal),
    }
    return render(request, "document/proposal.html", context)


@require_http_methods(["GET", "POST"])
def explain(request: Request, pk: int) -> HttpResponse:
    """Write the title and the reasons of a draft anew."""
    proposal = proposal_of(request, pk)
    before = {
        "title": proposal.title,
        "reasons": proposal.reasons,
        "law_checks": proposal.law_checks.all(),
    }
    form = WhyForm(request.POST or None, initial=before)
    if form.is_valid():
        proposing.explain(proposal, form.why, actor=request.actor, at=request.now)
        messages.success(request, _("Saved."))
        return redirect("proposal", pk)
    context = {"form": form, "proposal": proposal}
    status = 422 if form.is_bound else 200
    return render(request, "document/proposal_new.html", context, status=status)


@require_POST
def move(request: Request, pk: int, name: str) -> HttpResponse:
    """Make one move of a proposal, other than the decision."""
    proposal = proposal_of(request, pk)
    asked = next((m for m in BUTTONS if m.name == name), None)
    if asked is None:
        raise Http404
    try:
        _make(asked, proposal, request)
    except proposing.NothingChanged:
        messages.error(request, _("It changes nothing yet. Change a value or a file."))
    except proposing.NoReasons:
        messages.error(request, _("Write why before you propose it."))
    else:
        messages.success(request, _("Done."))
    return redirect("proposal", pk)


@require_GET
def file(request: Request, pk: int) -> HttpResponse:
    """Hand out the file of a proposal, to change it."""
    proposal = proposal_of(request, pk)
    return download.attached(proposal.source, f"forslag-{pk}")


def _notes(proposal: Proposal) -> list[tuple[Law, LawCheck]]:
    """Return the notes on laws that the proposal rests on, each with its law."""
    rows = proposal.law_checks.order_by("-at")
    return [(laws.named(row.law), row) for row in rows]


def _make(asked: Move, proposal: Proposal, request: Request) -> None:
    if asked is ProposalLife.propose:
        proposing.propose(proposal, actor=request.actor, at=request.now)
        return
    why = request.POST.get("why", "")[:2000]
    moves.make(asked, proposal, actor=request.actor, at=request.now, why=why)


def _onward(proposal: Proposal) -> list[Move]:
    return [m for m in BUTTONS if m.leaves(proposal.status)]


def _button(asked: Move, proposal: Proposal, request: Request) -> dict[str, object]:
    return {
        "name": asked.name,
        "label": asked.label,
        "reason": moves.needs_reason(asked, at=request.now),
        "refused": moves.why_not(asked, proposal, request.actor, at=request.now),
    }


def _may_begin(request: Request) -> bool:
    may = rules.in_force(request.now).rule(str(ProposalLife.begin)).roles
    return bool(request.actor.roles_at(adopted_texts.top().path) & set(may))


def _editable(request: Request, proposal: Proposal) -> bool:
    return proposal.state is ProposalLife.draft and _may_begin(request)


def _decidable(request: Request, proposal: Proposal) -> bool:
    if proposal.state is not ProposalLife.endorsed:
        return False
    return (
        moves.why_not(ProposalLife.adopt, proposal, request.actor, at=request.now)
        is None
    )
