"""Tell the next person when an answer is about to be late, and when it is (R-6.2-5).

The worker does it. Who is told finds the item on My day until it is answered, and gets
one letter for all that came at once, which names no visitor and quotes nothing.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.channels.models import Channel
from uppsikt.governance import absences
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.models import Assignment, User
from uppsikt.inbox import standing_in, terms
from uppsikt.inbox.models import OPEN, Escalation, Item, Items
from uppsikt.inbox.models.pause import stood_still
from uppsikt.inbox.standing_in import OnDuty
from uppsikt.policy import terms as policy
from uppsikt.policy.roles import Role
from uppsikt.policy.terms import Taken, Terms
from uppsikt.policy.workdays import Interval
from uppsikt.records import ledger, mail

AT_ONCE: Final = 200
ROUNDS: Final = 50
Told: TypeAlias = tuple[Item, Sequence[User]]
"""An item, and who was told that it waits."""


@dataclass(frozen=True, slots=True)
class Near:
    """Who can be told of each channel: whose it is today, and who stands above it."""

    duty: Mapping[int, OnDuty]
    held: Sequence[Assignment]
    away: set[int]

    def holders(self, channel: Channel, role: Role) -> list[User]:
        """Return who has `role` nearest to the channel and is here."""
        if role is Role.CHANNEL_OWNER:
            user = self.duty[channel.pk].user
            return [user] if user else []
        here = [
            a
            for a in self.held
            if a.role == role
            and a.user_id not in self.away
            and channel.path.startswith(a.node.path)
        ]
        nearest = max((len(a.node.path) for a in here), default=0)
        return list({a.user: None for a in here if len(a.node.path) == nearest})


def escalate(now: datetime) -> int:
    """Tell who is to be told by now of what is not answered; return how many steps.

    Safe to run twice and at once: an item is held until it says when to look next, and
    each step is taken once.
    """
    due = Item.objects.filter(escalates_at__lte=now)
    due.exclude(status__in=OPEN).update(escalates_at=None)
    done = 0
    for _round in range(ROUNDS):
        looked, steps = _look(due.open(), now)
        done += steps
        if looked < AT_ONCE:
            break
    return done


@transaction.atomic
def _look(due: Items, now: datetime) -> tuple[int, int]:
    """Look at the next items; return how many, and how many steps were taken."""
    held = due.select_for_update(of=("self",)).order_by("escalates_at", "pk")
    items = list(held.select_related("channel__node")[:AT_ONCE])
    steps = _steps(items, now) if items else []
    for user, told in _readers(steps).items():
        _write(user, told, now)
    return len(items), len(steps)


def _steps(items: Sequence[Item], now: datetime) -> list[Told]:
    """Take the steps whose time has come, and write when to look at each item next."""
    channels = list({i.channel_id: i.channel for i in items}.values())
    by, near = terms.of(channels, at=now), _near(channels, now)
    stood, taken = stood_still(items), _taken(items)
    steps = []
    for item in items:
        left = _left(item, by[item.channel_id], stood.get(item.pk, ()), taken)
        item.escalates_at = min((t.at for t in left if t.at > now), default=None)
        steps += [_take(item, one, near, now) for one in left if one.at <= now]
    Item.objects.bulk_update(items, ["escalates_at"])
    return steps


def _taken(items: Sequence[Item]) -> set[tuple[int, str, int]]:
    """Return which steps were taken for each item since its clock began; one query."""
    rows = Escalation.objects.filter(item__in=items, at__gte=F("item__clock_from"))
    return set(rows.values_list("item", "clock", "share"))


def _left(
    item: Item,
    by: Terms,
    stood: Sequence[Interval],
    taken: Set[tuple[int, str, int]],
) -> list[Taken]:
    """Return the steps that nobody has taken; none of a first word that was given."""
    assert item.clock_from is not None  # noqa: S101 (what is open has a clock)
    begin = item.clock_from.replace(second=0, microsecond=0)
    return [
        one
        for one in sorted(by.steps(begin, stood), key=lambda t: t.at)
        if (item.pk, one.clock, one.step.share) not in taken
        and not (one.clock == policy.FIRST and item.first_contact_at)
    ]


def _take(item: Item, one: Taken, near: Near, now: datetime) -> Told:
    role, users = _who(item.channel, one, near)
    _keep(item, one, role, users, now)
    return item, users


def _readers(steps: Sequence[Told]) -> dict[User, list[Item]]:
    """Return what each person is written to about; never of what is sealed off."""
    letters: dict[User, dict[int, Item]] = {}
    for item, users in steps:
        for user in users if not item.secluded else ():
            letters.setdefault(user, {})[item.pk] = item
    return {user: list(items.values()) for user, items in letters.items()}


def _who(channel: Channel, one: Taken, near: Near) -> tuple[str, list[User]]:
    """Return who is told: where nobody holds the role, whoever comes after it."""
    order = list(_ORDER)
    for role in order[order.index(one.step.role) :] if one.step.role in order else []:
        if users := near.holders(channel, role):
            return str(role), users
    return "", near.holders(channel, one.step.role)


_ORDER: Final = (
    Role.CHANNEL_OWNER,
    Role.DEPUTY,
    Role.LINE_MANAGER,
    Role.COMMUNICATIONS_OFFICER,
    Role.COMMUNICATIONS_OFFICE,
    Role.COMMUNICATIONS_DIRECTOR,
)


def _keep(
    item: Item, one: Taken, role: str, users: Sequence[User], now: datetime
) -> None:
    told: dict[str, ledger.JsonValue] = {
        "clock": one.clock,
        "share": one.step.share,
        "role": role,
        "users": [user.pk for user in users],
    }
    entry = ledger.append("item.escalate", item.subject, told, actor=CLOCK.name, at=now)
    told_of: list[User | None] = [*users] or [None]
    Escalation.objects.bulk_create(
        Escalation(
            item=item,
            clock=one.clock,
            share=one.step.share,
            role=role,
            user=user,
            at=now,
            entry=entry,
        )
        for user in told_of
    )


def _near(channels: Sequence[Channel], now: datetime) -> Near:
    rows = Assignment.objects.holding(now).filter(role__in=_ORDER, user__is_active=True)
    held = list(rows.select_related("user", "node"))
    away = absences.away([a.user for a in held], absences.today(now))
    return Near(standing_in.on_duty(channels, at=now), held, away)


def _write(user: User, items: Sequence[Item], now: datetime) -> None:
    count = len(items)
    subject = ngettext(
        "%(count)d answer is urgent", "%(count)d answers are urgent", count
    ) % {"count": count}
    names = "\n".join(sorted({f"– {i.channel.name}" for i in items}))
    body = _(
        "Hi %(name)s!\n\nSomebody waits for an answer, and the time is running out or "
        "has run out:\n\n%(names)s\n\nYou find it on My day in Uppsikt."
    )
    told = {"name": user.first_name, "names": names}
    mail.ask(user.email, subject, body % told, at=now)
