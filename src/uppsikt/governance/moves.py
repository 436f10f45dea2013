"""The only place a status is written: begin a thing, or move it on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.judging import Judge
from uppsikt.governance.models import Moving, Step
from uppsikt.policy.guideline import Guideline, MoveRule
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Right, Role
from uppsikt.policy.verdict import Finding
from uppsikt.policy.words import N_, Message
from uppsikt.records import bulk, ledger
from uppsikt.records.models import Entry

M = TypeVar("M", bound=Moving)

# A new program may know acts that the adopted file has no word of (R-0-5).
_SILENT: Final = Message(
    N_(
        "The guideline in force does not say who may do this. Adopt a version of it "
        "that does."
    )
)


class NotYours(PermissionDenied):
    """The actor may not make this move here. `reason` is for people."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


class TooLate(Exception):
    """The thing is not, or no longer, where the move starts."""


class NoReason(Exception):
    """The guideline asks for a written reason for this move."""


class NotReady(Exception):
    """The guideline asks for more before this can happen."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(f.control.id for f in findings))
        self.findings = findings


@transaction.atomic
def begin(move: Move, it: Moving, *, actor: Actor, at: datetime, why: str = "") -> None:
    """Create `it` in the state where `move` begins: allowed, stored and recorded."""
    guideline = rules.in_force(at)
    rule = _rule(guideline, move)
    if refusal := _refusal(rule, it.path, actor):
        raise NotYours(refusal)
    it.status = move.after.name
    it.save(force_insert=True)
    _record(move, it, before="", actor=actor, at=at, why=why)


def begin_all(
    move: Move, things: Sequence[M], guideline: Guideline, *, actor: Actor
) -> list[M]:
    """Create many things at once; the caller writes the one entry for the batch.

    Used for what a platform tells: a fetch is one act (design, `take_in`).
    """
    rule = _rule(guideline, move)
    for path in {it.path for it in things}:
        if refusal := _refusal(rule, path, actor):
            raise NotYours(refusal)
    for it in things:
        it.status = move.after.name
    return bulk.create(things)


@transaction.atomic
def begin_each(
    move: Move, things: Sequence[M], *, actor: Actor, at: datetime
) -> list[M]:
    """Create many things by one order, each recorded as `begin` would."""
    guideline = rules.in_force(at)
    begun = begin_all(move, things, guideline, actor=actor)
    _record_each(move, dict.fromkeys(_subjects(begun), ""), actor=actor, at=at)
    return begun


@transaction.atomic
def make(
    move: Move,
    it: Moving,
    *,
    actor: Actor,
    at: datetime,
    why: str = "",
    changes: Mapping[str, object] | None = None,
) -> Entry:
    """Make one move: allowed, ready, stored and recorded, or not at all.

    `changes` are fields of `it` that the move sets in the same statement.
    """
    guideline = rules.in_force(at)
    rule = _rule(guideline, move)
    if refusal := _refusal(rule, it.path, actor) or _own_hand(rule, it, actor):
        raise NotYours(refusal)
    if not move.leaves(it.status):
        raise TooLate
    if rule.why and not why.strip():
        raise NoReason
    if stops := stopped_by(move, it, guideline, at=at):
        raise NotReady(stops)
    before = it.status
    _write(move, it, changes or {})
    return _record(move, it, before=before, actor=actor, at=at, why=why)


@transaction.atomic
def make_each(
    move: Move,
    things: Sequence[M],
    *,
    actor: Actor,
    at: datetime,
    why: str = "",
    changes: Mapping[str, object] | None = None,
) -> None:
    """Move many things on by one order, each as `make` would, all or none.

    Raises:
        NotYours, TooLate, NoReason, NotReady: as `make`, of any of them.
    """
    guideline = rules.in_force(at)
    for bar in why_not_each(move, things, actor, at=at):
        if bar:
            raise NotYours(bar)
    if _rule(guideline, move).why and not why.strip():
        raise NoReason
    for it in things:
        if stops := stopped_by(move, it, guideline, at=at):
            raise NotReady(stops)
    before = {it.subject: it.status for it in things}
    for status in set(before.values()):
        same = [it for it in things if it.status == status]
        _write_each(move, same, changes or {})
    _record_each(move, before, actor=actor, at=at, why=why)


def stopped_by(
    move: Move, it: Moving, guideline: Guideline, *, at: datetime
) -> list[Finding]:
    """Return the binding demands that stand before `move` and are not met."""
    gating = guideline.gating(str(move))
    if not gating:
        return []
    judge = Judge(guideline, at)
    found = judge.judge(gating, it.facts(at), path=it.path)
    return [f for f in found if f.control.force.binding and f.verdict.stops]


def why_not(move: Move, it: Moving, actor: Actor, *, at: datetime) -> Message | None:
    """Return why the actor may not make `move`, in words, or None if they may."""
    return _bar(rules.in_force(at), move, it, actor)


def must_make(move: Move, it: Moving, actor: Actor, *, at: datetime) -> None:
    """Raise `NotYours` when the actor may not make `move`."""
    if refusal := why_not(move, it, actor, at=at):
        raise NotYours(refusal)


def why_not_each(
    move: Move, things: Sequence[Moving], actor: Actor, *, at: datetime
) -> list[Message | None]:
    """Return what `why_not` says of each of `things`, by one question."""
    rule = _rule(rules.in_force(at), move)
    theirs = _made(rule, [it.subject for it in things], actor)
    return [
        _refusal(rule, it.path, actor)
        or (_took_part(rule) if it.subject in theirs else None)
        for it in things
    ]


def needs_reason(move: Move, *, at: datetime) -> bool:
    """Tell whether the guideline asks for a written reason for `move`."""
    return _rule(rules.in_force(at), move).why


def require(actor: Actor, path: str, may: frozenset[Role]) -> None:
    """Raise `NotYours` unless the actor holds one of the roles `may` at `path`."""
    if not may:
        raise NotYours(_SILENT)
    if not actor.roles_at(path) & may:
        roles = tuple(sorted(may))
        raise NotYours(
            Message(N_("Only %(roles)s may do this here."), {"roles": roles})
        )


def may(right: Right, actor: Actor, path: str, *, at: datetime) -> bool:
    """Tell whether the guideline in force gives the actor `right` at `path`."""
    return bool(actor.roles_at(path) & rules.in_force(at).holders(right))


def must(right: Right, actor: Actor, path: str, *, at: datetime) -> None:
    """Raise `NotYours` unless the guideline gives the actor `right` at `path`."""
    require(actor, path, rules.in_force(at).holders(right))


def _bar(guideline: Guideline, move: Move, it: Moving, actor: Actor) -> Message | None:
    rule = _rule(guideline, move)
    return _refusal(rule, it.path, actor) or _own_hand(rule, it, actor)


def _rule(guideline: Guideline, move: Move) -> MoveRule:
    return guideline.rule(str(move))


def _refusal(rule: MoveRule, path: str, actor: Actor) -> Message | None:
    if actor.roles_at(path) & set(rule.roles):
        return None
    if not rule.roles:
        return _SILENT
    return Message(
        N_("Only %(roles)s may do this here (section %(section)s)."),
        {"roles": tuple(rule.roles), "section": rule.section},
    )


def _own_hand(rule: MoveRule, it: Moving, actor: Actor) -> Message | None:
    return _took_part(rule) if _made(rule, [it.subject], actor) else None


def _made(rule: MoveRule, subjects: Sequence[str], actor: Actor) -> set[str]:
    """Return the subjects of which the actor made a move that rules this one out."""
    if not rule.not_by or actor.user is None:
        return set()
    steps = Step.objects.filter(subject__in=subjects, move__in=rule.not_by)
    return set(steps.filter(by=actor.user).values_list("subject", flat=True))


def _took_part(rule: MoveRule) -> Message:
    return Message(
        N_(
            "You took part in this yourself, so somebody else must do it (%(section)s)."
        ),
        {"section": rule.section},
    )


def _write(move: Move, it: Moving, changes: Mapping[str, object]) -> None:
    here = type(it)._default_manager.filter(pk=it.pk, status=it.status)
    if not here.update(status=move.after.name, **changes):
        raise TooLate
    it.status = move.after.name
    for name, value in changes.items():
        setattr(it, name, value)


def _write_each(move: Move, same: Sequence[M], changes: Mapping[str, object]) -> None:
    """Write the move of things that are all in the same state."""
    before = same[0].status
    if not move.leaves(before):
        raise TooLate
    keys = [it.pk for it in same]
    here = type(same[0])._default_manager.filter(pk__in=keys, status=before)
    if here.update(status=move.after.name, **changes) != len(same):
        raise TooLate
    for it in same:
        it.status = move.after.name
        for name, value in changes.items():
            setattr(it, name, value)


def _record(
    move: Move, it: Moving, *, before: str, actor: Actor, at: datetime, why: str
) -> Entry:
    facts = _told(move, before, at=at, why=why)
    entry = ledger.append(str(move), it.subject, facts, actor=actor.name, at=at)
    _step(move, entry, before, actor, why).save(force_insert=True)
    return entry


def _record_each(
    move: Move,
    before: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
    why: str = "",
) -> None:
    """Record the move of many subjects, told with the states they came from."""
    told = {
        status: _told(move, status, at=at, why=why) for status in set(before.values())
    }
    each = {subject: told[status] for subject, status in before.items()}
    entries = ledger.append_each(str(move), each, actor=actor.name, at=at)
    steps = [_step(move, e, before[e.subject], actor, why) for e in entries]
    bulk.create(steps)


def _told(move: Move, before: str, *, at: datetime, why: str) -> dict[str, str]:
    guideline = rules.in_force(at)
    return {
        "before": before,
        "after": move.after.name,
        "section": _rule(guideline, move).section,
        "guideline": guideline.id,
        "why": why,
    }


def _step(move: Move, entry: Entry, before: str, actor: Actor, why: str) -> Step:
    return Step(
        subject=entry.subject,
        move=str(move),
        before=before,
        after=move.after.name,
        at=entry.at,
        by=actor.user,
        why=why,
        entry=entry,
    )


def _subjects(things: Sequence[Moving]) -> list[str]:
    return [it.subject for it in things]
