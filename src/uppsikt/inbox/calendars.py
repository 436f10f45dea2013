"""Working calendars: begin one, and change one from a day on (R-6.2-1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox.models import Calendar, CalendarVersion
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.policy.roles import Right
from uppsikt.records import ledger


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a calendar is to be, from which day on, and why."""

    hours: OfficeHours
    starts_on: date
    why: str


class TakenName(Exception):
    """There is a calendar by that name."""


class InThePast(Exception):
    """It would hold from a day that has passed, and what was is not rewritten."""


@transaction.atomic
def begin(
    node: Node,
    name: str,
    wanted: Wanted,
    *,
    actor: Actor,
    at: datetime,
) -> Calendar:
    """Begin a calendar that channels at or below `node` may choose.

    Raises:
        moves.NotYours: the guideline does not let the actor there.
        TakenName, InThePast, moves.NoReason: as they say.
        workdays.BadCalendar: the hours cannot be carried out.
    """
    try:
        with transaction.atomic():
            calendar = Calendar.objects.create(node=node, name=name)
    except IntegrityError as e:
        raise TakenName from e
    change(calendar, wanted, actor=actor, at=at)
    return calendar


@transaction.atomic
def change_main(
    node: Node,
    name: str,
    wanted: Wanted,
    *,
    actor: Actor,
    at: datetime,
) -> CalendarVersion:
    """Change the municipality's own calendar, whose node is `node`, from a day on.

    Until it is changed the first time the guideline alone says it. Raises as `begin`.
    """
    main, _ = Calendar.objects.get_or_create(
        main=True, defaults={"node": node, "name": name}
    )
    return change(main, wanted, actor=actor, at=at)


@transaction.atomic
def change(
    calendar: Calendar,
    wanted: Wanted,
    *,
    actor: Actor,
    at: datetime,
) -> CalendarVersion:
    """Let `calendar` be as `wanted` from its day on; the days before stay as they are.

    Of two that begin on the same day the later decided holds. Raises as `begin`.
    """
    moves.must(Right.KEEP_CALENDAR, actor, calendar.node.path, at=at)
    if not wanted.why.strip():
        raise moves.NoReason
    if wanted.starts_on < timezone.localtime(at).date():
        raise InThePast
    wanted.hours.calendar()
    said = wanted.hours.model_dump_json(exclude_defaults=True)
    told: dict[str, ledger.JsonValue] = {
        "name": calendar.name,
        "starts_on": wanted.starts_on.isoformat(),
        "hours": said,
        "why": wanted.why,
    }
    subject = f"calendar:{calendar.pk}"
    entry = ledger.append("calendar.change", subject, told, actor=actor.name, at=at)
    return CalendarVersion.objects.create(
        calendar=calendar,
        starts_on=wanted.starts_on,
        hours=said,
        why=wanted.why,
        at=at,
        by=actor.person,
        entry=entry,
    )
