"""A new version of the guideline, from draft to decision (R-3.2-5, R-0-2)."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from uppsikt.governance import adopted_texts, adopting, moves, receipts, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.adopting import Decision
from uppsikt.governance.models import Adoption, GuidelineReview, LawCheck, Proposal
from uppsikt.governance.proposal_life import ProposalLife
from uppsikt.policy import difference, editing
from uppsikt.policy import guideline as policy
from uppsikt.policy.difference import Change
from uppsikt.policy.editing import Simple
from uppsikt.policy.guideline import Guideline
from uppsikt.records import ledger, vault


class NothingChanged(Exception):
    """The file says what the version in force says."""


class NoReasons(Exception):
    """A proposal says why, in words."""


class Outdated(Exception):
    """Another version has been taken into force since this one was written."""


@dataclass(frozen=True, slots=True)
class Why:
    """What a proposal is called, why it is made, and on which notes on laws."""

    title: str
    reasons: str
    law_checks: tuple[LawCheck, ...] = ()


@transaction.atomic
def begin(why: Why, *, actor: Actor, at: datetime) -> Proposal:
    """Begin a draft from the version in force, with nothing changed yet.

    It belongs to the newest review that asked for a change, if any.

    Raises:
        NotYours: the guideline does not let the actor.
        rules.NoneInForce: there is nothing to change.
    """
    base = _in_force(at)
    proposal = Proposal(
        node=adopted_texts.top(),
        base=base,
        source=base.source,
        title=why.title,
        reasons=why.reasons.strip(),
        review=_asking(at),
        by=actor.person,
        at=at,
    )
    moves.begin(ProposalLife.begin, proposal, actor=actor, at=at)
    proposal.law_checks.set(why.law_checks)
    return proposal


@transaction.atomic
def explain(proposal: Proposal, why: Why, *, actor: Actor, at: datetime) -> None:
    """Write the title and the reasons of a draft anew.

    Raises:
        NotYours: the actor may not propose.
        TooLate: it is no draft any more.
    """
    proposal = _draft(proposal, actor, at)
    Proposal.objects.filter(pk=proposal.pk).update(
        title=why.title, reasons=why.reasons.strip()
    )
    proposal.law_checks.set(why.law_checks)
    told = {"title": why.title, "reasons": why.reasons}
    ledger.append("proposal.explain", proposal.subject, told, actor=actor.name, at=at)


@transaction.atomic
def write(
    proposal: Proposal,
    data: bytes,
    *,
    actor: Actor,
    at: datetime,
    base: Adoption | None = None,
) -> Proposal:
    """Let a draft say what the whole guideline file `data` says.

    `base` is given when the file was written from another version than the draft: the
    newest, say, after that one was decided. Changes are then told against it.

    Raises:
        NotYours, TooLate: as `explain`.
        policy.Broken: with every fault; nothing is stored.
        vault.NoRoom: the disk is full; nothing is stored.
    """
    proposal = _draft(proposal, actor, at)
    policy.parse(data)
    blob = vault.keep(data, "application/toml", at=at)
    since = base or proposal.base
    Proposal.objects.filter(pk=proposal.pk).update(source=blob, base=since)
    told: dict[str, ledger.JsonValue] = {"file": blob.name, "from": since.pk}
    ledger.append("proposal.write", proposal.subject, told, actor=actor.name, at=at)
    proposal.source, proposal.base = blob, since
    return proposal


def with_value(proposal: Proposal, name: str, value: Simple) -> bytes:
    """Return the draft's file with another value of one parameter.

    Raises `editing.NotSimple` and `editing.WrongKind` as `editing.with_value`.
    """
    return editing.with_value(file(proposal), name, value)


def propose(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """Hand a draft over to the owner of the guideline.

    Raises:
        NothingChanged: it says what holds already.
        NoReasons: nothing says why.
        NotYours, TooLate: as `moves.make`.
    """
    proposal.refresh_from_db(fields=["source", "base", "reasons"])
    if not changes(proposal):
        raise NothingChanged
    if not proposal.reasons:
        raise NoReasons
    moves.make(ProposalLife.propose, proposal, actor=actor, at=at)


@transaction.atomic
def adopt(
    proposal: Proposal, decision: Decision, *, actor: Actor, at: datetime
) -> Adoption:
    """Decide that a proposal shall hold from a day (R-0-2).

    The title and reasons of the proposal tell what changes, unless the decision does.

    Raises:
        NotYours, TooLate: as `moves.make`.
        Outdated: what it was written from no longer holds, or will not by that day.
        adopting.TooEarly, BadNumber, policy.Broken: as `adopting.adopt`.
    """
    if newest() != proposal.base:
        raise Outdated
    entry = moves.make(ProposalLife.adopt, proposal, actor=actor, at=at)
    told = decision if decision.changed else replace(decision, changed=_told(proposal))
    adoption = adopting.adopt_file(file(proposal), told, actor=actor, at=entry.at)
    Proposal.objects.filter(pk=proposal.pk).update(adoption=adoption)
    proposal.adoption = adoption
    return adoption


def file(proposal: Proposal) -> bytes:
    """Return the file of a proposal as it is now."""
    return vault.open_(proposal.source)


def guideline(proposal: Proposal) -> Guideline:
    """Return the guideline that a proposal would be."""
    return policy.parse(file(proposal))


def changes(proposal: Proposal) -> list[Change]:
    """Return what a proposal changes against the version it was written from."""
    before = policy.parse(vault.open_(proposal.base.source))
    return difference.between(before, guideline(proposal))


def is_outdated(proposal: Proposal) -> bool:
    """Tell whether another version was adopted since the proposal was begun."""
    return newest() != proposal.base


def _told(proposal: Proposal) -> str:
    return f"{proposal.title}. {proposal.reasons}"


def newest() -> Adoption | None:
    """Return the version decided last, which may not hold yet."""
    return Adoption.objects.order_by("-starts_at").first()


def _in_force(at: datetime) -> Adoption:
    version = receipts.version(at)
    if version is None:
        raise rules.NoneInForce
    return version


def _asking(at: datetime) -> GuidelineReview | None:
    asked = GuidelineReview.objects.filter(
        outcome=GuidelineReview.Outcome.CHANGE, at__lte=at, proposal=None
    )
    return asked.order_by("-at").first()


def _draft(proposal: Proposal, actor: Actor, at: datetime) -> Proposal:
    """Return the proposal as it is now, locked, if it is the actor's to write."""
    may = frozenset(rules.in_force(at).rule(str(ProposalLife.begin)).roles)
    moves.require(actor, proposal.path, may)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "node", "base__source", "source"
    )
    found = rows.get(pk=proposal.pk)
    if found.state is not ProposalLife.draft:
        raise moves.TooLate
    return found
