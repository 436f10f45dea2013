"""What a proposed guideline would do to the channels, told before it is decided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from uppsikt.channels.models import Channel
from uppsikt.duties import matrix, municipality
from uppsikt.duties.matrix import ASKS
from uppsikt.governance import adopted_texts, rules
from uppsikt.governance.judging import Judge
from uppsikt.policy.guideline import About, Control, Guideline
from uppsikt.policy.verdict import Finding


@dataclass(slots=True)
class Effect:
    """A demand, and who would lack it, or would no longer."""

    control: Control
    lacking: list[str] = field(default_factory=list)
    freed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Effects:
    """All that a version would change: by demand, and how many channels lack more."""

    rows: tuple[Effect, ...]
    channels: int
    judged: int


@dataclass(frozen=True, slots=True)
class _Stand:
    name: str
    before: list[Finding]
    after: list[Finding]


def of(channels: Sequence[Channel], proposed: Guideline, *, at: datetime) -> Effects:
    """Judge `channels` and the municipality by both versions, on the same facts.

    A fixed number of queries, however many channels.
    """
    now = rules.in_force(at)
    known = matrix.facts(channels, at)
    judge, other = Judge(now, at), Judge(proposed, at)
    asked, asks = now.about(About.CHANNEL), proposed.about(About.CHANNEL)
    stands = [
        _Stand(
            channel.name,
            judge.judge(asked, known[channel.pk], path=channel.path),
            other.judge(asks, known[channel.pk], path=channel.path),
        )
        for channel in channels
    ]
    lacking = sum(any(_lacking(stand)) for stand in stands)
    rows = _rows([*stands, _ours(now, proposed, at)])
    return Effects(tuple(rows), lacking, len(channels))


def _ours(now: Guideline, proposed: Guideline, at: datetime) -> _Stand:
    """Return how the municipality itself stands by both."""
    before = municipality.judged(now, at=at)
    after = municipality.judged(proposed, at=at)
    return _Stand(adopted_texts.top().name, before, after)


def _rows(stands: Iterable[_Stand]) -> list[Effect]:
    found: dict[str, Effect] = {}
    for stand in stands:
        for control in _lacking(stand):
            _row(found, control).lacking.append(stand.name)
        for control in _freed(stand):
            _row(found, control).freed.append(stand.name)
    return sorted(found.values(), key=lambda row: (-len(row.lacking), row.control.id))


def _row(found: dict[str, Effect], control: Control) -> Effect:
    return found.setdefault(control.id, Effect(control))


def _lacking(stand: _Stand) -> Iterator[Control]:
    """Yield the demands that are open by the proposed version and not by this one."""
    return _only(stand.after, stand.before)


def _freed(stand: _Stand) -> Iterator[Control]:
    return _only(stand.before, stand.after)


def _only(here: list[Finding], there: list[Finding]) -> Iterator[Control]:
    elsewhere = {f.control.id for f in _open(there)}
    for finding in _open(here):
        if finding.control.id not in elsewhere:
            yield finding.control


def _open(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (f for f in findings if f.verdict.outcome in ASKS)
