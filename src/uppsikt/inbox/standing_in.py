"""Whose the watch is today: the person responsible, or the substitute (R-6.4-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from uppsikt.channels.models import Channel
from uppsikt.governance import absences
from uppsikt.governance.models import Assignment, User
from uppsikt.policy.roles import Role

_IN_ORDER = (Role.CHANNEL_OWNER, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who answers for a channel today, and whom they stand in for, if anybody."""

    user: User | None
    instead_of: User | None = None


def on_duty(channels: Sequence[Channel], *, at: datetime) -> dict[int, OnDuty]:
    """Return, by channel, who watches it today; two queries.

    The person responsible, or the substitute while that person is away, or nobody:
    both are away, or there is neither.
    """
    nodes = {c.node_id: c.pk for c in channels}
    rows = Assignment.objects.holding(at).filter(node__in=nodes, role__in=_IN_ORDER)
    leads: dict[int, list[Assignment]] = {pk: [] for pk in nodes.values()}
    for row in rows.select_related("user").order_by("starts_at", "pk"):
        leads[nodes[row.node_id]].append(row)
    users = [a.user for held in leads.values() for a in held]
    away = absences.away(users, absences.today(at))
    return {pk: _first_here(held, away) for pk, held in leads.items()}


def _first_here(held: Sequence[Assignment], away: set[int]) -> OnDuty:
    ordered = sorted(held, key=lambda a: _IN_ORDER.index(Role(a.role)))
    here = next((a for a in ordered if a.user_id not in away), None)
    owner = next((a.user for a in ordered if a.role == Role.CHANNEL_OWNER), None)
    if here is None:
        return OnDuty(None, owner)
    return OnDuty(here.user, owner if owner != here.user else None)
