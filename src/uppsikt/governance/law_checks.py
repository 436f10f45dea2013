"""The law register: who looked each law up, when, and what they noted (D-35)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from uppsikt.governance import adopted_texts, moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import LawCheck
from uppsikt.policy import facts as f
from uppsikt.policy import laws
from uppsikt.policy.facts import Seen
from uppsikt.policy.laws import Law
from uppsikt.policy.recurrence import Every
from uppsikt.policy.roles import Right
from uppsikt.records import ledger

if TYPE_CHECKING:
    from datetime import date


class NoNote(Exception):
    """A law that has changed needs a note of what is new."""


@dataclass(frozen=True, slots=True)
class Row:
    """A law, when it was last looked up, and the last day for the next time."""

    law: Law
    last: LawCheck | None
    due_on: "date | None"


@transaction.atomic
def check(
    law: Law, *, note: str, changed: bool, actor: Actor, at: datetime
) -> LawCheck:
    """Keep that the actor looked `law` up, and whether it has changed (D-35).

    Raises:
        NotYours: the guideline does not let the actor.
        NoNote: it has changed, and nothing says how.
    """
    moves.must(Right.CHECK_LAW, actor, adopted_texts.top().path, at=at)
    if changed and not note.strip():
        raise NoNote
    told: dict[str, ledger.JsonValue] = {
        "law": law.id,
        "number": law.number,
        "changed": changed,
        "note": note,
    }
    entry = ledger.append("law.check", f"law:{law.id}", told, actor=actor.name, at=at)
    return LawCheck.objects.create(
        law=law.id,
        changed=changed,
        note=note.strip(),
        at=at,
        by=actor.person,
        entry=entry,
    )


def register(*, at: datetime) -> list[Row]:
    """Return each law with its last check as of `at`, by one query."""
    every = Every.parse(rules.in_force(at).text("law_check_interval"))
    last = _last(at)
    return [
        Row(law, done, every.after(done.at) if done else None)
        for law, done in ((law, last.get(law.id)) for law in laws.register())
    ]


def notes() -> Sequence[LawCheck]:
    """Return the checks that found a law changed, the newest first."""
    rows = LawCheck.objects.filter(changed=True).select_related("by")
    return list(rows.order_by("-at", "-pk")[:50])


def facts(at: datetime) -> Iterator[Seen]:
    """Yield which laws nobody looked up, and the one looked up the longest ago."""
    last = _last(at)
    never = tuple(law.short for law in laws.register() if law.id not in last)
    yield Seen(f.LAWS_NEVER_CHECKED, never, at)
    known = [last[law.id] for law in laws.register() if law.id in last]
    if known:
        oldest = min(known, key=lambda done: done.at)
        short = laws.named(oldest.law).short
        yield Seen(f.LAW_LEAST_CHECKED, short, oldest.at, by=str(oldest.by))


def _last(at: datetime) -> dict[str, LawCheck]:
    """Return the newest check of each law; a later one writes over an earlier one."""
    rows = LawCheck.objects.filter(at__lte=at).select_related("by")
    return {row.law: row for row in rows.order_by("at", "pk")}
