"""Whose each day is, by the rota or else by the card: behind us, today and ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db.models import Q

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Absence, Assignment, User
from uppsikt.inbox.models import RotaDay, RotaTurn
from uppsikt.policy.roles import Role

IN_ORDER = (Role.CHANNEL_OWNER, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class Line:
    """The people of a channel on a day, in the order in which the watch falls to them.

    The first should have it; `here` are those of them who are not away.
    """

    people: Sequence[User]
    here: Sequence[User]

    @property
    def first(self) -> User | None:
        return self.people[0] if self.people else None

    @property
    def user(self) -> User | None:
        return self.here[0] if self.here else None

    @property
    def hole(self) -> bool:
        """Tell whether nobody would watch."""
        return not self.here

    @property
    def conflict(self) -> bool:
        """Tell whether whoever should watch is away, and somebody else stands in."""
        return bool(self.here) and self.first != self.user

    def after(self, user: User) -> User | None:
        """Return who is here to take over from `user`, if anybody."""
        return next((u for u in self.here if u != user), None)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What was read of many channels over some days."""

    leads: Mapping[int, Sequence[User]]
    turns: Sequence[RotaTurn]
    days: Mapping[tuple[int, date], User]
    absences: Sequence[Absence]

    @classmethod
    def of(
        cls, channels: Sequence[Channel], first: date, last: date, *, at: datetime
    ) -> Self:
        """Read the rota of `channels`; four queries, however many of either."""
        leads = _leads(channels, at)
        turns = list(
            RotaTurn.objects.filter(
                Q(until=None) | Q(until__gt=first), channel__in=channels, since__lte=last
            ).select_related("user")
        )
        days = RotaDay.objects.filter(
            channel__in=channels, day__gte=first, day__lte=last
        ).select_related("user")
        named = {(d.channel_id, d.day): d.user for d in days}
        people = {u for users in leads.values() for u in users}
        people |= {t.user for t in turns} | set(named.values())
        away = Absence.objects.between(first, last).filter(user__in=people)
        return cls(leads, turns, named, list(away))

    def line(self, channel: Channel, day: date) -> Line:
        """Return who is in line for a channel on a day."""
        turn = self.days.get((channel.pk, day)) or self._by_the_week(channel, day)
        ordered = [turn] if turn else []
        people = list(dict.fromkeys([*ordered, *self.leads.get(channel.pk, ())]))
        away = {a.user_id for a in self.absences if a.covers(day)}
        here = [u for u in people if u.pk not in away and u.is_active]
        return Line(people, here)

    def _by_the_week(self, channel: Channel, day: date) -> User | None:
        mine = (t for t in self.turns if t.channel_id == channel.pk)
        return next((t.user for t in mine if _holds(t, day)), None)


def _holds(turn: RotaTurn, day: date) -> bool:
    within = turn.since <= day and (turn.until is None or day < turn.until)
    return within and turn.weekday == day.weekday()


def _leads(channels: Sequence[Channel], at: datetime) -> dict[int, list[User]]:
    nodes = {c.node_id: c.pk for c in channels}
    rows = Assignment.objects.holding(at).filter(node__in=nodes, role__in=IN_ORDER)
    held = sorted(
        rows.select_related("user").order_by("starts_at", "pk"),
        key=lambda a: IN_ORDER.index(Role(a.role)),
    )
    leads: dict[int, list[User]] = {pk: [] for pk in nodes.values()}
    for row in held:
        leads[nodes[row.node_id]].append(row.user)
    return leads
