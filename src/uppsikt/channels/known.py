"""What the register knows of channels, put as facts: one query per kind of row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db.models import prefetch_related_objects

from uppsikt.channels import (
    confirming,
    course,
    known_past,
    known_steps,
    profile_known,
    suggesting,
)
from uppsikt.channels.known_past import Card
from uppsikt.channels.known_people import People
from uppsikt.channels.known_platforms import Platforms
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance import observations, receipts
from uppsikt.governance.models import Assignment
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts, Seen
from uppsikt.policy.roles import Role

OWNERS_OWN: Final = (f.RESPONSIBILITY, f.CONTACT_CHECKED)


def of(channels: Sequence[Channel], *, at: datetime) -> dict[int, Facts]:
    """Return the facts of each channel at `at`, by its primary key.

    A fixed number of queries, however many channels: one for each kind of row, and
    for the people proposed where something is applied for. What has a history is read
    as it stood at `at`.
    """
    proposed = (ChannelLife.found, ChannelLife.applied)
    applied = [c for c in channels if c.state in proposed]
    prefetch_related_objects(applied, "proposed_owner", "proposed_deputy")
    nodes = [c.node_id for c in channels]
    observed = observations.of(nodes, at=at)
    people = _people(nodes, at)
    unread = receipts.of_channels(nodes, at=at)
    leads = [row for rows in people.values() for row in rows]
    staff = People.fetch(channels, leads, at)
    platforms = Platforms.fetch(channels, at)
    cards = known_past.cards(channels, at=at)
    statuses = known_past.statuses(channels, at=at)
    steps = known_steps.of(channels, at=at)
    profiles = profile_known.of(channels, at=at)
    since = course.of(channels, observed)
    confirmed = confirming.known(channels, at=at)
    late = suggesting.late(channels, at=at)
    return {
        c.pk: Facts.of(
            [
                *_card(c, cards[c.pk], statuses[c.pk], at),
                *_named(people.get(c.node_id, []), c.applied_at),
                *staff.of(c, people.get(c.node_id, [])),
                *platforms.of(c),
                *_reached(people.get(c.node_id, []), staff.holders.get(c.pk, ())),
                *steps[c.pk],
                *profiles.get(c.pk, ()),
                *since[c.pk],
                *confirmed.get(c.pk, ()),
                Seen(f.FEEDBACK_OVERDUE, late.get(c.pk, 0), at),
                *unread.get(c.node_id, ()),
                *_held(observed.get(c.node_id, []), people.get(c.node_id, [])),
            ]
        )
        for c in channels
    }


def _card(c: Channel, card: Card, status: str, at: datetime) -> Iterator[Seen]:
    told = [
        (f.PLATFORM, c.site),
        (f.STATUS, status),
        (f.PURPOSE, card.purpose),
        (f.PURPOSE_CODES, tuple(card.purpose_codes)),
        (f.AUDIENCE, card.audience),
        (f.AUDIENCE_GROUPS, tuple(card.audience_groups)),
        (f.GOAL, card.goal_contribution),
        (f.BENEFIT, card.benefit),
        (f.HOURS, card.hours_per_week),
        (f.DESCRIPTION, card.description),
        (f.CONTACT, card.contact),
        (f.LISTED, known_past.launched(c, at=at)),
    ]
    for fact, value in told:
        yield Seen(fact, fact.checked(value), c.applied_at)
    yield from _proposed(c, status)


def _proposed(c: Channel, status: str) -> Iterator[Seen]:
    """Yield who is proposed; once decided, only an assignment names anybody."""
    applied = known_past.undecided(status)
    owner = str(c.proposed_owner) if applied and c.proposed_owner else ""
    deputy = str(c.proposed_deputy) if applied and c.proposed_deputy else ""
    yield Seen(f.OWNER, owner, c.applied_at, source="application")
    yield Seen(f.DEPUTY, deputy, c.applied_at, source="application")


def _named(rows: Iterable[Assignment], since: datetime) -> Iterator[Seen]:
    for row in rows:
        fact = f.OWNER if row.role == Role.CHANNEL_OWNER else f.DEPUTY
        yield Seen(fact, str(row.user), max(row.starts_at, since))


def _held(seen: Sequence[Seen], people: Iterable[Assignment]) -> Iterator[Seen]:
    """Yield what was observed, without what an earlier owner promised.

    Who takes over accepts anew, and checks the contact details (R-3.3-2, R-6.1-3).
    """
    owned = [a.starts_at for a in people if a.role == Role.CHANNEL_OWNER]
    since = max(owned, default=None)
    for one in seen:
        if one.fact not in OWNERS_OWN or (since and one.at >= since):
            yield one


def _reached(
    people: Iterable[Assignment], rows: Iterable[AccessHolder]
) -> Iterator[Seen]:
    """Yield whether who is responsible is among those who reach the account."""
    reach = {holder.user_id for holder in rows}
    for row in people:
        if row.role == Role.CHANNEL_OWNER:
            yield Seen(f.OWNER_REACHES, row.user_id in reach, row.starts_at)


def _people(nodes: Sequence[int], at: datetime) -> dict[int, list[Assignment]]:
    rows = Assignment.objects.holding(at).filter(
        node__in=nodes, role__in=[Role.CHANNEL_OWNER, Role.DEPUTY]
    )
    found: dict[int, list[Assignment]] = {}
    for row in rows.select_related("user"):
        found.setdefault(row.node_id, []).append(row)
    return found
