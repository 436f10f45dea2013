"""What falls to those who keep the guideline: reviews, laws, proposals to decide."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from django.urls import reverse

from uppsikt.duties import municipality, reach
from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, Proposal
from uppsikt.governance.proposal_life import ProposalLife
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.roles import Right, Role
from uppsikt.policy.verdict import Finding
from uppsikt.policy.words import N_, Message

# Where a demand on the municipality is seen to, and by whose right; what has no right
# of its own is seen to by those who may begin a new version of the guideline.
PAGES: Final[Mapping[str, tuple[Right | None, str]]] = {
    "review_is_recent": (Right.REVIEW, "guideline-reviews"),
    "laws_are_checked": (Right.CHECK_LAW, "laws"),
    "wanted_change_is_proposed": (None, "proposals"),
    "guideline_is_valid": (None, "proposals"),
    "revision_is_explained": (None, "guideline-versions"),
    "decision_has_number": (None, "guideline-versions"),
    "owner_role_is_filled": (None, "compliance"),
    "office_is_staffed": (None, "compliance"),
}
_WORDS: Final = {
    ProposalLife.proposed.name: N_("A new version of the guideline to endorse"),
    ProposalLife.endorsed.name: N_("A new version of the guideline to decide"),
}


def own(actor: Actor, at: datetime) -> Group:
    """Return the demands on the municipality itself that are the actor's to see to."""
    duties = tuple(_own(actor, at))
    title = N_("The guideline and the laws behind it")
    return Group(title, "3.2", reverse("compliance"), len(duties), duties[:SHOWN])


def _own(actor: Actor, at: datetime) -> Iterator[Duty]:
    top = Node.objects.filter(parent=None).first()
    if top is None:
        return
    current, mine = rules.in_force(at), actor.roles_at(top.path)
    if not any(mine & _roles(check, current) for check in PAGES):
        return
    for finding in municipality.asking(at=at):
        if mine & _roles(finding.control.check, current):
            yield _duty(finding, top)


def _roles(check: str, current: Guideline) -> frozenset[Role]:
    right, _page = PAGES.get(check, (None, ""))
    if right is not None:
        return current.holders(right)
    return frozenset(current.rule(str(ProposalLife.begin)).roles)


def _duty(finding: Finding, top: Node) -> Duty:
    _right, page = PAGES.get(finding.control.check, (None, "compliance"))
    words = Message("%(says)s", {"says": finding.control.says})
    return Duty(words, top.name, reverse(page), finding.verdict.due_at)


def proposals(actor: Actor, at: datetime) -> Group:
    """Return the proposals that wait for the actor to endorse or decide."""
    endorse = reach.of_move(actor, ProposalLife.endorse, at=at, field="node__path")
    adopt = reach.of_move(actor, ProposalLife.adopt, at=at, field="node__path")
    proposed = Proposal.objects.filter(endorse, status=ProposalLife.proposed.name)
    endorsed = Proposal.objects.filter(adopt, status=ProposalLife.endorsed.name)
    rows = (proposed | endorsed).order_by("at", "pk")
    duties = tuple(_proposal(row) for row in rows[:SHOWN])
    total = len(duties) if len(duties) < SHOWN else rows.count()
    title = N_("New versions of the guideline")
    return Group(title, "3.2", reverse("proposals"), total, duties)


def _proposal(proposal: Proposal) -> Duty:
    url = reverse("proposal", args=[proposal.pk])
    return Duty(Message(_WORDS[proposal.status]), proposal.title, url)
