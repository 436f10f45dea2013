"""How much comes in and goes out on each channel: what a review is made on (R-4-5)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, F, Max, Q
from django.utils import timezone

from uppsikt.channels.models import Channel
from uppsikt.inbox.models import OPEN, Item
from uppsikt.platforms import ItemKind
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Seen

WEEKS: Final = 4
"""Over how long the load is counted."""
_LATE: Final = Q(answered_at__gt=F("full_due_at"))


def of(channels: Sequence[Channel], *, at: datetime) -> dict[int, list[Seen]]:
    """Return, by channel, what came in a week, how much of it was answered late, how
    often we posted, and when last (R-4-5, R-9-1).

    Two queries, however many channels. Where nothing came in, nothing was late.
    """
    counted, posts = _counted(channels, at), _posts(channels, at)
    return {
        c.pk: [
            *_load(*counted.get(c.pk, (0, 0, 0)), at),
            *_posting(*posts.get(c.pk, (0, None)), at),
        ]
        for c in channels
    }


def _load(events: int, asked: int, late: int, at: datetime) -> Iterator[Seen]:
    yield Seen(f.EVENTS_PER_WEEK, round(events / WEEKS, 1), at)
    share = round(100 * late / asked, 1) if asked else 0.0
    yield Seen(f.OVERDUE_SHARE, share, at)


def _posting(posts: int, last: datetime | None, at: datetime) -> Iterator[Seen]:
    yield Seen(f.OWN_POSTS_PER_WEEK, round(posts / WEEKS, 1), at)
    if last is not None:
        day = timezone.localtime(last).date()
        yield Seen(f.LAST_OWN_POST, day.isoformat(), last)


def _counted(
    channels: Sequence[Channel], at: datetime
) -> dict[int, tuple[int, int, int]]:
    """Return how many events came in, had a deadline, and were late for it."""
    rows = Item.objects.filter(channel__in=channels, own=False, secluded=False)
    rows = rows.filter(received_at__gt=_since(at), received_at__lte=at)
    late = _LATE | Q(status__in=OPEN, full_due_at__lt=at)
    counted = rows.values_list("channel").annotate(
        events=Count("pk"),
        asked=Count("pk", filter=Q(full_due_at__isnull=False)),
        late=Count("pk", filter=late),
    )
    return {pk: (all_, asked, late) for pk, all_, asked, late in counted.order_by()}


def _posts(
    channels: Sequence[Channel], at: datetime
) -> dict[int, tuple[int, datetime | None]]:
    """Return how often each channel posted over the last weeks, and when last."""
    rows = Item.objects.filter(
        channel__in=channels, own=True, kind=ItemKind.POST, published_at__lte=at
    )
    recent = Q(published_at__gt=_since(at))
    found = rows.values_list("channel").annotate(
        posts=Count("pk", filter=recent), last=Max("published_at")
    )
    return {pk: (posts, last) for pk, posts, last in found.order_by()}


def _since(at: datetime) -> datetime:
    return at - timedelta(weeks=WEEKS)
