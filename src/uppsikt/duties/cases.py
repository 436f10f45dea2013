"""The cases that wait for a person: each by its state, for those who may move it on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import F, Q, QuerySet

from uppsikt.duties import reach
from uppsikt.governance.actors import Actor
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case
from uppsikt.policy.lifecycle import Move, State
from uppsikt.policy.words import N_


@dataclass(frozen=True, slots=True)
class Step:
    """A state in which a case waits for somebody, for whom, and what to do."""

    state: State
    move: Move
    words: str
    when: Q = field(default_factory=Q)


UNTOLD: Final = Q(notice=None, notice_impossible="")
UNREPORTED: Final = ~Q(reports__to="police") | ~Q(reports__to="platform")
IN_TROUBLE: Final = ~Q(problem="")
STEPS: Final = (
    Step(CaseLife.opened, CaseLife.condemn, N_("Decide whether it is removed")),
    Step(CaseLife.proposed, CaseLife.agree, N_("A colleague asks you to agree")),
    Step(
        CaseLife.condemned,
        CaseLife.condemn,
        N_("The evidence could not be taken"),
        IN_TROUBLE,
    ),
    Step(CaseLife.by_hand, CaseLife.remove_by_hand, N_("Remove it at the platform")),
    Step(CaseLife.unconfirmed, CaseLife.try_again, N_("The removal is not confirmed")),
    Step(
        CaseLife.removed,
        CaseLife.remove_by_hand,
        N_("Tell the author, and answer whether it is reported"),
        UNTOLD | UNREPORTED,
    ),
    Step(
        CaseLife.restored,
        CaseLife.remove_by_hand,
        N_("It could not be shown again"),
        IN_TROUBLE,
    ),
    Step(CaseLife.special, CaseLife.close_special, N_("Special case")),
)
WORDS: Final = {step.state.name: step.words for step in STEPS}


def of(actor: Actor, *, at: datetime) -> QuerySet[Case]:
    """Return the cases that wait for the actor, those due first in front."""
    waiting = Q(pk__in=[])
    for condition in _conditions(actor, at):
        waiting |= condition
    rows = Case.objects.visible_to(actor).filter(waiting).distinct()
    return rows.select_related("channel").order_by(
        F("due_at").asc(nulls_last=True), "pk"
    )


def _conditions(actor: Actor, at: datetime) -> Iterator[Q]:
    for step in STEPS:
        mine = Q(status=step.state.name) & reach.of_move(actor, step.move, at=at)
        if step.move is CaseLife.agree:
            mine &= ~Q(decided_by=actor.user)
        yield mine & step.when
