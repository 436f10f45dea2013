"""Taking a guideline into force: a decision, a file in the vault, a moment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from django.db import transaction
from django.db.models import Max

from uppsikt.governance import local_decisions, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Adoption
from uppsikt.policy import editing
from uppsikt.policy import guideline as policy
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.watch_days import WatchDays
from uppsikt.records import ledger, vault


class TooEarly(Exception):
    """The start lies before what is decided or done already; `earliest` is after it."""

    def __init__(self, earliest: datetime) -> None:
        super().__init__(earliest.isoformat())
        self.earliest = earliest


class Unexplained(Exception):
    """A version that is not the first must say what it changes (R-0-5)."""


class OversightOff(Exception):
    """The file ends daily oversight, and no data protection officer has decided so.

    Data protection law asks for it by itself: the municipality answers for what others
    write (dataskyddsförordningen artikel 5 och 24, C-492/23 Russmedia, D-21).
    """


class BadNumber(Exception):
    """The decision's number does not look like a diary number here (R-0-4)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided on a guideline, under which number, and from when it holds.

    `changed` says what is new against the version before; `valid_until` is the last
    day, if it was not decided to hold until further notice.
    """

    decided_by: str
    number: str
    starts_at: datetime
    changed: str = ""
    valid_until: date | None = None


def adopt(path: Path, decision: Decision, *, actor: Actor, at: datetime) -> Adoption:
    """Take the guideline file at `path` into force from the decision's start (R-0-5).

    The whole of it is kept, with the grounds it shares with others, and that is what
    is in force: neither the file nor the program can change it afterwards.

    Raises:
        policy.Broken: with every fault; nothing was adopted.
        TooEarly: what was done before was done by the guideline of that time.
        Unexplained: it is not the first, and nothing says what it changes.
        OversightOff: it ends daily oversight, and nobody who may has decided so.
        BadNumber: the number does not fit the `diary_pattern` of the file.
        vault.NoRoom: the disk is full; nothing was adopted.
    """
    return adopt_file(policy.whole(path), decision, actor=actor, at=at)


def adopt_packaged(
    name: str,
    filled: Mapping[str, str] = MappingProxyType({}),
    *,
    decided_by: str,
    actor: Actor,
    at: datetime,
) -> Adoption:
    """Take the guideline file `name` that the program ships into force from `at`.

    `filled` are values of what the file leaves for the municipality to say.
    """
    data = rules.packaged_file(name)
    for parameter, value in filled.items():
        data = editing.with_value(data, parameter, value)
    decision = Decision(decided_by, policy.parse(data).registry_number, at)
    return adopt_file(data, decision, actor=actor, at=at)


@transaction.atomic
def adopt_file(
    data: bytes, decision: Decision, *, actor: Actor, at: datetime
) -> Adoption:
    """Take a whole guideline file into force; raises as `adopt`."""
    guideline = policy.parse(data)
    _fits(guideline, decision.number)
    _not_before(decision.starts_at, at)
    _keeps_oversight(guideline, at)
    if Adoption.objects.exists() and not decision.changed.strip():
        raise Unexplained
    blob = vault.keep(data, "application/toml", at=at)
    told = {
        "guideline": guideline.id,
        "file": blob.name,
        "decided_by": decision.decided_by,
        "number": decision.number,
        "from": decision.starts_at.isoformat(),
        "until": str(decision.valid_until or ""),
        "changed": decision.changed,
    }
    subject = f"guideline:{guideline.id}"
    entry = ledger.append("guideline.adopt", subject, told, actor=actor.name, at=at)
    return Adoption.objects.create(
        guideline=guideline.id,
        source=blob,
        starts_at=decision.starts_at,
        decided_by=decision.decided_by,
        registry_number=decision.number,
        changed=decision.changed.strip(),
        valid_until=decision.valid_until,
        person=actor.user,
        entry=entry,
    )


def _fits(guideline: Guideline, number: str) -> None:
    if re.fullmatch(guideline.text("diary_pattern"), number) is None:
        raise BadNumber(number)


def _keeps_oversight(guideline: Guideline, at: datetime) -> None:
    days = guideline.parameters.get("oversight_days")
    ends = days is not None and days.value == WatchDays.ON_REPORT
    if ends and not local_decisions.oversight_by_report(at):
        raise OversightOff


def _not_before(starts_at: datetime, at: datetime) -> None:
    newest = Adoption.objects.aggregate(at=Max("starts_at"))["at"]
    if starts_at < at:
        raise TooEarly(max(at, newest or at))
    if newest is not None and starts_at <= newest:
        raise TooEarly(newest)
