"""What the register knows of the channels' platforms, put as facts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from uppsikt.channels.models import (
    Channel,
    JointControl,
    Measure,
    Opinion,
    Risk,
    Screening,
    SignOff,
)
from uppsikt.checks.platform import WAITS_FOR_OPINION
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Seen

R = TypeVar("R", SignOff, JointControl, Screening)
# A platform by its name, and one channel there, or None: the platform itself.
Place = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Platforms:
    """What was fetched of the platforms of many channels: a query for each kind."""

    risks: Sequence[Place]
    late: Sequence[Place]
    signed: Mapping[str, SignOff]
    joint: Mapping[str, JointControl]
    screened: Mapping[str, Screening]

    @classmethod
    def fetch(cls, channels: Sequence[Channel], at: datetime) -> "Platforms":
        """Read what is known at `at`; five queries, however many channels."""
        sites = {c.site for c in channels}
        heard = Opinion.objects.filter(screening=OuterRef("pk"), at__lte=at)
        screenings = Screening.objects.annotate(heard=Exists(heard))
        return cls(
            list(_risks(sites, at).values_list("site", "channel")),
            list(_late(sites, at)),
            _latest(SignOff.objects.all(), sites, at),
            _latest(JointControl.objects.all(), sites, at),
            _latest(screenings, sites, at),
        )

    def of(self, c: Channel) -> Iterator[Seen]:
        """Yield what is known of the channel's platform, and of its own risks."""
        mine = ((c.site, None), (c.site, c.pk))
        since, signed = c.applied_at, self.signed.get(c.site)
        joint, screened = self.joint.get(c.site), self.screened.get(c.site)
        yield Seen(f.RISKS_KNOWN, sum(r in mine for r in self.risks), since)
        yield Seen(f.MEASURES_LATE, sum(r in mine for r in self.late), since)
        yield _told(f.RISKS_SIGNED, signed, signed.outcome if signed else "", since)
        reference = joint.reference if joint else ""
        yield _told(f.JOINT_CONTROL, joint, reference, since)
        yield _told(f.SCREENED, screened, _outcome(screened), since)


def _told(
    fact: f.Fact,
    row: SignOff | JointControl | Screening | None,
    value: str,
    since: datetime,
) -> Seen:
    if row is None:
        return Seen(fact, "", since)
    return Seen(fact, value, row.at, by=str(row.by))


def _outcome(row: Screening | None) -> str:
    if row is None:
        return ""
    heard: bool = row.heard  # type: ignore[attr-defined]  # annotated
    if row.needs_assessment and not heard:
        return WAITS_FOR_OPINION
    return "assessment" if row.needs_assessment else "none_needed"


def _risks(sites: Iterable[str], at: datetime) -> "QuerySet[Risk]":
    still = Q(closed_at=None) | Q(closed_at__gt=at)
    return Risk.objects.filter(still, site__in=sites, entered_at__lte=at)


def _late(sites: Iterable[str], at: datetime) -> Iterator[Place]:
    day = timezone.localtime(at).date()
    undone = Q(done_at=None) | Q(done_at__gt=at)
    rows = Measure.objects.filter(undone, due_on__lt=day, risk__in=_risks(sites, at))
    yield from rows.values_list("risk__site", "risk__channel")


def _latest(rows: QuerySet[R], sites: Iterable[str], at: datetime) -> dict[str, R]:
    found = rows.filter(site__in=sites, at__lte=at).select_related("by")
    return {row.site: row for row in found.order_by("at", "pk")}
