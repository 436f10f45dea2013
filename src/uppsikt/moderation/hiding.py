"""Hide what is on the special path: at once, unseen, and with nothing kept of it.

The law wants it unavailable on knowledge (BBS-lagen 5 §), so the default is to hide it
while the police are asked (requirements 3.4, step 4). A person orders it; the worker
uses the platform's id, reads back only whether it is hidden, and stores no word of it.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from uppsikt.channels import connecting
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation import measures
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import SPECIAL_READERS, Case
from uppsikt.moderation.wording import said
from uppsikt.platforms import Can, PlatformError, SeenState
from uppsikt.policy.words import N_, Message
from uppsikt.records import leasing, ledger

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from uppsikt.policy.roles import Role

AT_ONCE: Final = 20
LOOKS: Final = 8
BETWEEN_LOOKS: Final = timedelta(seconds=3)
BY_YOURSELF: Final = Message(
    N_("The program cannot hide it. Hide it at the platform, without looking at it.")
)
STILL_SEEN: Final = Message(
    N_("The platform took the order, but it can still be seen. Hide it there.")
)


class NotByUs(Exception):
    """The program cannot hide it at the platform, so a person has to."""


def can_hide(item: Item | None) -> bool:
    """Tell whether the program can hide `item` at its platform."""
    if item is None or item.own:
        return False
    return measures.by_program(item.channel, Can.HIDE)


@transaction.atomic
def order(case: Case, *, actor: Actor, at: datetime) -> None:
    """Let the worker hide it, with no picture and no copy.

    Whoever may choose the special path may order it. Raises `NotByUs`, or
    `moves.TooLate` when it is ordered or hidden already.
    """
    moves.require(actor, case.path, _choosers(at))
    if not can_hide(case.item):
        raise NotByUs
    changes: dict[str, object] = {
        "next_try_at": at,
        "lease_until": None,
        "attempts": 0,
        "problem": "",
    }
    if not _waiting(case).filter(next_try_at=None).update(**changes):
        raise moves.TooLate
    ledger.append("case.order_hiding", case.subject, {}, actor=actor.name, at=at)
    case.refresh_from_db()


def hidden_by_hand(case: Case, *, actor: Actor, at: datetime) -> None:
    """Tell that it has been made unavailable at the platform by hand."""
    moves.require(actor, case.path, SPECIAL_READERS)
    _hidden(case, "by_hand", actor=actor, at=at)


def hide(now: datetime) -> int:
    """Hide what was ordered hidden on the special path; return how many were tried."""
    ordered = Case.objects.filter(
        status=CaseLife.special.name, item__isnull=False, removed_at=None
    ).select_related("channel__node", "item__channel")
    return leasing.each(ordered, _tried, now, at_most=AT_ONCE)


def _tried(case: Case, now: datetime) -> None:
    try:
        _carry_out(case, now)
    except moves.TooLate:
        return  # a person was quicker
    except (NotByUs, connecting.NotConnected, connecting.KeyLost):
        _ask_person(case, BY_YOURSELF)
    except PlatformError as refusal:
        if refusal.permanent:
            _ask_person(case, BY_YOURSELF)
        else:
            problem = said(refusal.message)
            leasing.put_off(case, now, problem, wait=refusal.retry_after)


def _carry_out(case: Case, now: datetime) -> None:
    item = case.item
    if item is None or not can_hide(item):
        raise NotByUs
    with connecting.reached(case.channel) as platform:
        state = platform.look(item.remote_id).state
        if state is SeenState.VISIBLE:
            platform.hide(item.remote_id, item.root_id)
            state = platform.look(item.remote_id).state
    if state is not SeenState.VISIBLE:
        _hidden(case, state.value, actor=CLOCK, at=now)
    elif case.attempts + 1 >= LOOKS:
        _ask_person(case, STILL_SEEN)
    else:
        leasing.put_off(case, now, said(STILL_SEEN), wait=BETWEEN_LOOKS)


@transaction.atomic
def _hidden(case: Case, state: str, *, actor: Actor, at: datetime) -> None:
    """Record that it is hidden, by state alone: neither address nor text (step 5)."""
    changes: dict[str, object] = {
        "removed_at": at,
        "removed_by": actor.user,
        "next_try_at": None,
        "lease_until": None,
        "problem": "",
    }
    if not _waiting(case).update(**changes):
        raise moves.TooLate
    told = {"state": state}
    ledger.append("case.hidden_unseen", case.subject, told, actor=actor.name, at=at)
    case.refresh_from_db()


def _ask_person(case: Case, why: Message) -> None:
    changes: dict[str, object] = {"next_try_at": None, "lease_until": None}
    _waiting(case).update(problem=said(why)[:300], **changes)


def _waiting(case: Case) -> "QuerySet[Case]":
    return Case.objects.filter(
        pk=case.pk, status=CaseLife.special.name, removed_at=None
    )


def _choosers(at: datetime) -> "frozenset[Role]":
    """Return who may choose the special path, by the guideline in force."""
    return frozenset(rules.in_force(at).rule(str(CaseLife.open_special)).roles)
