"""What the start and the orders of channels say, put as facts: one query per kind."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from uppsikt.channels.handover_life import HandoverLife
from uppsikt.channels.models import (
    Channel,
    Handover,
    PresenceOrder,
    StartNotice,
)
from uppsikt.channels.start_life import StartNoticeLife
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Seen


def of(channels: Sequence[Channel], *, at: datetime) -> dict[int, list[Seen]]:
    """Return what is known of notice, rights and orders of each channel at `at`."""
    found: dict[int, list[Seen]] = {c.pk: [] for c in channels}
    for pk, seen in _notices(list(found), at):
        found[pk].append(seen)
    rights, orders = _rights(list(found), at), _orders(list(found), at)
    for c in channels:
        found[c.pk] += [_handed(c, rights), _ordered(c, orders)]
    return found


def _notices(channels: Sequence[int], at: datetime) -> Iterator[tuple[int, Seen]]:
    rows = StartNotice.objects.filter(channel__in=channels, sent_at__lte=at)
    for row in rows.select_related("sent_by", "received_by"):
        sent = StartNoticeLife.sent.name
        yield row.channel_id, Seen(f.START_NOTICE, sent, row.sent_at, str(row.sent_by))
        if row.received_at:
            by = str(row.received_by or "")
            yield row.channel_id, Seen(f.START_NOTICE, row.status, row.received_at, by)


def _rights(channels: Sequence[int], at: datetime) -> dict[int, list[Handover]]:
    rows = Handover.objects.filter(
        channel__in=channels, status=HandoverLife.confirmed.name, confirmed_at__lte=at
    )
    found: dict[int, list[Handover]] = {}
    for row in rows.select_related("recipient").order_by("confirmed_at", "pk"):
        if row.recipient.is_active:
            found.setdefault(row.channel_id, []).append(row)
    return found


def _handed(channel: Channel, rights: dict[int, list[Handover]]) -> Seen:
    mine = rights.get(channel.pk, [])
    names = tuple(str(h.recipient) for h in mine)
    since = [h.confirmed_at for h in mine if h.confirmed_at]
    return Seen(f.ADMIN_HANDED_TO, names, max(since, default=channel.applied_at))


def _orders(channels: Sequence[int], at: datetime) -> dict[int, PresenceOrder]:
    """Return the order of each channel that is to be carried out first."""
    given = PresenceOrder.objects.filter(channel__in=channels, given_at__lte=at)
    rows = given.exclude(ended_at__lte=at).order_by("-due_on", "-pk")
    return {row.channel_id: row for row in rows.select_related("given_by")}


def _ordered(channel: Channel, orders: dict[int, PresenceOrder]) -> Seen:
    order = orders.get(channel.pk)
    if order is None:
        return Seen(f.ORDER_DUE, "", channel.applied_at)
    by, due = str(order.given_by), order.due_on.isoformat()
    return Seen(f.ORDER_DUE, due, order.given_at, by, note=order.what)
