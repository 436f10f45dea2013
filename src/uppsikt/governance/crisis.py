"""Switch a crisis on for a part of the organisation, and off again (R-6.5-2)."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import CrisisSwitch, Node
from uppsikt.policy.roles import Right
from uppsikt.records import ledger

LONGEST: Final = timedelta(days=92)
"""How long a crisis may be on before somebody must decide anew."""


class OnAlready(Exception):
    """A crisis is on there, or above."""


class BadEnd(Exception):
    """It would end before it begins, or be on for longer than `LONGEST`."""


class Over(Exception):
    """The crisis has ended already."""


@transaction.atomic
def switch_on(
    node: Node, event: str, why: str, until: datetime, *, actor: Actor, at: datetime
) -> CrisisSwitch:
    """Let the crisis clock run for every channel at or below `node`, until `until`.

    Raises:
        moves.NotYours: the guideline does not let the actor there.
        OnAlready, BadEnd, moves.NoReason: as they say.
    """
    moves.must(Right.SWITCH_CRISIS, actor, node.path, at=at)
    if not why.strip():
        raise moves.NoReason
    if not at < until <= at + LONGEST:
        raise BadEnd
    list(Node.objects.select_for_update().filter(pk=node.pk))
    if any(node.path.startswith(c.node.path) for c in _holding(at)):
        raise OnAlready
    told: dict[str, ledger.JsonValue] = {
        "event": event,
        "why": why,
        "until": until.isoformat(),
    }
    subject = f"node:{node.pk}"
    entry = ledger.append("crisis.on", subject, told, actor=actor.name, at=at)
    return CrisisSwitch.objects.create(
        node=node,
        event=event,
        why=why,
        starts_at=at,
        until=until,
        by=actor.person,
        entry=entry,
    )


@transaction.atomic
def switch_off(crisis: CrisisSwitch, *, actor: Actor, at: datetime) -> None:
    """End the crisis now: the usual clocks run again.

    Raises:
        moves.NotYours: the guideline does not let the actor there.
        Over: it has ended.
    """
    moves.must(Right.SWITCH_CRISIS, actor, crisis.node.path, at=at)
    running = CrisisSwitch.objects.holding(at).filter(pk=crisis.pk, ended_at=None)
    if not running.update(ended_at=at, ended_by=actor.user):
        raise Over
    told: dict[str, ledger.JsonValue] = {"event": crisis.event}
    subject = f"node:{crisis.node_id}"
    ledger.append("crisis.off", subject, told, actor=actor.name, at=at)


def _holding(at: datetime) -> list[CrisisSwitch]:
    return list(CrisisSwitch.objects.holding(at).select_related("node"))
