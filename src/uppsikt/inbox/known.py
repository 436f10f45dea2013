"""What the inbox knows of channels, put as facts for the checks of section 6."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from uppsikt.channels.models import Channel
from uppsikt.inbox import (
    dialogue_known,
    lapsing,
    load,
    matters,
    sample_review,
    standing_in,
    watch,
)
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item, PrivateMessage, Tick
from uppsikt.inbox.watch_log import State
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Seen
from uppsikt.policy.watch_scope import Part


def of(channels: Sequence[Channel], *, at: datetime) -> dict[int, list[Seen]]:
    """Return, by channel, how it is watched and how many answers are overdue.

    A fixed number of queries, however many channels.
    """
    carried = load.of(channels, at=at)
    spoken = dialogue_known.of(channels, at=at)
    days = watch.log(channels, at=at)
    last, left_out = _last_watched(channels), _left_out(channels)
    late = _overdue(channels, at)
    undecided = _undecided(channels, at)
    single = matters.counted(channels, at=at)
    lapses = lapsing.overdue(channels, at=at)
    sampled = _sampled(channels, at)
    duty = standing_in.on_duty(channels, at=at)
    return {
        c.pk: [
            Seen(f.WATCHED_DAYS_MISSED, len(watch.missed(c, days)), at),
            Seen(f.NEEDS_WATCH, days.day(c, days.today).state is not State.QUIET, at),
            Seen(f.LAST_WATCHED, last.get(c.pk, ""), at),
            *left_out.get(c.pk, ()),
            Seen(f.ON_DUTY, str(duty[c.pk].user or ""), at),
            Seen(f.FIRST_OVERDUE, late.get(c.pk, (0, 0))[0], at),
            Seen(f.FULL_OVERDUE, late.get(c.pk, (0, 0))[1], at),
            Seen(f.LAPSES_OVERDUE, lapses.get(c.pk, 0), at),
            *sampled.get(c.pk, ()),
            Seen(f.MATTERS_TO_MOVE, single.get(c.pk, 0), at),
            Seen(f.MESSAGES_UNDECIDED, undecided.get(c.pk, 0), at),
            *carried[c.pk],
            *spoken[c.pk],
        ]
        for c in channels
    }


def _last_watched(channels: Sequence[Channel]) -> dict[int, str]:
    rows = Tick.objects.standing().filter(channel__in=channels)
    days = rows.values_list("channel").annotate(last=Max("day")).order_by()
    return {channel: day.isoformat() for channel, day in days}


def _left_out(channels: Sequence[Channel]) -> dict[int, list[Seen]]:
    """Return what the latest watch of each channel did not look at (R-6.4-5)."""
    ticks = Tick.objects.standing().filter(channel=OuterRef("pk")).order_by("-day")
    rows = Channel.objects.filter(pk__in=[c.pk for c in channels]).annotate(
        latest=Subquery(ticks.values("pk")[:1])
    )
    found = Tick.objects.filter(pk__in=rows.values("latest")).select_related("by")
    return {t.channel_id: [_latest(t)] for t in found.select_related("entry")}


def _latest(tick: Tick) -> Seen:
    left = tuple(Part(part) for part in tick.left_out)
    by, entry = str(tick.by), tick.entry.number
    return Seen(f.WATCH_LEFT_OUT, left, tick.at, by=by, entry=entry, note=tick.note)


def _overdue(channels: Sequence[Channel], at: datetime) -> dict[int, tuple[int, int]]:
    waits = Q(status=ItemLife.waiting.name, first_contact_at=None, first_due_at__lt=at)
    rows = Item.objects.overdue(at).filter(channel__in=channels, secluded=False)
    counted = rows.values_list("channel").annotate(
        first=Count("pk", filter=waits), full=Count("pk", filter=Q(full_due_at__lt=at))
    )
    return {channel: (first, full) for channel, first, full in counted.order_by()}


def _sampled(channels: Sequence[Channel], at: datetime) -> dict[int, list[Seen]]:
    """Return when the answers were last sampled, and what waits to be followed up."""
    return {
        channel: [
            Seen(f.ANSWERS_SAMPLED, localdate(drawn_at).isoformat(), drawn_at),
            Seen(f.SAMPLES_SHORT, short, at),
        ]
        for channel, (drawn_at, short) in sample_review.latest(channels, at=at).items()
    }


def _undecided(channels: Sequence[Channel], at: datetime) -> dict[int, int]:
    """Count the private messages that nobody has decided on in time, by channel."""
    rows = PrivateMessage.objects.overdue(at).filter(conversation__channel__in=channels)
    counted = rows.values_list("conversation__channel").annotate(Count("pk"))
    return dict(counted.order_by())
