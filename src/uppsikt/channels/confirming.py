"""When it was last seen that what the public reads of a channel is true (R-3.2-3)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from uppsikt.channels.models import Channel, ProfileReading
from uppsikt.governance.models import Observation
from uppsikt.policy import facts as f
from uppsikt.policy.channel_review import Outcome
from uppsikt.policy.facts import Seen


def last(channels: Sequence[Channel], *, at: datetime) -> dict[int, datetime]:
    """Return when each launched channel's card was last confirmed, by primary key.

    It is at the launch, by each review that does not ask for another card, and by each
    look at the profile that found the card's description there. What is said of other
    things, and a look that did not find it, confirms nothing. Two queries, and none
    where nothing is launched.
    """
    launched = [c for c in channels if c.launched_at and c.launched_at <= at]
    if not launched:
        return {}
    reviewed, seen = _reviews(launched, at), _looks(launched, at)
    return {c.pk: max(_moments(c, reviewed, seen)) for c in launched}


def known(channels: Sequence[Channel], *, at: datetime) -> dict[int, list[Seen]]:
    """Return the same as a fact of each channel; the register shows that day."""
    found = last(channels, at=at)
    return {pk: [Seen(f.CARD_CONFIRMED, _day(day), day)] for pk, day in found.items()}


def _moments(
    c: Channel, reviewed: dict[int, datetime], seen: dict[int, datetime]
) -> Iterator[datetime]:
    told = (c.launched_at, reviewed.get(c.node_id), seen.get(c.pk))
    return (moment for moment in told if moment)


def _reviews(channels: Sequence[Channel], at: datetime) -> dict[int, datetime]:
    nodes = [c.node_id for c in channels]
    rows = Observation.objects.filter(node__in=nodes, fact=f.REVIEWED.name, at__lte=at)
    kept = rows.exclude(value=Outcome.CHANGE.value).values("node")
    return dict(kept.annotate(last=Max("at")).order_by().values_list("node", "last"))


def _looks(channels: Sequence[Channel], at: datetime) -> dict[int, datetime]:
    rows = ProfileReading.objects.filter(channel__in=channels, at__lte=at)
    found = rows.exclude(description_seen="").values("channel")
    latest = found.annotate(last=Max("at")).order_by()
    return dict(latest.values_list("channel", "last"))


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()
