"""Whose each day is, by the rota or else by the card: behind us, today and ahead."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    turns: Mapping[tuple[int, int], Sequence[RotaTurn]]
    days: Mapping[tuple[int, date], User]
    absences: Mapping[int, Sequence[Absence]]

    @classmethod
    def of(
        cls, channels: Sequence[Channel], first: date, last: date, *, at: datetime
    ) -> Self:
        """Read the rota of `channels`; four queries, however many of either."""
        leads = _leads(channels, at)
        turns = _turns(channels, first, last)
        days = _days(channels, first, last)
        people = {u.pk for users in leads.values() for u in users}
        people |= {t.user_id for some in turns.values() for t in some}
        people |= {u.pk for u in days.values()}
        return cls(leads, turns, days, _away(people, first, last))

    def line(self, channel: Channel, day: date) -> Line:
        """Return who is in line for a channel on a day."""
        turn = self.days.get((channel.pk, day)) or self._by_the_week(channel, day)
        ordered = [turn] if turn else []
        people = list(dict.fromkeys([*ordered, *self.leads.get(channel.pk, ())]))
        return Line(people, [u for u in people if u.is_active and self._here(u, day)])

    def _by_the_week(self, channel: Channel, day: date) -> User | None:
        turns = self.turns.get((channel.pk, day.weekday()), ())
        return next((t.user for t in turns if _holds(t, day)), None)

    def _here(self, user: User, day: date) -> bool:
        return not any(a.covers(day) for a in self.absences.get(user.pk, ()))


def by_rota(user: User | None, day: date) -> Q:
    """Return the condition for channels where the rota names `user` for `day`."""
    turns = RotaTurn.objects.filter(
        Q(until=None) | Q(until__gt=day),
        user=user,
        weekday=day.weekday(),
        since__lte=day,
    )
    days = RotaDay.objects.filter(user=user, day=day)
    return Q(pk__in=turns.values("channel")) | Q(pk__in=days.values("channel"))


def _holds(turn: RotaTurn, day: date) -> bool:
    return turn.since <= day and (turn.until is None or day < turn.until)


def _turns(
    channels: Sequence[Channel], first: date, last: date
) -> Mapping[tuple[int, int], list[RotaTurn]]:
    """Return the turns by channel and weekday."""
    goes_on = Q(until=None) | Q(until__gt=first)
    rows = RotaTurn.objects.filter(goes_on, channel__in=channels, since__lte=last)
    found: dict[tuple[int, int], list[RotaTurn]] = defaultdict(list)
    for turn in rows.select_related("user").order_by("pk"):
        found[turn.channel_id, turn.weekday].append(turn)
    return found


def _days(
    channels: Sequence[Channel], first: date, last: date
) -> Mapping[tuple[int, date], User]:
    rows = RotaDay.objects.filter(
        channel__in=channels, day__gte=first, day__lte=last
    ).select_related("user")
    return {(d.channel_id, d.day): d.user for d in rows}


def _away(
    people: Iterable[int], first: date, last: date
) -> Mapping[int, list[Absence]]:
    found: dict[int, list[Absence]] = defaultdict(list)
    for row in Absence.objects.between(first, last).filter(user__in=people):
        found[row.user_id].append(row)
    return found


def _leads(channels: Sequence[Channel], at: datetime) -> Mapping[int, list[User]]:
    """Return who has each channel by its card: the owner, then the substitute."""
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
