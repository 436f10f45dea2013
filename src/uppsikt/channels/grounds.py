"""What the manager confirms, each with a tick of their own, when they approve (R-4-1).

Which grounds there are is the guideline's to say: whatever a person must attest before
`channel.approve`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.governance import observations
from uppsikt.policy import facts as known
from uppsikt.policy.facts import Value
from uppsikt.policy.guideline import Control, Guideline

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

YES: Final[Value] = True
DECIDED: Final = str(ChannelLife.approve)


@dataclass(frozen=True, slots=True)
class Said:
    """A ground as a manager confirmed it: what, by whom, and when."""

    says: str
    by: str
    at: datetime


def asked(guideline: Guideline) -> list[Control]:
    """Return the grounds that whoever approves must confirm."""
    return [c for c in guideline.gating(DECIDED) if c.attested_by]


def is_one(control: Control) -> bool:
    """Tell whether the control is a ground that is confirmed in the decision itself."""
    return DECIDED in control.gates and bool(control.attested_by)


def confirm(
    channel: Channel,
    ticked: Collection[str],
    guideline: Guideline,
    *,
    actor: "Actor",
    at: datetime,
) -> None:
    """Store, as said by the actor, each ground among `ticked` (names of facts).

    Raises:
        moves.NotYours: it is not the actor's to say of this channel.
    """
    for control in asked(guideline):
        if control.fact in ticked:
            fact = known.named(control.fact)
            observations.attest(fact, channel.node, YES, actor=actor, at=at)


def said_at(channel: Channel, guideline: Guideline, *, at: datetime) -> Sequence[Said]:
    """Return the grounds as they were confirmed by the decision made at `at`."""
    seen = observations.of([channel.node_id], at=at).get(channel.node_id, [])
    by_fact = {one.fact.name: one for one in seen if one.at == at and one.value}
    return [
        Said(control.says, by_fact[control.fact].by, at)
        for control in asked(guideline)
        if control.fact in by_fact
    ]
