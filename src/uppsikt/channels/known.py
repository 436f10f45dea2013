"""What the register knows of channels, put as facts: one query per kind of row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance import observations
from uppsikt.governance.models import Assignment
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts, Seen
from uppsikt.policy.roles import Role


def of(channels: Sequence[Channel], *, at: datetime) -> dict[int, Facts]:
    """Return the facts of each channel at `at`, by its primary key.

    A query each for assignments, access holders and observations, however many
    channels, and for the people proposed where something is applied for.
    """
    applied = [c for c in channels if c.state is ChannelLife.applied]
    prefetch_related_objects(applied, "proposed_owner", "proposed_deputy")
    nodes = [c.node_id for c in channels]
    observed = observations.of(nodes, at=at)
    people = _people(nodes, at)
    holders = _holders([c.pk for c in channels], at)
    return {
        c.pk: Facts.of(
            [
                *_card(c),
                *_named(people.get(c.node_id, []), c.applied_at),
                *_access(holders.get(c.pk, []), c.applied_at),
                *_held(observed.get(c.node_id, []), people.get(c.node_id, [])),
            ]
        )
        for c in channels
    }


def _card(c: Channel) -> Iterator[Seen]:
    told = [
        (f.PLATFORM, c.site),
        (f.STATUS, c.status),
        (f.PURPOSE, c.purpose),
        (f.PURPOSE_CODES, tuple(c.purpose_codes)),
        (f.AUDIENCE, c.audience),
        (f.GOAL, c.goal_contribution),
        (f.BENEFIT, c.benefit),
        (f.HOURS, c.hours_per_week),
        (f.DESCRIPTION, c.description),
        (f.CONTACT, c.contact),
        (f.LISTED, c.launched_at is not None),
    ]
    for fact, value in told:
        yield Seen(fact, fact.checked(value), c.applied_at)
    yield from _proposed(c)


def _proposed(c: Channel) -> Iterator[Seen]:
    """Yield who is proposed; once decided, only an assignment names anybody."""
    applied = c.state is ChannelLife.applied
    owner = str(c.proposed_owner) if applied else ""
    deputy = str(c.proposed_deputy) if applied and c.proposed_deputy else ""
    yield Seen(f.OWNER, owner, c.applied_at, source="application")
    yield Seen(f.DEPUTY, deputy, c.applied_at, source="application")


def _named(rows: Iterable[Assignment], since: datetime) -> Iterator[Seen]:
    for row in rows:
        fact = f.OWNER if row.role == Role.CHANNEL_OWNER else f.DEPUTY
        yield Seen(fact, str(row.user), max(row.starts_at, since))


def _held(seen: Sequence[Seen], people: Iterable[Assignment]) -> Iterator[Seen]:
    """Yield what was observed, without what an earlier owner promised (R-3.3-2)."""
    owned = [a.starts_at for a in people if a.role == Role.CHANNEL_OWNER]
    since = max(owned, default=None)
    for one in seen:
        if one.fact is not f.RESPONSIBILITY or (since and one.at >= since):
            yield one


def _access(rows: Sequence[AccessHolder], since: datetime) -> Iterator[Seen]:
    without = tuple(str(h.user) for h in rows if not h.two_factor_on)
    yield Seen(f.ACCESS_HOLDERS, len(rows), since)
    yield Seen(f.HOLDERS_WITHOUT_TWO_FACTOR, without, since)


def _people(nodes: Sequence[int], at: datetime) -> dict[int, list[Assignment]]:
    rows = Assignment.objects.holding(at).filter(
        node__in=nodes, role__in=[Role.CHANNEL_OWNER, Role.DEPUTY]
    )
    found: dict[int, list[Assignment]] = {}
    for row in rows.select_related("user"):
        found.setdefault(row.node_id, []).append(row)
    return found


def _holders(channels: Sequence[int], at: datetime) -> dict[int, list[AccessHolder]]:
    day = timezone.localtime(at).date()
    rows = AccessHolder.objects.filter(channel__in=channels, since__lte=day)
    found: dict[int, list[AccessHolder]] = {}
    for row in rows.exclude(until__lte=day).select_related("user"):
        if row.user.is_active:
            found.setdefault(row.channel_id, []).append(row)
    return found
