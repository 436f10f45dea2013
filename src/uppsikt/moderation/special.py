"""The special path: a note and nothing else, and a lock on all that was kept before.

Keeping, copying and even opening suspected child abuse material is a crime (BrB 16:10
a), so nothing here takes, fetches or shows anything but words (requirements 3.4, D-7).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation import locking
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import SPECIAL_READERS, Case
from uppsikt.policy import clocks
from uppsikt.records import diary, ledger
from uppsikt.records.models import Registration


class SpecialPathOnly(Exception):
    """The ground has a path of its own: nothing is captured, decided or sent here."""


class OpenAlready(Exception):
    """Somebody has opened a case about this already."""

    def __init__(self, case: Case) -> None:
        super().__init__(str(case))
        self.case = case


class NoWords(Exception):
    """A text that the record needs is empty."""


def refuse(case: Case) -> None:
    """Raise `SpecialPathOnly` if the case is special by now, or what it is about."""
    if case.item is None or not Case.objects.filter(pk=case.pk).ordinary().exists():
        raise SpecialPathOnly


def standing_on(item: Item) -> Case | None:
    """Return the case about `item` that is not ended, if there is one."""
    return Case.objects.in_hand().filter(item=item).first()


@transaction.atomic
def open_special(
    channel: Channel, note: str, item: Item | None, *, actor: Actor, at: datetime
) -> Case:
    """Open a special case: a note and nothing else (requirements 3.4, D-7).

    If it is about an item we already hold, the item leaves every list and the search,
    and what earlier cases kept of it is locked. A case that is open turns special.
    Raises `NoWords`, or `moves.TooLate` when it is special already.
    """
    if not note.strip():
        raise NoWords
    if item is not None and (standing := standing_on(item)):
        seclude(standing, note, actor=actor, at=at)
        return standing
    guideline = rules.in_force(at)
    ground = next(g for g in guideline.ground if g.special_path)
    span = rules.span(guideline, ground.target)
    case = Case(
        channel=channel,
        item=item,
        knowledge_at=at,
        known_through="staff",
        due_at=clocks.due(at, span, guideline.working_calendar).at,
        ground=ground.code,
        guideline=guideline.id,
        note=note.strip(),
    )
    moves.begin(CaseLife.open_special, case, actor=actor, at=at)
    locking.lock(case, actor=actor, at=at)
    _ask_for_registration(case, at)
    return case


@transaction.atomic
def seclude(case: Case, note: str, *, actor: Actor, at: datetime) -> None:
    """Turn a case onto the special path; what is stored of it is locked, not shown."""
    if not note.strip():
        raise NoWords
    ground = next(g for g in rules.in_force(at).ground if g.special_path)
    changes = {
        "ground": ground.code,
        "note": note.strip(),
        "measure": "",
        "evidence_entry": None,
        "problem": "",
        "next_try_at": None,
        "lease_until": None,
    }
    moves.make(CaseLife.seclude, case, actor=actor, at=at, changes=changes)
    locking.lock(case, actor=actor, at=at)
    _ask_for_registration(case, at)


@transaction.atomic
def annotate(case: Case, text: str, *, actor: Actor, at: datetime) -> None:
    """Add to the note of a special case, such as the police's reference number."""
    moves.require(actor, case.path, SPECIAL_READERS)
    if not text.strip():
        raise NoWords
    here = Case.objects.filter(pk=case.pk, status=CaseLife.special.name)
    if not here.update(note=Concat("note", _written(text))):
        raise moves.TooLate
    case.refresh_from_db(fields=["note"])
    ledger.append("case.annotate", case.subject, {}, actor=actor.name, at=at)


def _written(text: str) -> Value:
    return Value(f"\n\n{text.strip()}", output_field=TextField())


def close_special(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Close a special case, with the police's word on it."""
    moves.make(CaseLife.close_special, case, actor=actor, at=at, why=why)


def _ask_for_registration(case: Case, at: datetime) -> None:
    """Ask for the note, not the material, to be registered as secret (3.4, step 5)."""
    title = _("Special case")
    if case.registration is not None:
        Registration.objects.filter(pk=case.registration.pk).update(title=title)
        return
    guideline = rules.in_force(at)
    span = rules.span(guideline, "registration_target")
    case.registration = diary.ask(
        case.subject,
        path=case.path,
        series=guideline.text("diary_series"),
        title=title,
        direction=Registration.Direction.DRAWN_UP,
        party="",
        happened_at=at,
        secret=True,
        due_at=clocks.due(at, span, guideline.working_calendar).at,
        at=at,
    )
    case.save(update_fields=["registration"])
