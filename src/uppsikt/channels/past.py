"""How a channel stood on a day, and on which days something changed (R-6.7-1).

Everything is read from rows that are only added to; nothing is kept for this alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Self

from django.db.models import Model, QuerySet
from django.utils import timezone

from uppsikt.channels import known_past, leaving, recovering
from uppsikt.channels.known_past import Card
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import (
    AccessHolder,
    Authorisation,
    CardVersion,
    Channel,
    ProfileReading,
    RecoveryPath,
)
from uppsikt.governance import rules
from uppsikt.governance.judging import Judge
from uppsikt.governance.models import (
    Adoption,
    Assignment,
    Exemption,
    Node,
    Observation,
    Step,
)
from uppsikt.policy.guideline import About, Guideline
from uppsikt.policy.lifecycle import State
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Finding, Outcome

_LEADS = (Role.CHANNEL_OWNER, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class Day:
    """A channel at the end of a day, or now if the day is today."""

    channel: Channel
    day: date
    at: datetime
    state: State
    card: Card
    listed: bool
    leads: Sequence[Assignment]
    holders: Sequence[AccessHolder]
    allowed: Sequence[Authorisation]
    exemptions: Sequence[Exemption]
    adoption: Adoption | None
    recovery: RecoveryPath | None
    readings: Sequence[ProfileReading]

    @classmethod
    def of(cls, channel: Channel, day: date, *, now: datetime) -> Self:
        """Read how `channel` stood on `day`, no earlier than it was applied for.

        A fixed number of queries.
        """
        at = min(_end(day), now)
        held = Assignment.objects.holding(at).filter(node=channel.node, role__in=_LEADS)
        valid = Exemption.objects.holding(at).filter(node__in=_above(channel))
        adopted = Adoption.objects.filter(starts_at__lte=at).order_by("-starts_at")
        status = known_past.statuses([channel], at=at)[channel.pk]
        return cls(
            channel=channel,
            day=day,
            at=at,
            state=ChannelLife.states[status],
            card=known_past.cards([channel], at=at)[channel.pk],
            listed=known_past.launched(channel, at=at),
            leads=list(held.select_related("user").order_by("role", "starts_at")),
            holders=leaving.holding([channel.pk], at=at),
            allowed=_allowed(channel, day, at),
            exemptions=list(valid.select_related("node")),
            adoption=adopted.first(),
            recovery=recovering.latest(channel, at=at),
            readings=list(_nearest(channel, at)),
        )

    @property
    def guideline(self) -> Guideline | None:
        """Return the version that was in force, if any was."""
        return rules.of(self.adoption) if self.adoption else None

    def exempted(self) -> list[tuple[Exemption, str]]:
        """Return the exemptions, each with its demand as the guideline then put it."""
        says = {c.id: c.says for c in self.guideline.control} if self.guideline else {}
        return [(row, says.get(row.control, row.control)) for row in self.exemptions]

    def findings(self) -> list[Finding]:
        """Return how the channel stood on what the register knows of that day.

        Judged by the guideline that was in force. What is counted from comments and
        cases is not known on this floor and is left out.
        """
        guideline, facts = self.guideline, self.channel.facts(self.at)
        if guideline is None:
            return []
        asked = guideline.about(About.CHANNEL)
        judge = Judge(guideline, self.at)
        found = judge.judge(asked, facts, path=self.channel.path)
        return [x for x in found if _is_known(x)]


def _is_known(finding: Finding) -> bool:
    silent = finding.verdict.outcome is Outcome.NOT_ASSESSED
    return not silent or bool(finding.control.attested_by)


def _end(day: date) -> datetime:
    """Return the last moment of a day here."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(midnight) - timedelta(microseconds=1)


def _above(channel: Channel) -> QuerySet[Node]:
    return Node.objects.filter(pk__in=channel.path.strip("/").split("/"))


def _allowed(channel: Channel, day: date, at: datetime) -> list[Authorisation]:
    rows = Authorisation.objects.holding(day).filter(granted_at__lte=at)
    rows = rows.filter(node__in=_above(channel)).select_related("user", "node")
    return list(rows.order_by("kind", "user__last_name", "pk"))


def _nearest(channel: Channel, at: datetime) -> Iterator[ProfileReading]:
    """Yield the looks at the profile closest before and after the moment."""
    rows = ProfileReading.objects.filter(channel=channel).select_related("by")
    before = rows.filter(at__lte=at).order_by("-at", "-pk").first()
    after = rows.filter(at__gt=at).order_by("at", "pk").first()
    yield from (row for row in (before, after) if row)


def changes(channel: Channel, *, now: datetime) -> list[date]:
    """Return the days on which something about the channel changed, oldest first."""
    found = set(chain(_moments(channel), _days(channel)))
    return sorted(day for day in found if day <= timezone.localtime(now).date())


def _moments(channel: Channel) -> Iterator[date]:
    node, steps = channel.node_id, Step.objects.filter(subject=channel.subject)
    held = Assignment.objects.filter(node=node, role__in=_LEADS)
    exempt = Exemption.objects.filter(node__in=_above(channel))
    told: list[tuple[QuerySet[Model], str]] = [
        (steps, "at"),
        (Observation.objects.filter(node=node), "at"),
        (CardVersion.objects.filter(channel=channel), "at"),
        (held, "starts_at"),
        (held, "ends_at"),
        (exempt, "starts_at"),
        (exempt, "ends_at"),
        (Adoption.objects.all(), "starts_at"),
        (channel.recovery_paths.all(), "at"),
    ]
    for rows, name in told:
        known = rows.exclude(**{name: None}).values_list(name, flat=True)
        yield from (timezone.localtime(moment).date() for moment in known)


def _days(channel: Channel) -> Iterator[date]:
    holders = AccessHolder.objects.filter(channel=channel)
    allowed = Authorisation.objects.filter(node__in=_above(channel))
    for since, until in holders.values_list("since", "until"):
        yield since
        if until:
            yield until
    for since, last in allowed.values_list("since", "until"):
        yield since
        if last:
            yield last + timedelta(days=1)
