"""How each channel speaks with people, put as facts for the checks of section 6."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from uppsikt.channels.models import Channel
from uppsikt.inbox import figures
from uppsikt.inbox.models import Item
from uppsikt.platforms import ItemKind
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Seen

WEEKS: Final = 12
"""Over how long it is looked at."""
ENOUGH: Final = 3
"""Of fewer questions or posts a share says nothing."""


def of(channels: Sequence[Channel], *, at: datetime) -> dict[int, list[Seen]]:
    """Return, by channel, which shares of the questions were answered, and of our
    posts ask something (R-6-4, R-6-5); two queries, however many channels.

    A question counts once it is answered, or its time for the full answer is out.
    """
    found: dict[int, list[Seen]] = {c.pk: [] for c in channels}
    for fact, rows in (
        (f.ANSWERED_SHARE, _answered(channels, at)),
        (f.ASKING_SHARE, _asking(channels, at)),
    ):
        for pk, part, whole in rows:
            if whole >= ENOUGH:
                found[pk].append(Seen(fact, round(100 * part / whole, 1), at))
    return found


def _answered(channels: Sequence[Channel], at: datetime) -> list[tuple[int, int, int]]:
    rows = Item.objects.filter(
        channel__in=channels,
        question=True,
        secluded=False,
        clock_from__isnull=False,
        received_at__gt=_since(at),
        received_at__lte=at,
    )
    told = Q(answered_at__lte=at, status__in=figures.ANSWERED)
    rows = rows.exclude(status="passed_by").filter(told | Q(full_due_at__lt=at))
    counted = rows.values_list("channel").annotate(
        part=Count("pk", filter=told), whole=Count("pk")
    )
    return list(counted.order_by())


def _asking(channels: Sequence[Channel], at: datetime) -> list[tuple[int, int, int]]:
    rows = Item.objects.filter(
        channel__in=channels,
        own=True,
        kind=ItemKind.POST.value,
        published_at__gt=_since(at),
        published_at__lte=at,
    )
    counted = rows.values_list("channel").annotate(
        part=Count("pk", filter=Q(question=True)), whole=Count("pk")
    )
    return list(counted.order_by())


def _since(at: datetime) -> datetime:
    return at - timedelta(weeks=WEEKS)
