"""What is new in a channel since somebody last looked at it, kind by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.inbox.models import Item, Items, ItemVersion, Tick
from uppsikt.policy.words import N_

PAGE: Final = 20


class Kind(StrEnum):
    """A kind of news; the value is what stands in the address."""

    COMMENTS = "kommentarer"
    REPLIES = "svar"
    OLD_THREADS = "gamla-tradar"
    MENTIONS = "omnamnanden"
    REVIEWS = "omdomen"
    MESSAGES = "meddelanden"
    MEDIA = "bilder-och-lankar"
    FLAGGED = "att-titta-pa"
    CHANGED = "andrat"
    GONE = "borttaget-av-avsandaren"


LABELS: Final[Mapping[Kind, str]] = {
    Kind.COMMENTS: N_("comments"),
    Kind.REPLIES: N_("replies"),
    Kind.OLD_THREADS: N_("in old threads"),
    Kind.MENTIONS: N_("mentions"),
    Kind.REVIEWS: N_("reviews"),
    Kind.MESSAGES: N_("private messages"),
    Kind.MEDIA: N_("with pictures or links"),
    Kind.FLAGGED: N_("with something to look at"),
    Kind.CHANGED: N_("changed by the author"),
    Kind.GONE: N_("taken away by the author"),
}
_SINCE: Final = {Kind.CHANGED: "changed_at", Kind.GONE: "gone_at"}
_PUBLIC: Final = Q(public=True)
_COMMENT: Final = _PUBLIC & Q(kind__in=("reply", "post"))
_NESTED: Final = ~Q(parent_id="") & ~Q(parent_id=F("root_id"))
_WHICH: Final[Mapping[Kind, Q]] = {
    Kind.COMMENTS: _COMMENT & Q(old=False) & ~_NESTED,
    Kind.REPLIES: _COMMENT & Q(old=False) & _NESTED,
    Kind.OLD_THREADS: _COMMENT & Q(old=True),
    Kind.MENTIONS: _PUBLIC & Q(kind__in=("mention", "quote")),
    Kind.REVIEWS: Q(kind="review"),
    Kind.MESSAGES: Q(public=False) | Q(kind="message"),
    Kind.MEDIA: Q(media=True) | Q(text__contains="://"),
    Kind.FLAGGED: Q(flagged=True),
}


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a channel: how many items, and how many of each kind."""

    total: int = 0
    kinds: Mapping[Kind, int] = field(default_factory=dict)

    @property
    def shown(self) -> list[tuple[Kind, str, int]]:
        """Return the kinds there is something of, with words and number."""
        return [(k, LABELS[k], n) for k in Kind if (n := self.kinds.get(k, 0))]


def looked_at(channels: Sequence[Channel]) -> dict[int, datetime]:
    """Return when each channel was last looked at, or launched; one query.

    A day that was entered late tells nothing of when somebody looked.
    """
    rows = Tick.objects.standing().filter(channel__in=channels, late=False)
    last = dict(rows.values_list("channel").annotate(at=Max("at")).order_by())
    since = {c.pk: last.get(c.pk, c.launched_at) for c in channels}
    return {pk: moment for pk, moment in since.items() if moment}


def of(
    channels: Sequence[Channel], since: Mapping[int, datetime], *, at: datetime
) -> dict[int, News]:
    """Return, by channel, what is new since a moment of each; four queries."""
    fresh = _fresh(since, at)
    wanted = {f"n_{k.name}": Count("pk", filter=q) for k, q in _WHICH.items()}
    counted = fresh.values_list("channel").annotate(n=Count("pk"), **wanted)
    found = {
        pk: (n, dict(zip(_WHICH, each, strict=True)))
        for pk, n, *each in counted.order_by()
    }
    later = {kind: _count_since(field, since) for kind, field in _SINCE.items()}
    return {c.pk: _news(c.pk, found.get(c.pk, (0, {})), later) for c in channels}


def items(
    channel: Channel, since: datetime, kind: Kind | None, *, at: datetime
) -> Items:
    """Return what is new in a channel, the newest first; of one kind, if given."""
    if kind in _SINCE:
        rows = Item.objects.filter(_after(_SINCE[kind], {channel.pk: since}))
        return rows.filter(own=False, secluded=False).order_by("-pk")
    rows = _fresh({channel.pk: since}, at)
    return (rows.filter(_WHICH[kind]) if kind else rows).order_by("-pk")


def _fresh(since: Mapping[int, datetime], at: datetime) -> Items:
    days = rules.in_force(at).number("old_thread_days")
    root = Item.objects.filter(
        channel=OuterRef("channel"), remote_id=OuterRef("root_id")
    )
    newest = ItemVersion.objects.filter(
        item=OuterRef("pk"), number=OuterRef("versions_seen")
    )
    rows = Item.objects.filter(_after("received_at", since), own=False, secluded=False)
    begun = root.filter(published_at__lt=at - timedelta(days=days))
    return rows.annotate(old=Exists(begun), media=Exists(newest.exclude(media=[])))


def _after(field: str, since: Mapping[int, datetime]) -> Q:
    """Return the condition for what happened in each channel after its own moment."""
    wanted = Q(pk__in=[])
    for pk, moment in since.items():
        wanted |= Q(**{"channel": pk, f"{field}__gt": moment})
    return wanted


def _count_since(field: str, since: Mapping[int, datetime]) -> dict[int, int]:
    rows = Item.objects.filter(_after(field, since), own=False, secluded=False)
    return dict(rows.values_list("channel").annotate(n=Count("pk")).order_by())


def _news(
    pk: int,
    fresh: tuple[int, Mapping[Kind, int]],
    later: Mapping[Kind, Mapping[int, int]],
) -> News:
    total, kinds = fresh
    return News(total, {**kinds, **{k: n.get(pk, 0) for k, n in later.items()}})
