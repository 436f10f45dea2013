"""What a proposal would do, seen before it is decided; and the decision (R-0-2)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from uppsikt.channels.models import Channel
from uppsikt.duties import effects as judged
from uppsikt.duties.effects import Effects
from uppsikt.governance import adopting, moves, proposing, rules
from uppsikt.governance.models import Proposal
from uppsikt.governance.proposal_life import ProposalLife
from uppsikt.governance.request import Request
from uppsikt.policy.guideline import Broken
from uppsikt.web.commands import guideline_faults
from uppsikt.web.document.proposal_forms import DecisionForm
from uppsikt.web.document.proposals import proposal_of
from uppsikt.web.wording import absolute


@require_GET
def effects(request: Request, pk: int) -> HttpResponse:
    """Show which channels would lack what, if the proposal held now."""
    proposal = proposal_of(request, pk)
    context = {"proposal": proposal, "effects": _effects(request, proposal)}
    return render(request, "document/effects.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """Decide that a proposal shall hold, with its effects in view."""
    proposal = proposal_of(request, pk)
    if refused := moves.why_not(
        ProposalLife.adopt, proposal, request.actor, at=request.now
    ):
        raise moves.NotYours(refused)
    if proposal.state is not ProposalLife.endorsed:
        raise moves.TooLate
    current = rules.in_force(request.now)
    form = DecisionForm(request.POST or None, guideline=current, now=request.now)
    if form.is_valid() and _adopted(request, proposal, form):
        messages.success(request, _("It is decided."))
        return redirect("guideline-versions")
    context = {
        "proposal": proposal,
        "form": form,
        "effects": _effects(request, proposal),
        "decider": current.decided_by,
    }
    status = 422 if form.is_bound else 200
    return render(request, "document/decide.html", context, status=status)


def _effects(request: Request, proposal: Proposal) -> Effects:
    """Judge every open channel, whoever asks: the decision is about all of them."""
    rows = Channel.objects.open().select_related("node").order_by("name")
    return judged.of(list(rows), proposing.guideline(proposal), at=request.now)


def _adopted(request: Request, proposal: Proposal, form: DecisionForm) -> bool:
    try:
        guideline_faults.fit(proposing.file(proposal))
        proposing.adopt(proposal, form.decision, actor=request.actor, at=request.now)
    except guideline_faults.Unfit as unfit:
        for fault in unfit.faults:
            form.add_error(None, fault)
    except proposing.Outdated:
        form.add_error(
            None,
            _(
                "Another version was decided meanwhile. Send it back, so that it is "
                "written from that one."
            ),
        )
    except adopting.TooEarly as early:
        words = _("Give a day after %(day)s.")
        form.add_error("starts_on", words % {"day": absolute(early.earliest)})
    except adopting.OversightOff:
        words = _(
            "It ends daily oversight. The data protection officer must decide that "
            "first (GDPR articles 5 and 24, C-492/23 Russmedia)."
        )
        form.add_error(None, words)
    except adopting.BadNumber:
        form.add_error("number", _("The new version wants another kind of number."))
    except Broken as broken:
        form.add_error(None, "; ".join(broken.faults))
    return not form.errors
