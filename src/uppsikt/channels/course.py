"""What is known of channels after their launch: reviews acted on, and plans to close.

Asked only where there is something to ask: most channels cost no query here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, CardVersion, Channel, Closing
from uppsikt.policy import facts as f
from uppsikt.policy.channel_review import Outcome
from uppsikt.policy.facts import Seen

Observed = Mapping[int, Sequence[Seen]]


def of(channels: Sequence[Channel], observed: Observed) -> dict[int, list[Seen]]:
    """Return, by channel, what its course adds; `observed` is by node."""
    closing = _plans([c for c in channels if c.state is ChannelLife.closing])
    asked = [c for c in channels if _change_asked(observed.get(c.node_id, ()))]
    changed = _changed(asked)
    return {
        c.pk: [*_launched(c), *closing.get(c.pk, ()), *changed.get(c.pk, ())]
        for c in channels
    }


def _launched(channel: Channel) -> Iterator[Seen]:
    if channel.launched_at:
        yield Seen(f.LAUNCHED_ON, _day(channel.launched_at), channel.launched_at)


def _change_asked(seen: Sequence[Seen]) -> bool:
    said = [s.value for s in seen if s.fact is f.REVIEWED]
    return bool(said) and said[-1] == Outcome.CHANGE


def _changed(channels: Sequence[Channel]) -> dict[int, list[Seen]]:
    if not channels:
        return {}
    rows = CardVersion.objects.filter(channel__in=channels).values_list("channel")
    latest = rows.annotate(last=Max("at")).order_by()
    return {pk: [Seen(f.CARD_CHANGED, _day(at), at)] for pk, at in latest}


def _plans(channels: Sequence[Channel]) -> dict[int, list[Seen]]:
    if not channels:
        return {}
    plans = Closing.objects.under_way().filter(channel__in=channels)
    reached = _reached(channels)
    return {
        p.channel_id: list(_plan(p, reached.get(p.channel_id, 0)))
        for p in plans.prefetch_related("consultations")
    }


def _reached(channels: Sequence[Channel]) -> dict[int, int]:
    rows = AccessHolder.objects.filter(channel__in=channels, until=None)
    found: dict[int, int] = {}
    for channel in rows.values_list("channel", flat=True):
        found[channel] = found.get(channel, 0) + 1
    return found


def _plan(plan: Closing, holders: int) -> Iterator[Seen]:
    since = plan.begun_at
    yield Seen(f.CONSULTED, tuple(sorted(plan.heard())), since)
    yield Seen(f.CLOSING_IMPACT, plan.impact, since)
    yield Seen(f.CLOSING_REASON, plan.reason, since)
    yield Seen(f.CLOSES_ON, _written(plan.closes_on), since)
    yield Seen(f.FAREWELL_ON, _written(plan.farewell_on), since)
    yield Seen(f.CLOSING_LEFT, len(plan.left(holders)), since)


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()
