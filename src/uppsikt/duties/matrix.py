"""How every channel stands on every demand: one look, a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from uppsikt.channels import known as of_register
from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.judging import Judge
from uppsikt.inbox import known as of_inbox
from uppsikt.moderation import known as of_moderation
from uppsikt.policy.facts import Facts
from uppsikt.policy.guideline import About, Control, Guideline
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Finding, Outcome

ASKS = (Outcome.NOT_MET, Outcome.DUE, Outcome.NOT_ASSESSED)


@dataclass(frozen=True, slots=True)
class Row:
    """A channel with a finding for each control."""

    channel: Channel
    findings: tuple[Finding, ...]

    @property
    def open(self) -> int:
        """Return how many demands ask for something."""
        return sum(f.verdict.outcome in ASKS for f in self.findings)

    def asking(self, roles: frozenset[Role]) -> list[Finding]:
        """Return the findings that somebody with `roles` can attest."""
        return [
            f
            for f in self.findings
            if f.verdict.outcome in ASKS and roles & set(f.control.attested_by)
        ]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All channels by all controls, judged by one guideline at one moment."""

    guideline: Guideline
    controls: tuple[Control, ...]
    rows: tuple[Row, ...]


def of(channels: Sequence[Channel], *, at: datetime) -> Matrix:
    """Return how `channels` stand at `at`, by the guideline then in force (R-1-2)."""
    guideline = rules.in_force(at)
    controls = tuple(guideline.about(About.CHANNEL))
    judge = Judge(guideline, at)
    known = facts(channels, at)
    rows = (
        Row(c, tuple(judge.judge(controls, known[c.pk], path=c.path))) for c in channels
    )
    return Matrix(guideline, controls, tuple(rows))


def attestations(actor: Actor, *, at: datetime) -> list[tuple[Channel, list[Finding]]]:
    """Return what the actor is asked to confirm, by channel."""
    mine = Channel.objects.visible_to(actor).open().select_related("node")
    rows = of(list(mine.order_by("name")[:MOST]), at=at).rows
    asked = ((r.channel, r.asking(actor.roles_at(r.channel.path))) for r in rows)
    return [(channel, findings) for channel, findings in asked if findings]


MOST = 60


def facts(channels: Sequence[Channel], at: datetime) -> dict[int, Facts]:
    """Return what each floor knows of `channels` at `at`, by primary key."""
    register = of_register.of(channels, at=at)
    inbox = of_inbox.of(channels, at=at)
    moderation = of_moderation.of_channels(channels, at=at)
    return {
        c.pk: register[c.pk].with_([*inbox.get(c.pk, ()), *moderation.get(c.pk, ())])
        for c in channels
    }
