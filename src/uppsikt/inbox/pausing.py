"""Let the full answer's clock stand still, and go on: by hand, or by the author."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.inbox import deadlines, terms
from uppsikt.inbox.models import Item, Pause
from uppsikt.inbox.models.pause import stood_still
from uppsikt.policy.roles import Right
from uppsikt.records import ledger

REASONS = "pause_reasons"
LONGEST = "pause_days_at_most"


class NoFirstWord(Exception):
    """Nobody has said a word yet, and that clock never stands still (R-6.2-1)."""


class PausedAlready(Exception):
    """The clock stands still."""


class BadDay(Exception):
    """The day has come, or lies further away than the guideline lets it stand still."""


class UnknownReason(Exception):
    """The guideline has no such reason for a pause."""


@transaction.atomic
def pause(
    item: Item, reason: str, until: date, *, note: str, actor: Actor, at: datetime
) -> Pause:
    """Let the clock of the full answer stand still through the day `until`.

    Raises:
        moves.NotYours, moves.TooLate: the actor may not, or nothing waits.
        NoFirstWord, PausedAlready, BadDay, UnknownReason: as they say.
    """
    moves.must(Right.PAUSE, actor, item.path, at=at)
    _check(item, reason, until, at)
    end = timezone.make_aware(datetime.combine(until, time(23, 59)))
    told: dict[str, ledger.JsonValue] = {"reason": reason, "until": end.isoformat()}
    entry = ledger.append("item.pause", item.subject, told, actor=actor.name, at=at)
    made = Pause.objects.create(
        item=item,
        reason=reason,
        note=note,
        starts_at=at,
        until=end,
        by=actor.person,
        entry=entry,
    )
    _count(item, at, end)
    return made


@transaction.atomic
def resume(item: Item, *, actor: Actor, at: datetime) -> None:
    """Let the clock go on.

    Raises:
        moves.NotYours, moves.TooLate: the actor may not, or it goes already.
    """
    moves.must(Right.PAUSE, actor, item.path, at=at)
    _end(item, actor, at)


def end_by_authors(channel: Channel, taken: Iterable[Item], *, at: datetime) -> None:
    """Let the clocks go on of those who have written again in their thread."""
    wrote = {(i.root_id, _who(i)) for i in taken if not i.own}
    if not wrote:
        return
    paused = Pause.objects.standing(at).filter(
        item__channel=channel, item__root_id__in={root for root, _ in wrote}
    )
    for row in paused.select_related("item").order_by("pk"):
        row.item.channel = channel
        if (row.item.root_id, _who(row.item)) in wrote:
            _end(row.item, CLOCK, at)


def reasons(*, at: datetime) -> dict[str, str]:
    """Return the guideline's reasons for a pause: their codes, and what they say."""
    listed = rules.in_force(at).texts(REASONS)
    pairs = (one.partition(":") for one in listed)
    return {code: label for code, _colon, label in pairs}


def latest(at: datetime) -> date:
    """Return the last day through which a clock may stand still from `at`."""
    days = rules.in_force(at).number(LONGEST)
    return timezone.localtime(at).date() + timedelta(days=days)


def _check(item: Item, reason: str, until: date, at: datetime) -> None:
    """Look at the row as it stands, held until we have written it."""
    list(Item.objects.select_for_update().filter(pk=item.pk).values_list("pk"))
    item.refresh_from_db(fields=["status", "first_contact_at", "clock_from"])
    if not item.open:
        raise moves.TooLate
    if item.first_contact_at is None:
        raise NoFirstWord
    if reason not in reasons(at=at):
        raise UnknownReason
    if not timezone.localtime(at).date() < until <= latest(at):
        raise BadDay
    if Pause.objects.standing(at).filter(item=item).exists():
        raise PausedAlready


def _end(item: Item, actor: Actor, at: datetime) -> None:
    standing = Pause.objects.standing(at).filter(item=item)
    if not standing.update(ended_at=at, ended_by=actor.user):
        raise moves.TooLate
    told: dict[str, ledger.JsonValue] = {"by_the_author": actor is CLOCK}
    ledger.append("item.go_on", item.subject, told, actor=actor.name, at=at)
    _count(item, at, None)


def _count(item: Item, at: datetime, still_until: datetime | None) -> None:
    """Write when the item is due now, and until when its clock stands still.

    Who is to be told, and when, is looked at again by the worker.
    """
    item.refresh_from_db()
    if not item.open:
        return
    by = terms.of_one(item.channel, at=at)
    due = deadlines.now_due(item, by, stood_still([item]).get(item.pk, ()))
    fields = {**due, "still_until": still_until, "escalates_at": at}
    Item.objects.filter(pk=item.pk).update(**fields)
    for name, value in fields.items():
        setattr(item, name, value)


def _who(item: Item) -> str:
    return item.author_id or item.author_handle
