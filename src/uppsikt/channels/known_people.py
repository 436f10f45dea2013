"""What the register knows of a channel's people, put as facts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone

from uppsikt.channels import leaving
from uppsikt.channels.models import AccessHolder, Authorisation, Channel, RecoveryPath
from uppsikt.governance.models import Absence, Assignment
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Seen

AHEAD: Final = 31
"""How many days ahead it is looked whether anybody is there."""
Kind = Authorisation.Kind


@dataclass(frozen=True, slots=True)
class People:
    """What was fetched of the people of many channels: a query for each kind."""

    day: date
    holders: Mapping[int, Sequence[AccessHolder]]
    gone: Mapping[int, datetime]
    allowed: Sequence[Authorisation]
    absences: Sequence[Absence]
    recovery: Mapping[int, int]

    @classmethod
    def fetch(
        cls, channels: Sequence[Channel], leads: Iterable[Assignment], at: datetime
    ) -> "People":
        """Read what is known at `at`; five queries, however many channels."""
        day, ids = timezone.localtime(at).date(), [c.pk for c in channels]
        held = leaving.holding(ids, at=at)
        by_channel: dict[int, list[AccessHolder]] = {}
        for row in held:
            by_channel.setdefault(row.channel_id, []).append(row)
        users = {a.user_id for a in leads}
        away = Absence.objects.between(day, day + timedelta(days=AHEAD))
        allowed = Authorisation.objects.holding(day).select_related("node")
        return cls(
            day,
            by_channel,
            leaving.departures(held, at=at),
            list(allowed.filter(granted_at__lte=at)),
            list(away.filter(user__in=users, entered_at__lte=at)),
            _recovery(ids, at),
        )

    def of(self, c: Channel, leads: Sequence[Assignment]) -> Iterator[Seen]:
        """Yield what is known of the people of one channel."""
        held = self.holders.get(c.pk, ())
        here = [h for h in held if h.pk not in self.gone]
        yield Seen(f.ACCESS_HOLDERS, len(here), c.applied_at)
        yield from _guarded(here, c.applied_at)
        yield self._leavers(held, c.applied_at)
        publishers = [h for h in here if h.publishes]
        yield self._lacking(f.UNAUTHORISED_HOLDERS, Kind.PUBLISH, c, publishers)
        representing = f.UNAUTHORISED_REPRESENTATIVES
        yield self._lacking(representing, Kind.REPRESENT, c, leads)
        empty = tuple(day.isoformat() for day in self._empty_days(leads))
        yield Seen(f.DAYS_WITHOUT_ANYBODY, empty, c.applied_at)
        yield Seen(f.RECOVERY_KNOWN_BY, self.recovery.get(c.pk, 0), c.applied_at)

    def _leavers(self, held: Sequence[AccessHolder], since: datetime) -> Seen:
        left = [h for h in held if h.pk in self.gone]
        names = tuple(str(h.user) for h in left)
        first = min((self.gone[h.pk] for h in left), default=since)
        return Seen(f.LEAVERS_WITH_ACCESS, names, first)

    def _lacking(
        self,
        fact: f.Fact,
        kind: str,
        c: Channel,
        rows: Sequence[AccessHolder] | Sequence[Assignment],
    ) -> Seen:
        may = {a.user_id for a in self.allowed if a.kind == kind and a.reaches(c)}
        lacking = dict.fromkeys(str(r.user) for r in rows if r.user_id not in may)
        return Seen(fact, tuple(lacking), c.applied_at)

    def _empty_days(self, leads: Sequence[Assignment]) -> Iterator[date]:
        users = {a.user_id for a in leads}
        days = (self.day + timedelta(days=n) for n in range(AHEAD))
        for day in days if users else ():
            away = {a.user_id for a in self.absences if a.covers(day)}
            if users <= away:
                yield day


def _guarded(here: Sequence[AccessHolder], since: datetime) -> Iterator[Seen]:
    without = tuple(str(h.user) for h in here if not h.guarded)
    seen = tuple(f"{h.two_factor_on} {h.user}" for h in here if h.guarded)
    yield Seen(f.HOLDERS_WITHOUT_TWO_FACTOR, without, since)
    if seen:
        yield Seen(f.HOLDERS_SEEN_GUARDED, seen, since)


def _recovery(channels: Sequence[int], at: datetime) -> dict[int, int]:
    """Return how many, still here, know of the latest path of each channel."""
    here = Q(known_by__left_at=None) | Q(known_by__left_at__gt=at)
    rows = RecoveryPath.objects.filter(channel__in=channels, at__lte=at)
    counted = rows.annotate(knowing=Count("known_by", filter=here))
    told = counted.order_by("at", "pk").values_list("channel", "knowing")
    return dict(told)
