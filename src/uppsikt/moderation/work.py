"""What the worker does with cases: picture, seal, remove, look, put back, close.

Each sweep may be run twice, by several workers, and be killed anywhere: what is due
stands in the rows, and each step is recorded before the next one begins.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from uppsikt.channels.connecting import KeyLost, NotConnected
from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.moves import NotReady, TooLate
from uppsikt.moderation import known, preserving, removing
from uppsikt.moderation.keeping import Changed
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case
from uppsikt.moderation.preserving import Unreachable
from uppsikt.moderation.removing import NotByUs, StillThere
from uppsikt.moderation.special import SpecialPathOnly
from uppsikt.moderation.wording import said
from uppsikt.platforms import PlatformError
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.words import N_, Message
from uppsikt.records import leasing, vault
from uppsikt.records.camera import BrowserMissing
from uppsikt.records.picture import NotInPicture, NotReached

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_ONCE: Final = 20
LOOKS: Final = 8
BETWEEN_LOOKS: Final = timedelta(seconds=3)
NOT_CONNECTED: Final = Message(N_("The channel is not connected to the platform."))
FULL: Final = Message(N_("The disk is full, so nothing could be kept."))
NOT_GONE: Final = Message(
    N_("The platform took the order, but the comment can still be seen there.")
)
NOT_BACK: Final = Message(N_("The comment is still hidden. Show it at the platform."))

Do = Callable[[Case, datetime], None]


def preserve(now: datetime) -> int:
    """Picture what is to be removed; return how many were tried."""
    waiting = Case.objects.ordinary().filter(
        status=CaseLife.condemned.name, evidence_entry=None
    )
    return _each(waiting, _preserve, now)


def secure(now: datetime) -> int:
    """Move on each case whose evidence stands under a checkpoint; return how many."""
    kept = Case.objects.ordinary().filter(
        status=CaseLife.condemned.name, evidence_entry__number__isnull=False
    )
    changes = {"next_try_at": now, "attempts": 0, "problem": ""}
    return sum(_made(CaseLife.secure, case, now, changes) for case in _some(kept))


def remove(now: datetime) -> int:
    """Carry out what is secured and read it back; return how many were tried."""
    secured = Case.objects.ordinary().filter(status=CaseLife.secured.name)
    return _each(secured, _remove, now)


def restore(now: datetime) -> int:
    """Show again what was restored; return how many were tried."""
    restored = Case.objects.ordinary().filter(status=CaseLife.restored.name)
    return _each(restored, _restore, now)


def close_done(now: datetime) -> int:
    """Close each case that is told, registered and reported; return how many."""
    removed = Case.objects.ordinary().filter(status=CaseLife.removed.name)
    done = _some(removed.filter(known.FINISHED))[:AT_ONCE]
    return sum(_made(CaseLife.close, case, now, {}) for case in done)


def _some(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    return cases.select_related(
        "channel__node", "item__channel", "registration", "notice"
    ).order_by("pk")


def _made(move: Move, case: Case, now: datetime, changes: dict[str, object]) -> bool:
    """Make a move of the clock's; tell whether the time for it had come."""
    try:
        moves.make(move, case, actor=CLOCK, at=now, changes=changes)
    except (NotReady, TooLate):
        return False
    return True


def _each(cases: "QuerySet[Case]", do: Do, now: datetime) -> int:
    return leasing.each(_some(cases), partial(_guarded, do), now, at_most=AT_ONCE)


def _guarded(do: Do, case: Case, now: datetime) -> None:
    case.refresh_from_db(fields=["status", "attempts", "begun_at", "acted_at"])
    try:
        do(case, now)
    except (TooLate, SpecialPathOnly):
        return  # a person was quicker: what they decided stands
    except vault.NoRoom:
        leasing.put_off(case, now, _said(FULL))


def _preserve(case: Case, now: datetime) -> None:
    try:
        preserving.preserve(case, clock=_running(now), at=now)
    except (NotInPicture, Changed, Unreachable) as stop:
        _ask_person(case, stop.message)
    except (NotReached, BrowserMissing) as fault:
        leasing.put_off(case, now, _said(fault.message))
    except PlatformError as refusal:
        if refusal.permanent:
            _ask_person(case, refusal.message)
        else:
            _later(case, refusal, now)


def _remove(case: Case, now: datetime) -> None:
    try:
        removing.carry_out(case, at=now)
    except Changed as stop:
        _ask_person(case, stop.message)
    except NotByUs as why:
        _hand_over(CaseLife.ask_hand, case, why.message, now)
    except (NotConnected, KeyLost):
        _hand_over(CaseLife.ask_hand, case, NOT_CONNECTED, now)
    except StillThere:
        if case.attempts >= LOOKS:
            _hand_over(CaseLife.doubt, case, NOT_GONE, now)
        else:
            leasing.put_off(case, now, _said(NOT_GONE), wait=BETWEEN_LOOKS)
    except PlatformError as refusal:
        if not refusal.permanent:
            _later(case, refusal, now)
        else:
            acted = case.acted_at is not None
            move = CaseLife.doubt if acted else CaseLife.ask_hand
            _hand_over(move, case, refusal.message, now)


def _restore(case: Case, now: datetime) -> None:
    try:
        removing.show_again(case, at=now)
    except NotByUs as why:
        _ask_person(case, why.message)
    except (NotConnected, KeyLost):
        _ask_person(case, NOT_CONNECTED)
    except StillThere:
        if case.attempts >= LOOKS:
            _ask_person(case, NOT_BACK)
        else:
            leasing.put_off(case, now, _said(NOT_BACK), wait=BETWEEN_LOOKS)
    except PlatformError as refusal:
        if refusal.permanent:
            _ask_person(case, refusal.message)
        else:
            _later(case, refusal, now)


def _later(case: Case, refusal: PlatformError, now: datetime) -> None:
    leasing.put_off(case, now, _said(refusal.message), wait=refusal.retry_after)


def _hand_over(move: Move, case: Case, why: Message, now: datetime) -> None:
    """Leave the case to a person, with the reason in words."""
    changes = {
        "problem": _said(why),
        "next_try_at": None,
        "lease_until": None,
        "begun_at": None,
        "acted_at": None,
    }
    moves.make(move, case, actor=CLOCK, at=now, changes=changes)


def _ask_person(case: Case, why: Message) -> None:
    """Let the case stand where it is until a person has done something."""
    here = Case.objects.filter(pk=case.pk, status=case.status)
    here.update(problem=_said(why), next_try_at=None, lease_until=None)


def _said(message: Message) -> str:
    """Return the message as people read it, short enough for its row."""
    return said(message)[:300]


def _running(now: datetime) -> Callable[[], datetime]:
    """Return a clock that shows `now` and goes on from there."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)
