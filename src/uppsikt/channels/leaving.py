"""Who still reaches an account and should not: they left, or moved on (R-4-7).

Nothing is stored of it: that a person left is known, and so is whose access has ended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from django.db.models import Q
from django.utils import timezone

from uppsikt.channels.models import OPEN, AccessHolder, Channel, Channels
from uppsikt.governance import rules
from uppsikt.governance.models import Assignment, User
from uppsikt.policy import clocks
from uppsikt.policy.roles import SEES_CONTENT, Role

_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Leaver:
    """An access to take back: whose, since when, and by when at the latest."""

    holder: AccessHolder
    left_at: datetime
    revoke_by: datetime

    def late(self, at: datetime) -> bool:
        return self.revoke_by <= at


def holding(channels: Iterable[int], *, at: datetime) -> list[AccessHolder]:
    """Return who reached the accounts at `at`, by one query."""
    day = timezone.localtime(at).date()
    rows = AccessHolder.objects.filter(channel__in=channels, since__lte=day)
    held = rows.exclude(until__lte=day).select_related("user", "channel__node")
    return list(held.order_by("first_on", "pk"))


def departures(holders: Sequence[AccessHolder], *, at: datetime) -> dict[int, datetime]:
    """Return since when each of `holders` has no business there, by primary key.

    One query. Who never had a role at the channel is not taken to have moved away.
    """
    users = {h.user_id for h in holders}
    rows = Assignment.objects.filter(
        user__in=users, starts_at__lte=at, role__in=SEES_CONTENT
    )
    held = list(rows.select_related("node"))
    found = ((h.pk, _departed(h, held, at)) for h in holders)
    return {pk: moment for pk, moment in found if moment}


def _departed(
    holder: AccessHolder, held: Iterable[Assignment], at: datetime
) -> datetime | None:
    left = holder.user.left_at
    if left and left <= at:
        return left
    path = holder.channel.path
    mine = [
        a.ends_at
        for a in held
        if a.user_id == holder.user_id and path.startswith(a.node.path)
    ]
    ended = [moment for moment in mine if moment and moment <= at]
    return max(ended) if ended and len(ended) == len(mine) else None


def waiting(channels: Channels, *, at: datetime) -> list[Leaver]:
    """Return what accesses are to be taken back, the most urgent first."""
    holders = holding(channels.values_list("pk", flat=True), at=at)
    gone = departures(holders, at=at)
    found = [_leaver(h, gone[h.pk], at) for h in holders if h.pk in gone]
    return sorted(found, key=lambda one: (one.revoke_by, one.holder.pk))[:_MOST]


def _leaver(holder: AccessHolder, left: datetime, at: datetime) -> Leaver:
    return Leaver(holder, left, revoke_by(left, at=at))


def revoke_by(left: datetime, *, at: datetime) -> datetime:
    """Return when an access must be taken back at the latest, by the rules at `at`."""
    guideline = rules.in_force(at)
    within = rules.span(guideline, "revoke_within")
    return clocks.end(left, within, guideline.working_calendar)


def revoked(channels: Channels) -> list[AccessHolder]:
    """Return the accesses that were taken back by somebody, the latest first."""
    rows = AccessHolder.objects.filter(channel__in=channels, ended_at__isnull=False)
    rows = rows.select_related("user", "channel", "ended_by")
    return list(rows.order_by("-ended_at", "-pk")[:_MOST])


def without_owner(channels: Channels, *, at: datetime) -> list[Channel]:
    """Return the channels in use that nobody answers for now (R-3.3-1)."""
    owned = Assignment.objects.holding(at).filter(role=Role.CHANNEL_OWNER)
    living = owned.filter(Q(user__left_at=None) | Q(user__left_at__gt=at))
    rows = channels.filter(status__in=OPEN).exclude(node__in=living.values("node"))
    return list(rows.select_related("node").order_by("name")[:_MOST])


def by_person(leavers: Iterable[Leaver]) -> list[tuple[User, list[Leaver]]]:
    """Return what each person still holds."""
    ordered = sorted(leavers, key=lambda one: one.holder.user_id)
    grouped = groupby(ordered, key=lambda one: one.holder.user)
    return [(user, list(rows)) for user, rows in grouped]


def today(at: datetime) -> date:
    """Return the day that it is here at `at`."""
    return timezone.localtime(at).date()
