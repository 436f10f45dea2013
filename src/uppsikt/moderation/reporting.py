"""Report to the platform: a person orders it, the worker hands it in once (R-6.4-27).

No platform tells afterwards whether it has a report, so what broke off while it was
asked is left to a person, and never handed in twice.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from uppsikt.channels import connecting
from uppsikt.channels.connecting import KeyLost, NotConnected
from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation import measures, special, telling
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, PlatformReport, Report
from uppsikt.moderation.special import NoWords, SpecialPathOnly
from uppsikt.moderation.wording import said
from uppsikt.platforms import Can, PlatformError, ReportCategory
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_, Message
from uppsikt.records import leasing, ledger

AT_ONCE: Final = 20
NOT_CONNECTED: Final = Message(N_("The channel is not connected to the platform."))
BROKE_OFF: Final = Message(
    N_("It broke off while the platform was asked. Look there whether it has arrived.")
)


class NotFromHere(Exception):
    """The program cannot report this at its platform: a person does, and tells us."""


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """What a person wants reported: as what kind of thing, and in which words."""

    category: ReportCategory
    reason: str


def by_program(item: Item) -> bool:
    """Tell whether the program can report `item` where it stands."""
    fetched = item.how == Item.How.API and not item.own
    return fetched and measures.by_program(item.channel, Can.REPORT)


@transaction.atomic
def order_report(
    case: Case, order: ReportOrder, *, actor: Actor, at: datetime
) -> PlatformReport:
    """Order that what is removed is reported to its platform as well (R-6.4-27).

    Raises `NotFromHere`, `NoWords`, or `moves.TooLate` when it is reported already or
    on its way.
    """
    special.refuse(case)
    moves.must(Right.TELL, actor, case.path, at=at)
    if case.item is None or not by_program(case.item):
        raise NotFromHere
    if not order.reason.strip():
        raise NoWords
    _refuse_untimely(case)
    told = {"category": order.category.value, "reason": order.reason.strip()}
    ledger.append("case.order_report", case.subject, told, actor=actor.name, at=at)
    row, _ = PlatformReport.objects.update_or_create(
        case=case,
        defaults={
            **told,
            "ordered_at": at,
            "ordered_by": actor.person,
            "begun_at": None,
            "next_try_at": at,
            "lease_until": None,
            "attempts": 0,
            "problem": "",
        },
    )
    return row


def hand_in(now: datetime) -> int:
    """Hand in each report that is due; return how many were tried."""
    removed = Case.objects.ordinary().filter(status=CaseLife.removed.name)
    rows = PlatformReport.objects.filter(case__in=removed).select_related(
        "case__item", "case__channel__node", "ordered_by"
    )
    return leasing.each(rows, _guarded, now, at_most=AT_ONCE)


def _refuse_untimely(case: Case) -> None:
    """Refuse unless it is removed and not reported; holds the case's row."""
    here = Case.objects.filter(pk=case.pk, status=CaseLife.removed.name)
    if not here.update(problem=""):
        raise moves.TooLate
    known = Report.objects.filter(case=case, to=Report.To.PLATFORM).exists()
    if known or PlatformReport.objects.under_way().filter(case=case).exists():
        raise moves.TooLate


def _guarded(order: PlatformReport, now: datetime) -> None:
    order.refresh_from_db(fields=["begun_at"])
    if order.begun_at is not None:
        _ask_person(order, BROKE_OFF)
        return
    try:
        _hand_in(order, now)
    except SpecialPathOnly:
        return  # a person was quicker: what they decided stands
    except (NotConnected, KeyLost):
        _ask_person(order, NOT_CONNECTED)
    except PlatformError as refusal:
        _after(order, refusal, now)


def _hand_in(order: PlatformReport, now: datetime) -> None:
    """Ask the platform, having seen that it answers; then write down its reference."""
    special.refuse(order.case)
    item = order.case.item
    assert item is not None  # noqa: S101 (`refuse` lets none through without)
    with connecting.reached(order.case.channel) as platform:
        platform.look(item.remote_id)
        _begin(order, now)
        category = ReportCategory(order.category)
        reference = platform.report(item.remote_id, order.reason, category)
    answer = telling.Answer(Report.To.PLATFORM, made=True, reference=reference)
    with transaction.atomic():
        telling.record(order.case, answer, by=order.ordered_by, actor=CLOCK, at=now)
        leasing.settle(order)


def _begin(order: PlatformReport, now: datetime) -> None:
    PlatformReport.objects.filter(pk=order.pk).update(begun_at=now)
    order.begun_at = now


def _after(order: PlatformReport, refusal: PlatformError, now: datetime) -> None:
    """Try again what surely did not arrive; leave to a person what may have."""
    if refusal.permanent:
        _ask_person(order, refusal.message)
    elif order.begun_at is not None and refusal.retry_after is None:
        _ask_person(order, BROKE_OFF)
    else:
        PlatformReport.objects.filter(pk=order.pk).update(begun_at=None)
        wait = refusal.retry_after
        leasing.put_off(order, now, said(refusal.message), wait=wait)


def _ask_person(order: PlatformReport, why: Message) -> None:
    rows = PlatformReport.objects.filter(pk=order.pk)
    rows.update(problem=said(why)[:300], next_try_at=None, lease_until=None)
