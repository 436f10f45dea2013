"""One function per act of a person on an item: claim, answer, promise, let pass."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import deadlines, drafting, drafts, terms
from uppsikt.inbox.by_hand import enter as enter  # noqa: PLC0414 (an act of its own)
from uppsikt.inbox.intake import take_in as take_in  # noqa: PLC0414 (the same)
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.inbox.noting import UNNOTED, note
from uppsikt.inbox.texts import SETTLES, under_way
from uppsikt.inbox.who import answerers as answerers  # noqa: PLC0414 (as always)
from uppsikt.records.models import Entry
from uppsikt.sending import actions as sending
from uppsikt.sending.actions import Letter
from uppsikt.sending.models import Outgoing

ANSWERS_ITEMS = (*SETTLES, Outgoing.Kind.PROMISE)


class Claimed(Exception):
    """A colleague works on it since a while."""

    def __init__(self, by: User, since: datetime) -> None:
        super().__init__(str(by))
        self.by = by
        self.since = since


class OnItsWay(Exception):
    """A text in answer to it is under way, or out and not yet noted or seen."""


class PastDay(Exception):
    """The day that was promised lies in the past."""


class TooFarAway(Exception):
    """The guideline wants the full answer no later than `latest` (R-6.2-5)."""

    def __init__(self, latest: date) -> None:
        super().__init__(str(latest))
        self.latest = latest


def claim(item: Item, *, actor: Actor, at: datetime) -> None:
    """Take the item in hand for a while, so that two do not write the same answer.

    Raises:
        Claimed: a colleague has it, and not for longer than the guideline lets them; or
            began to write before us, and still writes.
    """
    moves.require(actor, item.path, answerers(at))
    mine = held_by(item, at=at) == actor.person
    if not mine and (writer := drafting.ahead(item, actor.person, at=at)):
        raise Claimed(writer.user, writer.since)
    rows = Item.objects.filter(_free(actor.person, at), pk=item.pk)
    if not rows.update(claimed_by=actor.person, claimed_at=at):
        item.refresh_from_db(fields=["claimed_by", "claimed_at"])
        assert item.claimed_by and item.claimed_at  # noqa: S101 (why it was not free)
        raise Claimed(item.claimed_by, item.claimed_at)
    item.claimed_by, item.claimed_at = actor.person, at


def release(item: Item, *, actor: Actor, at: datetime) -> None:
    """Let go of an item that is in one's own hands; nobody else's is touched."""
    moves.require(actor, item.path, answerers(at))
    rows = Item.objects.filter(pk=item.pk, claimed_by=actor.person)
    if rows.update(claimed_by=None, claimed_at=None):
        item.claimed_by = item.claimed_at = None


def held_by(item: Item, *, at: datetime) -> User | None:
    """Return who has the item in hand at `at`, if the claim has not run out."""
    begun = item.claimed_at
    runs = begun is not None and _claim_began_after(at) < begun <= at
    return item.claimed_by if runs else None


@transaction.atomic
def answer(item: Item, text: str, *, actor: Actor, at: datetime) -> Outgoing:
    """Order `text` as the answer, from the channel's account (R-6.2-3, R-6.2-6).

    The item is answered when the text really is out, which `work` sees.

    Raises:
        Claimed, OnItsWay: somebody is before us.
        drafts.Unsigned, NoTitle: it is not signed, or cannot be (R-6.2-7).
        sending.Empty, sending.TooLong: nothing, or more than the platform takes.
    """
    return order(item, text, Outgoing.Kind.ANSWER, actor=actor, at=at)


@transaction.atomic
def promise(
    item: Item, text: str, promised_for: date, *, actor: Actor, at: datetime
) -> Outgoing:
    """Order `text` that says we get back no later than `promised_for` (R-6.2-3).

    Raises:
        PastDay: the day has passed.
        TooFarAway: it lies after the day when the full answer is due.
        As `answer`, besides.
    """
    _check_day(item, promised_for, at)
    outgoing = order(item, text, Outgoing.Kind.PROMISE, actor=actor, at=at)
    Item.objects.filter(pk=item.pk).update(promised_for=promised_for)
    item.promised_for = promised_for
    return outgoing


@transaction.atomic
def pass_by(item: Item, *, why: str, actor: Actor, at: datetime) -> Entry:
    """Note that the item needs no answer, and why (R-6-5).

    Raises `Claimed` where a colleague may be writing, `OnItsWay` after one has.
    """
    claim(item, actor=actor, at=at)
    _check_no_text(item)
    changes = {"due_at": None, "failed_at": None, "outgoing": None, **_UNCLAIMED}
    return moves.make(
        ItemLife.pass_by, item, actor=actor, at=at, why=why, changes=changes
    )


@transaction.atomic
def reopen(item: Item, *, why: str, actor: Actor, at: datetime) -> None:
    """Open again what was dealt with; both clocks start anew.

    Raises `OnItsWay` while a text about it is under way, which is not to be forgotten.
    """
    _check_no_text(item)
    changes = {
        **deadlines.started(at, terms.of_one(item.channel, at=at)),
        "first_contact_at": None,
        "promised_for": None,
        "answered_at": None,
        "moved_to": "",
        "failed_at": None,
        "outgoing": None,
        **_UNCLAIMED,
    }
    moves.make(ItemLife.reopen, item, actor=actor, at=at, why=why, changes=changes)


@transaction.atomic
def retry(outgoing: Outgoing, *, actor: Actor, at: datetime) -> None:
    """Send again what did not go out; `moves.TooLate` if it is no longer wanted."""
    wanted = Item.objects.filter(outgoing=outgoing).update(failed_at=None)
    if not wanted and outgoing.kind in ANSWERS_ITEMS:
        raise moves.TooLate
    sending.retry(outgoing, actor=actor, at=at)


@transaction.atomic
def post(outgoing: Outgoing, *, url: str, actor: Actor, at: datetime) -> None:
    """Tell that the answer is posted by hand, and where; the item moves at once."""
    sending.post(outgoing, url=url, actor=actor, at=at)
    for item in Item.objects.filter(UNNOTED, outgoing=outgoing):
        note(item, at=at)


_UNCLAIMED: dict[str, object] = {"claimed_by": None, "claimed_at": None}


def order(
    item: Item, text: str, kind: Outgoing.Kind, *, actor: Actor, at: datetime
) -> Outgoing:
    """Order `text` about `item`, in the caller's transaction; raises as `answer`."""
    claim(item, actor=actor, at=at)
    _check_free(item, kind)
    if text.strip():
        drafts.require_signature(text, actor.person)
    letter = Letter(
        text=text,
        kind=kind,
        about=item.subject,
        reply_to=item.remote_id,
        reply_root=item.root_id,
        by_hand=item.how != Item.How.API,
    )
    outgoing = sending.order(item.channel, letter, actor=actor, at=at)
    drafting.sent(item, actor.person)
    Item.objects.filter(pk=item.pk).update(outgoing=outgoing, failed_at=None)
    item.outgoing, item.failed_at = outgoing, None
    return outgoing


