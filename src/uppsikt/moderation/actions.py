"""What a person decides of a case: open, remove or leave up, take back, restore.

The special path, the evidence, what is told and who is told have modules of their own;
their names are known from here too, so that a caller needs one.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import removal
from uppsikt.inbox.models import Item
from uppsikt.moderation import covering, keeping
from uppsikt.moderation.keeping import Changed
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case
from uppsikt.moderation.preserving import photograph_again, upload_evidence
from uppsikt.moderation.removing import (
    Proof,
    confirm,
    remove_by_hand,
    shown_by_hand,
    still_there,
)
from uppsikt.moderation.reporting import ReportOrder, order_report
from uppsikt.moderation.special import (
    NoWords,
    OpenAlready,
    SpecialPathOnly,
    annotate,
    close_special,
    open_special,
    seclude,
    standing_on,
)
from uppsikt.moderation.telling import (
    Answer,
    cannot_notify,
    lost,
    notify,
    posted,
    report,
)
from uppsikt.policy import clocks
from uppsikt.policy.grounds import Ground
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.lifecycle import Move
from uppsikt.sending import actions as sending

__all__ = [
    "Answer",
    "BeingCarriedOut",
    "Changed",
    "Decision",
    "NoWords",
    "NotInCatalogue",
    "OpenAlready",
    "Proof",
    "ReportOrder",
    "SpecialPathOnly",
    "agree",
    "annotate",
    "call_off",
    "cannot_notify",
    "close",
    "close_special",
    "confirm",
    "decide",
    "leave_up",
    "lost",
    "notify",
    "open_case",
    "open_special",
    "order_report",
    "photograph_again",
    "posted",
    "remove_by_hand",
    "report",
    "restore",
    "seclude",
    "shown_by_hand",
    "still_there",
    "try_again",
    "upload_evidence",
]


class NotInCatalogue(Exception):
    """The ground is not one of the guideline's."""


class BeingCarriedOut(Exception):
    """The worker has turned to the platform already: restore it afterwards instead."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides of a case: on which ground, why, and by what measure."""

    ground: str
    measure: Case.Measure
    motive: str = ""
    milder: str = ""
    obvious: bool | None = None
    # The version of the text that the person had before them; the newest if unsaid.
    version: int | None = None


@transaction.atomic
def open_case(
    item: Item, *, through: str, knowledge_at: datetime, actor: Actor, at: datetime
) -> Case:
    """Open a case about `item`; the clock runs from when we learnt of it (D-2).

    Raises `OpenAlready`, or `SpecialPathOnly` about what a special case has locked.
    """
    if standing := standing_on(item):
        raise OpenAlready(standing)
    if Item.objects.filter(pk=item.pk, secluded=True).exists():
        raise SpecialPathOnly
    guideline = rules.in_force(at)
    learnt = min(knowledge_at, at)
    case = Case(
        channel=item.channel,
        item=item,
        knowledge_at=learnt,
        known_through=through,
        due_at=_due(guideline, "removal_p1", learnt),
        guideline=guideline.id,
    )
    try:
        moves.begin(CaseLife.open, case, actor=actor, at=at)
    except IntegrityError:
        if standing := standing_on(item):  # opened by a colleague a moment ago
            raise OpenAlready(standing) from None
        raise
    removal.taken_up(item, case.pk)
    return case


@transaction.atomic
def decide(case: Case, decision: Decision, *, actor: Actor, at: datetime) -> Move:
    """Decide to remove, or ask a second person where the ground demands one (D-4).

    Raises `Changed` when the text is another by now than the person had before them.
    """
    guideline = rules.in_force(at)
    ground = _ground(guideline, decision.ground)
    _write(case, decision)
    proposes = ground.motive == "second_person"
    move = CaseLife.propose if proposes else CaseLife.condemn
    changes = {
        "decided_by": actor.person,
        "decided_at": at,
        "decided_version": _version(case, decision),
        "second_person": None,
        "guideline": guideline.id,
        "due_at": _due(guideline, ground.target, case.knowledge_at),
        **_afresh(at),
        "next_try_at": None if proposes else at,
    }
    moves.make(move, case, actor=actor, at=at, changes=changes)
    _settle(case, at)
    return move


def agree(case: Case, *, actor: Actor, at: datetime) -> None:
    """Agree, as the second person, to what a colleague proposes (R-6.1-9)."""
    changes = {"second_person": actor.person, "next_try_at": at}
    moves.make(CaseLife.agree, case, actor=actor, at=at, changes=changes)


@transaction.atomic
def leave_up(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Decide not to remove, with the motive: an outcome as good as any."""
    moves.make(CaseLife.leave_up, case, actor=actor, at=at, why=why)
    if case.item is not None:
        removal.let_be(case.item)
    _settle(case, at)


@transaction.atomic
def call_off(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Take back a decision that is not carried out yet.

    Raises `BeingCarriedOut` once the worker has turned to the platform.
    """
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    here = Case.objects.filter(free | Q(status=CaseLife.condemned.name), pk=case.pk)
    if not here.filter(begun_at=None).update(next_try_at=None):
        raise BeingCarriedOut
    changes = {"next_try_at": None, "evidence_entry": None, "problem": ""}
    moves.make(CaseLife.call_off, case, actor=actor, at=at, why=why, changes=changes)
    _settle(case, at)


def try_again(case: Case, *, actor: Actor, at: datetime) -> None:
    """Let the worker try again what could not be confirmed."""
    moves.make(CaseLife.try_again, case, actor=actor, at=at, changes=_afresh(at))


@transaction.atomic
def restore(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Reverse the decision; the worker shows the comment again where it can (D-5).

    The item waits for its answer again, and a notice that has not left is stopped.
    """
    changes = _afresh(at)
    moves.make(CaseLife.restore, case, actor=actor, at=at, why=why, changes=changes)
    sending.stop_about(case.subject, at=at)
    if case.item is not None:
        removal.restored(case.item, at=at)
    _settle(case, at)


def close(case: Case, *, actor: Actor, at: datetime) -> None:
    """Close the case: told, registered and reported, or `NotReady` says what is not."""
    moves.make(CaseLife.close, case, actor=actor, at=at)


def _settle(case: Case, at: datetime) -> None:
    """Cover what the decision restricts, or open what it no longer does."""
    if case.item is not None:
        covering.settle(case.item, at=at)


def _ground(guideline: Guideline, code: str) -> Ground:
    ground = guideline.grounds.get(code)
    if ground is None:
        raise NotInCatalogue
    if ground.special_path:
        raise SpecialPathOnly
    return ground


def _write(case: Case, decision: Decision) -> None:
    case.ground = decision.ground
    case.measure = decision.measure
    case.motive = decision.motive.strip()
    case.milder = decision.milder.strip()
    case.obvious = decision.obvious
    case.save(update_fields=["ground", "measure", "motive", "milder", "obvious"])


def _version(case: Case, decision: Decision) -> int:
    newest = keeping.newest(keeping.special_free(case))
    if decision.version not in (None, newest):
        raise Changed
    return newest


def _due(guideline: Guideline, parameter: str, start: datetime) -> datetime:
    span = rules.span(guideline, parameter)
    return clocks.due(start, span, guideline.working_calendar).at


def _afresh(at: datetime) -> dict[str, object]:
    """Return the fields by which the worker begins anew with a case."""
    return {
        "next_try_at": at,
        "lease_until": None,
        "attempts": 0,
        "problem": "",
        "begun_at": None,
        "acted_at": None,
    }
