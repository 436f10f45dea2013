"""On which days each channel was, or is, to be watched: by what held on that day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Final, Self

from django.db.models import Min, Q
from django.utils import timezone

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.models import Adoption, Exemption, Observation
from uppsikt.inbox.models import Item
from uppsikt.policy import facts as f
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.watch_days import WatchDays

CONTROL: Final = "6.4-watch"


class Off(StrEnum):
    """Why nobody had to watch a channel on a day."""

    NOT_IN_USE = "off"
    FREE = "free"
    QUIET = "quiet"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when until when nothing could be written to a channel."""

    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class AskedDays:
    """What decides whether a channel was to be watched on a day.

    A past day is judged by the guideline and the exemptions of that day: a rule that
    is eased later makes no missed day good.
    """

    versions: Sequence[tuple[date, Guideline]]
    quiet: Mapping[int, Sequence[Quiet]]
    exempt: Sequence[Exemption]

    @classmethod
    def of(cls, channels: Sequence[Channel], *, at: datetime) -> Self:
        """Read what held until `at`; four queries, however many channels and days."""
        adopted = Adoption.objects.filter(starts_at__lte=at).order_by("starts_at")
        versions = [(_day(a.starts_at), rules.of(a)) for a in adopted]
        decided = Exemption.objects.begun(at).filter(control=CONTROL)
        return cls(versions, _quiet(channels, at), list(decided.select_related("node")))

    def why_not(self, channel: Channel, day: date) -> Off | None:
        """Return why nobody has to watch `channel` on `day`, or None: somebody has."""
        if not _in_use(channel, day):
            return Off.NOT_IN_USE
        if any(q.covers(day) for q in self.quiet.get(channel.pk, ())):
            return Off.QUIET
        guideline = self._in_force(day)
        if not _rule(guideline).asks(day, guideline.working_calendar):
            return Off.FREE
        return Off.EXEMPT if self._is_exempt(channel, day, guideline) else None

    def _in_force(self, day: date) -> Guideline:
        held = [g for since, g in self.versions if since <= day]
        return held[-1] if held else self.versions[0][1]

    def _is_exempt(self, channel: Channel, day: date, guideline: Guideline) -> bool:
        return _can_be_exempt(guideline) and any(
            channel.path.startswith(e.node.path) and _covers(e, day)
            for e in self.exempt
        )


@cache
def _rule(guideline: Guideline) -> WatchDays:
    """Return the days that a guideline asks for; an older file says every day."""
    said = guideline.parameters.get("oversight_days")
    return WatchDays(str(said.value)) if said else WatchDays.ALL


@cache
def _can_be_exempt(guideline: Guideline) -> bool:
    return any(c.exemptible for c in guideline.control if c.id == CONTROL)


def _covers(exemption: Exemption, day: date) -> bool:
    if exemption.starts_at is None or exemption.ends_at is None:
        return False
    return _day(exemption.starts_at) <= day < _day(exemption.ends_at)


def _in_use(channel: Channel, day: date) -> bool:
    launched, closed = channel.launched_at, channel.closed_at
    if launched is None or day < _day(launched):
        return False
    return closed is None or day < _day(closed)


def _quiet(channels: Sequence[Channel], at: datetime) -> dict[int, list[Quiet]]:
    """Return when nothing could be written, by what people said of each channel."""
    nodes = {c.node_id: c.pk for c in channels}
    rows = Observation.objects.filter(
        node__in=nodes, fact=f.NOTHING_COMES_IN.name, at__lte=at
    )
    said: dict[int, list[Observation]] = {}
    for row in rows.order_by("at", "pk"):
        said.setdefault(nodes[row.node_id], []).append(row)
    came = _first_after({pk: rows[-1].at for pk, rows in said.items()})
    return {pk: list(_stretches(rows, came.get(pk))) for pk, rows in said.items()}


def _stretches(rows: Sequence[Observation], came: datetime | None) -> Iterator[Quiet]:
    """Yield each time a channel was quiet: until told otherwise, or proved wrong."""
    ends: Iterable[Observation | None] = [*rows[1:], None]
    for row, after in zip(rows, ends, strict=True):
        if row.value is True:
            end = after.at if after else came
            yield Quiet(_day(row.at), _day(end) if end else None)


def _first_after(since: Mapping[int, datetime]) -> dict[int, datetime]:
    wanted = Q(pk__in=[])
    for pk, moment in since.items():
        wanted |= Q(channel=pk, received_at__gt=moment)
    rows = Item.objects.filter(wanted, own=False, secluded=False)
    return dict(rows.values_list("channel").annotate(at=Min("received_at")).order_by())


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
