"""The samples of a half-year as a table: how each point was met, by place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Node
from uppsikt.inbox.models import Mark, Sample, SampledAnswer

Key = tuple[int, str, bool]
"""A channel, a point, and whether it was met."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a point was met, of all answers that it applied to."""

    met: int
    judged: int

    @property
    def share(self) -> int | None:
        """Return the per cent that met it; None before any."""
        return round(100 * self.met / self.judged) if self.judged else None


@dataclass(frozen=True, slots=True)
class Row:
    """A channel with its latest sample of the time, or a department with all."""

    place: Channel | Node
    sample: Sample | None
    answers: int
    reviewed: int
    tallies: Sequence[Tally]

    @property
    def share(self) -> int | None:
        """Return the per cent of all marks that said met."""
        met = sum(t.met for t in self.tallies)
        return Tally(met, sum(t.judged for t in self.tallies)).share


@dataclass(frozen=True, slots=True)
class Times:
    """From when, until when, that samples were drawn."""

    first: datetime
    end: datetime


class Table:
    """What was found in samples that were drawn within some time, by three queries."""

    def __init__(
        self, channels: Sequence[Channel], times: Times, points: Iterable[str]
    ) -> None:
        self.channels, self.points = channels, tuple(points)
        self._samples = _latest(channels, times)
        self._counts = _counts(self._samples.values())
        self._marks = _marks(self._samples.values())

    def rows(self) -> list[Row]:
        """Return a row for each channel."""
        return [
            self._row(it, self._samples.get(it.pk), [it.pk]) for it in self.channels
        ]

    def departments(self, nodes: Iterable[Node]) -> list[Row]:
        """Return a row for each department that has a reviewed answer."""
        rows = [self._row(node, None, self._within(node)) for node in nodes]
        return [row for row in rows if row.reviewed]

    def _within(self, node: Node) -> list[int]:
        return [c.pk for c in self.channels if c.path.startswith(node.path)]

    def _row(
        self, place: Channel | Node, sample: Sample | None, channels: Sequence[int]
    ) -> Row:
        counts = [self._counts.get(pk, (0, 0)) for pk in channels]
        tallies = [self._tally(channels, point) for point in self.points]
        answers, reviewed = sum(a for a, _ in counts), sum(r for _, r in counts)
        return Row(place, sample, answers, reviewed, tallies)

    def _tally(self, channels: Sequence[int], point: str) -> Tally:
        met = sum(self._marks[pk, point, True] for pk in channels)
        return Tally(met, met + sum(self._marks[pk, point, False] for pk in channels))


def _latest(channels: Sequence[Channel], times: Times) -> dict[int, Sample]:
    rows = Sample.objects.filter(channel__in=channels)
    rows = rows.filter(drawn_at__gte=times.first, drawn_at__lt=times.end)
    return {sample.channel_id: sample for sample in rows.order_by("drawn_at", "pk")}


def _counts(samples: Iterable[Sample]) -> Mapping[int, tuple[int, int]]:
    rows = SampledAnswer.objects.filter(sample__in=list(samples)).order_by()
    told = rows.values_list("sample__channel").annotate(
        Count("pk"), Count("reviewed_at")
    )
    return {channel: (answers, reviewed) for channel, answers, reviewed in told}


def _marks(samples: Iterable[Sample]) -> Counter[Key]:
    rows = Mark.objects.filter(answer__sample__in=list(samples)).exclude(met=None)
    told = rows.order_by().values_list("answer__sample__channel", "point", "met")
    return Counter({(c, p, bool(m)): n for c, p, m, n in told.annotate(Count("pk"))})
