"""Keep what a person is writing, and tell the others that somebody writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Draft, Item
from uppsikt.inbox.texts import under_way
from uppsikt.inbox.who import answerers

WRITES_FOR: Final = timedelta(minutes=5)
"""How long after the latest letter somebody is still said to be writing."""
RESTS: Final = timedelta(days=7)
"""How long a draft is kept when its item no longer waits for it."""
KEPT: Final = timedelta(days=30)
"""How long a draft that nobody writes on is kept."""
AT_ONCE: Final = 500
_OVER: Final = tuple(
    s for s, state in ItemLife.states.items() if state not in ItemLife.answer.before
)


@dataclass(frozen=True, slots=True)
class Writer:
    """A colleague who writes to an item just now, since when; never what."""

    item: int
    user: User
    since: datetime


def save(
    item: Item, box: str, text: str, *, actor: Actor, at: datetime
) -> Draft | None:
    """Keep `text` as the actor's own draft; None when the answer is on its way already.

    Raises `NotYours` for who may not answer.
    """
    moves.require(actor, item.path, answerers(at))
    if under_way(item):
        return None
    told = {"text": text.replace("\x00", ""), "saved_at": at}
    kept, _new = Draft.objects.update_or_create(
        item=item,
        user=actor.person,
        box=box,
        defaults=told,
        create_defaults=told | {"begun_at": at},
    )
    return kept


def discard(item: Item, box: str, *, actor: Actor) -> None:
    """Throw the actor's own draft away; nobody else's is touched."""
    Draft.objects.filter(item=item, user=actor.person, box=box).delete()


def sent(item: Item, user: User) -> None:
    """Let go of all that `user` has begun to write to `item`: it has been sent."""
    Draft.objects.filter(item=item, user=user).delete()


def own(item: Item, user: User | None) -> dict[str, Draft]:
    """Return what `user` has begun to write, by box."""
    return {d.box: d for d in Draft.objects.filter(item=item, user=user)}


def writers(items: Iterable[int], but: User | None, *, at: datetime) -> list[Writer]:
    """Return who but `but` writes to `items` just now, by one question."""
    rows = Draft.objects.fresh(at - WRITES_FOR).filter(item__in=list(items))
    rows = rows.exclude(user=but).select_related("user").defer("text")
    seen: dict[tuple[int, int], Writer] = {}
    for row in rows.order_by("begun_at"):
        writer = Writer(row.item_id, row.user, row.begun_at)
        seen.setdefault((row.item_id, row.user_id), writer)
    return list(seen.values())


def ahead(item: Item, person: User, *, at: datetime) -> Writer | None:
    """Return the colleague who began to write before `person`, and still writes."""
    mine = Draft.objects.fresh(at - WRITES_FOR).filter(item=item, user=person)
    begun = mine.order_by("begun_at").values_list("begun_at", flat=True).first()
    others = writers([item.pk], person, at=at)
    return next((w for w in others if begun is None or w.since < begun), None)


def forget(now: datetime) -> int:
    """Delete drafts that nobody can send; return how many. Safe to run twice.

    At once where the item is sealed off; after a week where it is removed, or can no
    longer be answered; after a month where nobody writes on it.
    """
    over = Q(item__status__in=_OVER) | Q(item__removed_at__isnull=False)
    lying = Q(saved_at__lt=now - KEPT)
    rested = Q(saved_at__lt=now - RESTS)
    gone = Draft.objects.filter(Q(item__secluded=True) | lying | (over & rested))
    keys = list(gone.values_list("pk", flat=True)[:AT_ONCE])
    return Draft.objects.filter(pk__in=keys).delete()[0]
