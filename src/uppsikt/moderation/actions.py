"""One function per act of a person on a case: assess, decide, tell, report, close."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, Report
from uppsikt.policy import clocks
from uppsikt.policy.grounds import Ground
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Role
from uppsikt.records import ledger, search
from uppsikt.sending import actions as sending
from uppsikt.sending.models import Outgoing

ANSWERS_REPORTS = frozenset(
    {
        Role.CHANNEL_OWNER,
        Role.DEPUTY,
        Role.COMMUNICATIONS_OFFICER,
        Role.COMMUNICATIONS_OFFICE,
        Role.COMMUNICATIONS_DIRECTOR,
    }
)


class NotInCatalogue(Exception):
    """The ground is not one of the guideline's."""


class SpecialPathOnly(Exception):
    """The ground has a path of its own: nothing is captured, decided or sent here."""


class OpenAlready(Exception):
    """Somebody has opened a case about this already."""

    def __init__(self, case: Case) -> None:
        super().__init__(str(case))
        self.case = case


class NoWords(Exception):
    """A text that the record needs is empty."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides of a case: on which ground, why, and by what measure."""

    ground: str
    measure: Case.Measure
    motive: str = ""
    milder: str = ""
    obvious: bool | None = None


@transaction.atomic
def open_case(
    item: Item, *, through: str, knowledge_at: datetime, actor: Actor, at: datetime
) -> Case:
    """Open a case about `item`; the clock runs from when we learnt of it (D-2)."""
    standing = Case.objects.filter(item=item).exclude(status__in=_ENDED).first()
    if standing:
        raise OpenAlready(standing)
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
    moves.begin(CaseLife.open, case, actor=actor, at=at)
    return case


@transaction.atomic
def open_special(
    channel: Channel, note: str, item: Item | None, *, actor: Actor, at: datetime
) -> Case:
    """Open a special case: a note and nothing else (requirements 3.4, D-7).

    If it is about an item we already hold, the item leaves every list and the search.
    """
    if not note.strip():
        raise NoWords
    guideline = rules.in_force(at)
    ground = next(g for g in guideline.ground if g.special_path)
    case = Case(
        channel=channel,
        item=item,
        knowledge_at=at,
        known_through="staff",
        due_at=_due(guideline, ground.target, at),
        ground=ground.code,
        guideline=guideline.id,
        note=note.strip(),
    )
    moves.begin(CaseLife.open_special, case, actor=actor, at=at)
    _seclude(item)
    return case


@transaction.atomic
def seclude(case: Case, note: str, *, actor: Actor, at: datetime) -> None:
    """Turn a case onto the special path; what is stored of it is locked, not opened."""
    if not note.strip():
        raise NoWords
    ground = next(g for g in rules.in_force(at).ground if g.special_path)
    changes = {
        "ground": ground.code,
        "note": note.strip(),
        "measure": "",
        "evidence_entry": None,
        "next_try_at": None,
        "lease_until": None,
    }
    moves.make(CaseLife.seclude, case, actor=actor, at=at, changes=changes)
    _seclude(case.item)


@transaction.atomic
def decide(case: Case, decision: Decision, *, actor: Actor, at: datetime) -> Move:
    """Decide to remove, or ask a second person where the ground demands one (D-4)."""
    guideline = rules.in_force(at)
    ground = _ground(guideline, decision.ground)
    _write(case, decision)
    proposes = ground.motive == "second_person"
    move = CaseLife.propose if proposes else CaseLife.condemn
    changes = {
        "decided_by": actor.user,
        "decided_at": at,
        "guideline": guideline.id,
        "due_at": _due(guideline, ground.target, case.knowledge_at),
        "next_try_at": None if proposes else at,
        "attempts": 0,
        "problem": "",
    }
    moves.make(move, case, actor=actor, at=at, changes=changes)
    return move


def agree(case: Case, *, actor: Actor, at: datetime) -> None:
    """Agree, as the second person, to what a colleague proposes (R-6.1-9)."""
    changes = {"second_person": actor.user, "next_try_at": at}
    moves.make(CaseLife.agree, case, actor=actor, at=at, changes=changes)


def leave_up(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Decide not to remove, with the motive: an outcome as good as any."""
    moves.make(CaseLife.leave_up, case, actor=actor, at=at, why=why)


def call_off(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Take back a decision that is not carried out yet."""
    changes = {"next_try_at": None, "evidence_entry": None}
    moves.make(CaseLife.call_off, case, actor=actor, at=at, why=why, changes=changes)


def try_again(case: Case, *, actor: Actor, at: datetime) -> None:
    """Let the worker try again what could not be confirmed."""
    changes = {"next_try_at": at, "attempts": 0, "problem": ""}
    moves.make(CaseLife.try_again, case, actor=actor, at=at, changes=changes)


@transaction.atomic
def notify(case: Case, text: str, *, actor: Actor, at: datetime) -> Outgoing:
    """Tell the author, in public below what was removed (R-6.4-26)."""
    if case.item is None:
        raise SpecialPathOnly
    letter = sending.Letter(
        text,
        Outgoing.Kind.NOTICE,
        case.subject,
        reply_to=case.item.remote_id,
        reply_root=case.item.root_id,
    )
    notice = sending.order(case.channel, letter, actor=actor, at=at)
    case.notice, case.notice_impossible = notice, ""
    case.save(update_fields=["notice", "notice_impossible"])
    return notice


@transaction.atomic
def cannot_notify(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Record why the author cannot be told (R-6.4-26)."""
    moves.require(actor, case.path, ANSWERS_REPORTS)
    if not why.strip():
        raise NoWords
    case.notice_impossible = why.strip()
    case.save(update_fields=["notice_impossible"])
    told = {"why": case.notice_impossible}
    ledger.append("case.cannot_notify", case.subject, told, actor=actor.name, at=at)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the content is reported, with which reference, or why not."""

    to: Report.To
    made: bool
    reference: str = ""
    why: str = ""


@transaction.atomic
def report(case: Case, answer: Answer, *, actor: Actor, at: datetime) -> Report:
    """Record whether it is reported to the police or the platform (R-6.4-27)."""
    moves.require(actor, case.path, ANSWERS_REPORTS)
    told = {
        "to": answer.to,
        "made": answer.made,
        "reference": answer.reference.strip(),
        "why": answer.why.strip(),
    }
    entry = ledger.append("case.report", case.subject, told, actor=actor.name, at=at)
    row, _ = Report.objects.update_or_create(
        case=case,
        to=answer.to,
        defaults={**told, "at": at, "by": actor.user, "entry": entry},
    )
    return row


def restore(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Reverse the decision; the worker shows the comment again where it can (D-5)."""
    changes = {"next_try_at": at, "attempts": 0, "problem": ""}
    moves.make(CaseLife.restore, case, actor=actor, at=at, why=why, changes=changes)


def close(case: Case, *, actor: Actor, at: datetime) -> None:
    """Close the case: told, registered and reported, or `NotReady` says what is not."""
    moves.make(CaseLife.close, case, actor=actor, at=at)


def close_special(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Close a special case, with the police's word on it."""
    moves.make(CaseLife.close_special, case, actor=actor, at=at, why=why)


_ENDED = ("left_up", "closed", "restored", "special_closed")


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


def _due(guideline: Guideline, parameter: str, start: datetime) -> datetime:
    span = rules.span(guideline, parameter)
    return clocks.due(start, span, rules.calendar(guideline.id)).at


def _seclude(item: Item | None) -> None:
    if item is not None:
        Item.objects.filter(pk=item.pk).update(secluded=True)
        search.forget(item.subject)
