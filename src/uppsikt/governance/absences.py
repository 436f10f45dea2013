"""Days on which a person is away: entered by oneself or the manager (R-4-7).

The ledger says that an absence was entered and for whom, not which days: those are
personal data that must be possible to forget.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Absence, Assignment, Node, User
from uppsikt.policy.roles import Right, Role
from uppsikt.policy.words import N_
from uppsikt.records import ledger

LONGEST: Final = timedelta(days=366)
_LEADS: Final = (Role.CHANNEL_OWNER, Role.DEPUTY)
_BACK: Final = timedelta(days=31)


class Uncovered(Exception):
    """Channels would have neither the person responsible nor a substitute."""

    def __init__(self, places: "Sequence[tuple[Node, date]]") -> None:
        super().__init__(", ".join(node.name for node, _ in places))
        self.places = places


class NoSuchDays(ValidationError):
    """The days cannot be: backwards, long past, over a year, or noted already."""


def must_enter(user: User, actor: Actor, *, at: datetime) -> None:
    """Raise `NotYours` unless it is the actor, or somebody whose manager they are."""
    if actor.user == user:
        return
    may = rules.in_force(at).holders(Right.ENTER_ABSENCE)
    held = Assignment.objects.holding(at).filter(user=user).select_related("node")
    if not any(actor.roles_at(a.node.path) & may for a in held):
        moves.require(actor, "", may)


@transaction.atomic
def enter(
    user: User, first: date, last: date, *, actor: Actor, at: datetime
) -> Absence:
    """Note that `user` is away from `first` through `last`; why is not asked.

    Raises:
        moves.NotYours: the actor is neither the person nor their manager.
        NoSuchDays: the days cannot be.
        Uncovered: it is planned, and a channel would have nobody.
    """
    must_enter(user, actor, at=at)
    if first > today(at) and (bare := uncovered(user, first, last, at=at)):
        raise Uncovered(bare)
    return _enter(user, first, last, actor, at)


@transaction.atomic
def enter_uncovered(
    user: User, first: date, last: date, *, actor: Actor, at: datetime
) -> Absence:
    """Note an absence although a channel has nobody then; raises as `enter`, else.

    People fall ill and take leave all the same; the matrix shows the days.
    """
    must_enter(user, actor, at=at)
    return _enter(user, first, last, actor, at)


def _enter(user: User, first: date, last: date, actor: Actor, at: datetime) -> Absence:
    _must_be(first, last, today(at))
    _must_be_news(user, first, last)
    absence = Absence.objects.create(
        user=user,
        first_day=first,
        last_day=last,
        entered_by=actor.person,
        entered_at=at,
    )
    ledger.append("absence.enter", f"user:{user.pk}", {}, actor=actor.name, at=at)
    return absence


def away_today(*, actor: Actor, at: datetime) -> Absence:
    """Note in one act that the actor is away today; twice is once."""
    return note_today(actor.person, actor=actor, at=at)


def note_today(user: User, *, actor: Actor, at: datetime) -> Absence:
    """Note that `user` is away today; twice is once. Raises as `enter`."""
    day = today(at)
    now = Absence.objects.between(day, day).filter(user=user).first()
    return now or enter(user, day, day, actor=actor, at=at)


@transaction.atomic
def withdraw(absence: Absence, *, actor: Actor, at: datetime) -> None:
    """Take an absence back. Days that have passed stay as they were.

    Raises:
        moves.NotYours: the actor is neither the person nor their manager.
        moves.TooLate: it is over, or taken back already.
    """
    must_enter(absence.user, actor, at=at)
    day = today(at)
    standing = Absence.objects.between(day, absence.last_day).filter(pk=absence.pk)
    fields: dict[str, object] = {"withdrawn_at": at}
    if absence.first_day < day:
        fields = {"last_day": day - timedelta(days=1)}
    if not standing.update(**fields):
        raise moves.TooLate
    absence.refresh_from_db()
    subject = f"user:{absence.user_id}"
    ledger.append("absence.withdraw", subject, {}, actor=actor.name, at=at)


def uncovered(
    user: User, first: date, last: date, *, at: datetime
) -> list[tuple[Node, date]]:
    """Return the channels that would have nobody, each with its first such day.

    Three queries (R-6.4-3: there must be a substitute).
    """
    held = Assignment.objects.holding(at).filter(role__in=_LEADS)
    mine = held.filter(user=user, node__kind=Node.Kind.CHANNEL, node__closed_at=None)
    nodes = {a.node_id: a.node for a in mine.select_related("node")}
    leads: dict[int, set[int]] = {pk: set() for pk in nodes}
    for node, other in held.filter(node__in=nodes).values_list("node", "user"):
        leads[node] |= {other} - {user.pk}
    others = {pk for users in leads.values() for pk in users}
    gone = list(Absence.objects.between(first, last).filter(user__in=others))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = ((node, _first_bare(days, leads[pk], gone)) for pk, node in nodes.items())
    return [(node, day) for node, day in found if day]


def _first_bare(
    days: Iterable[date], others: set[int], gone: Iterable[Absence]
) -> date | None:
    away_on = ((d, {a.user_id for a in gone if a.covers(d)}) for d in days)
    return next((day for day, them in away_on if others <= them), None)


def away(users: Iterable[User], day: date) -> set[int]:
    """Return which of `users` are away on `day`, by primary key."""
    rows = Absence.objects.between(day, day).filter(user__in=users)
    return set(rows.values_list("user", flat=True))


def today(at: datetime) -> date:
    """Return the day that it is here at `at`."""
    return timezone.localtime(at).date()


def _must_be(first: date, last: date, day: date) -> None:
    if last < first:
        raise NoSuchDays(N_("The last day comes before the first."))
    if first < day - _BACK:
        raise NoSuchDays(N_("The first day lies more than 31 days back."))
    if first > day + LONGEST:
        raise NoSuchDays(N_("The first day lies more than a year ahead."))
    if last - first > LONGEST:
        raise NoSuchDays(N_("An absence can be at most a year. Enter it anew then."))


def _must_be_news(user: User, first: date, last: date) -> None:
    """Refuse days that one absence covers already, such as a form sent twice."""
    noted = Absence.objects.between(first, last).filter(user=user)
    if noted.filter(first_day__lte=first, last_day__gte=last).exists():
        raise NoSuchDays(N_("The absence is noted already."))
