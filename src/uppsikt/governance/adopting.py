"""Taking a guideline into force: a decision, a file in the vault, a moment."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Adoption
from uppsikt.policy import guideline as policy
from uppsikt.records import ledger, vault


class TooEarly(Exception):
    """The start lies before what is decided or done already; `earliest` is after it."""

    def __init__(self, earliest: datetime) -> None:
        super().__init__(earliest.isoformat())
        self.earliest = earliest


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided on a guideline, under which number, and from when it holds."""

    decided_by: str
    number: str
    starts_at: datetime


def adopt(path: Path, decision: Decision, *, actor: Actor, at: datetime) -> Adoption:
    """Take the guideline file at `path` into force from the decision's start (R-0-5).

    The whole of it is kept, with the grounds it shares with others, and that is what
    is in force: neither the file nor the program can change it afterwards.

    Raises:
        policy.Broken: with every fault; nothing was adopted.
        TooEarly: what was done before was done by the guideline of that time.
        vault.NoRoom: the disk is full; nothing was adopted.
    """
    return _adopt(policy.whole(path), decision, actor=actor, at=at)


def adopt_packaged(
    name: str, *, decided_by: str, actor: Actor, at: datetime
) -> Adoption:
    """Take the guideline file `name` that the program ships into force from `at`."""
    data = rules.packaged_file(name)
    decision = Decision(decided_by, policy.parse(data).registry_number, at)
    return _adopt(data, decision, actor=actor, at=at)


@transaction.atomic
def _adopt(data: bytes, decision: Decision, *, actor: Actor, at: datetime) -> Adoption:
    guideline = policy.parse(data)
    _not_before(decision.starts_at, at)
    blob = vault.keep(data, "application/toml", at=at)
    told = {
        "guideline": guideline.id,
        "file": blob.name,
        "decided_by": decision.decided_by,
        "number": decision.number,
        "from": decision.starts_at.isoformat(),
    }
    subject = f"guideline:{guideline.id}"
    entry = ledger.append("guideline.adopt", subject, told, actor=actor.name, at=at)
    return Adoption.objects.create(
        guideline=guideline.id,
        source=blob,
        starts_at=decision.starts_at,
        decided_by=decision.decided_by,
        registry_number=decision.number,
        entry=entry,
    )


def _not_before(starts_at: datetime, at: datetime) -> None:
    newest = Adoption.objects.aggregate(at=Max("starts_at"))["at"]
    if starts_at < at:
        raise TooEarly(max(at, newest or at))
    if newest is not None and starts_at <= newest:
        raise TooEarly(newest)
