"""Whose the watch is today: by the rota, the person responsible, or a substitute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from uppsikt.channels.models import Channel
from uppsikt.governance import absences
from uppsikt.governance.models import Assignment, User
from uppsikt.inbox.models import Takeover
from uppsikt.policy.roles import Role

IN_ORDER = (Role.CHANNEL_OWNER, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who answers for a channel today, whom they stand in for, and since when."""

    user: User | None
    instead_of: User | None = None
    takeover: Takeover | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The people of one channel in the order in which the watch falls to them."""

    people: Sequence[User]
    here: Sequence[User]

    @property
    def duty(self) -> OnDuty:
        """Return who is first: whoever should be, or who is here instead."""
        first = self.people[0] if self.people else None
        if not self.here:
            return OnDuty(None, first)
        return OnDuty(self.here[0], first if first != self.here[0] else None)

    def after(self, user: User) -> User | None:
        """Return who is here to take over from `user`, if anybody."""
        return next((u for u in self.here if u != user), None)


def lines(channels: Sequence[Channel], *, at: datetime) -> dict[int, Line]:
    """Return, by channel, who is in line for today's watch; two queries."""
    nodes = {c.node_id: c.pk for c in channels}
    rows = Assignment.objects.holding(at).filter(node__in=nodes, role__in=IN_ORDER)
    leads: dict[int, list[Assignment]] = {pk: [] for pk in nodes.values()}
    for row in rows.select_related("user").order_by("starts_at", "pk"):
        leads[nodes[row.node_id]].append(row)
    users = [a.user for held in leads.values() for a in held]
    away = absences.away(users, absences.today(at))
    return {pk: _line(held, away) for pk, held in leads.items()}


def on_duty(channels: Sequence[Channel], *, at: datetime) -> dict[int, OnDuty]:
    """Return, by channel, who watches it today; three queries.

    Whoever took it over today; else the person responsible, or the substitute while
    that person is away, or nobody: both are away, or there is neither.
    """
    taken = _taken(channels, at)
    return {
        pk: _over(line, taken.get(pk)) for pk, line in lines(channels, at=at).items()
    }


def _line(held: Sequence[Assignment], away: set[int]) -> Line:
    ordered = sorted(held, key=lambda a: IN_ORDER.index(Role(a.role)))
    people = list(dict.fromkeys(a.user for a in ordered))
    return Line(people, [u for u in people if u.pk not in away])


def _over(line: Line, taken: Takeover | None) -> OnDuty:
    if taken and taken.user in line.here:
        return OnDuty(taken.user, taken.instead_of, taken)
    return line.duty


def _taken(channels: Sequence[Channel], at: datetime) -> Mapping[int, Takeover]:
    rows = Takeover.objects.filter(channel__in=channels, day=absences.today(at))
    found = rows.select_related("user", "instead_of").order_by("at", "pk")
    return {t.channel_id: t for t in found}
