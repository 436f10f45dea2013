"""Set a control aside for a time: asked for, decided by one role, and ended (R-6-3)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.exempting_life import ExemptionLife
from uppsikt.governance.models import Exemption, Node
from uppsikt.policy.guideline import Control
from uppsikt.records import ledger


class UnknownControl(Exception):
    """The guideline in force has no such control."""


class NeverExempt(Exception):
    """The guideline lets nobody be exempt from this (R-6.6-1)."""

    def __init__(self, control: Control) -> None:
        super().__init__(control.id)
        self.control = control


class AlreadyAsked(Exception):
    """An exemption from the same control is asked for or holds here already."""


class PastDay(Exception):
    """The exemption would end before it begins."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is decided: the first day, the last day, and on which conditions."""

    starts_on: date
    until: date
    conditions: str = ""


def control(name: str, *, at: datetime) -> Control:
    """Return the control `name` of the guideline in force, if it can be set aside.

    Raises:
        UnknownControl: the guideline has none by that name.
        NeverExempt: no exemption can be given from it.
    """
    known = {c.id: c for c in rules.in_force(at).control}
    if name not in known:
        raise UnknownControl(name)
    if not known[name].exemptible:
        raise NeverExempt(known[name])
    return known[name]


@transaction.atomic
def ask(
    node: Node, name: str, *, reason: str, until: date, actor: Actor, at: datetime
) -> Exemption:
    """Ask that control `name` be set aside at `node` through the day `until`.

    Raises:
        UnknownControl, NeverExempt: as `control`.
        PastDay: `until` has passed.
        AlreadyAsked: one waits or holds already.
        moves.NoReason: no reason is written.
    """
    asked = control(name, at=at)
    if until < _day(at):
        raise PastDay
    if not reason.strip():
        raise moves.NoReason
    same = Exemption.objects.filter(node=node, control=asked.id)
    if same.waiting().exists() or same.valid(at).exists():
        raise AlreadyAsked
    exemption = Exemption(
        node=node,
        control=asked.id,
        reason=reason.strip(),
        until=until,
        asked_by=actor.person,
        asked_at=at,
    )
    try:
        with transaction.atomic():
            moves.begin(
                ExemptionLife.ask, exemption, actor=actor, at=at, why=exemption.reason
            )
    except IntegrityError as fault:  # somebody asked at the same moment
        raise AlreadyAsked from fault
    return exemption


@transaction.atomic
def grant(exemption: Exemption, terms: Terms, *, actor: Actor, at: datetime) -> None:
    """Grant it on `terms`; it holds from the first day or now, whichever is later.

    What has been is not exempt afterwards: no decision reaches back in time.

    Raises:
        NeverExempt, UnknownControl: the guideline has changed since it was asked for.
        PastDay: it would end before it begins.
    """
    control(exemption.control, at=at)
    starts_at = max(at, _midnight(terms.starts_on))
    ends_at = _midnight(terms.until + timedelta(days=1))
    if ends_at <= starts_at:
        raise PastDay
    changes = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "until": terms.until,
        "conditions": terms.conditions.strip(),
        **_by(actor, at),
    }
    moves.make(ExemptionLife.grant, exemption, actor=actor, at=at, changes=changes)
    told: dict[str, ledger.JsonValue] = {
        "node": exemption.node_id,
        "control": exemption.control,
        "from": starts_at.isoformat(),
        "until": terms.until.isoformat(),
        "conditions": terms.conditions.strip(),
    }
    ledger.append("exemption.terms", exemption.subject, told, actor=actor.name, at=at)


def refuse(exemption: Exemption, *, why: str, actor: Actor, at: datetime) -> None:
    """Refuse it, with the reason; the control stands as it did."""
    changes = _by(actor, at)
    moves.make(
        ExemptionLife.refuse, exemption, actor=actor, at=at, why=why, changes=changes
    )


def end(exemption: Exemption, *, why: str, actor: Actor, at: datetime) -> None:
    """End it before its day: the control is demanded again from now.

    Raises:
        moves.TooLate: it has run out by itself.
    """
    if exemption.ends_at is None or exemption.ends_at <= at:
        raise moves.TooLate
    begun = max(at, exemption.starts_at or at)
    moves.make(
        ExemptionLife.end,
        exemption,
        actor=actor,
        at=at,
        why=why,
        changes={"ends_at": begun},
    )


def _by(actor: Actor, at: datetime) -> dict[str, object]:
    return {"decided_by": actor.user, "decided_at": at}


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
