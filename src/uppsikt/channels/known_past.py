"""How the register stood on a past day: the card, and the status (R-6.7-1)."""

from collections.abc import Sequence
from datetime import datetime

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import CardVersion, Channel
from uppsikt.governance.models import Step

Card = Channel | CardVersion


def cards(channels: Sequence[Channel], *, at: datetime) -> dict[int, Card]:
    """Return what each card read at `at`: a kept version, where it has changed since.

    One query, and no rows for what has not changed.
    """
    found: dict[int, Card] = {c.pk: c for c in channels}
    changed = CardVersion.objects.filter(channel__in=found, at__gt=at)
    old = CardVersion.objects.filter(channel__in=changed.values("channel"))
    for version in old.on(at).reverse():
        found[version.channel_id] = version
    return found


def statuses(channels: Sequence[Channel], *, at: datetime) -> dict[int, str]:
    """Return where each channel was in its life at `at`; one query."""
    by_subject = {c.subject: c for c in channels}
    later = Step.objects.filter(subject__in=by_subject, at__gt=at)
    # The first move after the day says where it stood before it.
    latest_first = later.order_by("-at", "-pk").values_list("subject", "before")
    before = {by_subject[subject].pk: state for subject, state in latest_first}
    return {c.pk: before.get(c.pk, c.status) for c in channels}


def launched(channel: Channel, *, at: datetime) -> bool:
    """Tell whether the channel had been launched by `at`."""
    return channel.launched_at is not None and channel.launched_at <= at


def undecided(status: str) -> bool:
    """Tell whether the people are only proposed in that state."""
    return status in (ChannelLife.found.name, ChannelLife.applied.name)