def _check_free(item: Item, kind: Outgoing.Kind) -> None:
    """Look at the row as it stands now that it is in our hands."""
    item.refresh_from_db(fields=["status", "outgoing", "removed_at", "secluded"])
    move = SETTLES.get(kind, ItemLife.promise)
    if item.removed_at or item.secluded or not move.leaves(item.status):
        raise moves.TooLate
    if under_way(item):
        raise OnItsWay


def _check_no_text(item: Item) -> None:
    """Raise `OnItsWay` by the row as it stands now, held until we have written it."""
    Item.objects.select_for_update().filter(pk=item.pk).values_list("pk").first()
    item.refresh_from_db(fields=["status", "outgoing"])
    if under_way(item):
        raise OnItsWay


def _check_day(item: Item, day: date, at: datetime) -> None:
    today = timezone.localtime(at).date()
    if day < today:
        raise PastDay
    latest = item.full_due_at and timezone.localtime(item.full_due_at).date()
    if latest and today <= latest < day:
        raise TooFarAway(latest)


def _free(person: User, at: datetime) -> Q:
    """Return who may take the item: nobody has it, we have it, or the time is up.

    A claim from the future was made before the clock was set back, and counts not.
    """
    held = Q(claimed_at__gt=_claim_began_after(at), claimed_at__lte=at)
    return Q(claimed_by=None) | Q(claimed_by=person) | ~held


def _claim_began_after(at: datetime) -> datetime:
    return at - timedelta(minutes=rules.in_force(at).number("claim_minutes"))
