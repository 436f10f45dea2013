"""Channels in use that ask for a review or a decision, as the checks say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from uppsikt.channels import known as of_register
from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.judging import Judge
from uppsikt.inbox import load
from uppsikt.policy.facts import Facts
from uppsikt.policy.guideline import About
from uppsikt.policy.verdict import Finding, Outcome

REVIEW: Final = "review_is_current"
FOLLOW: Final = "review_is_followed"
UPDATED: Final = "is_updated"
LOAD: Final = "resources_suffice"
CHECKS: Final = (REVIEW, FOLLOW, UPDATED)
_ASKS: Final = (Outcome.DUE, Outcome.NOT_MET)


@dataclass(frozen=True, slots=True)
class Asking:
    """A channel, and one demand that asks somebody to act."""

    channel: Channel
    finding: Finding

    @property
    def check(self) -> str:
        return self.finding.control.check

    @property
    def late(self) -> bool:
        return self.finding.verdict.outcome is Outcome.NOT_MET

    @property
    def due_on(self) -> date | None:
        """Return the day before which somebody is to act, if it is not too late."""
        due_at = self.finding.verdict.due_at
        return timezone.localtime(due_at).date() if due_at else None


def asking(
    channels: Sequence[Channel], checks: Collection[str] = CHECKS, *, at: datetime
) -> list[Asking]:
    """Return what `checks` ask of `channels`: what is late first, then what is due."""
    found = findings(channels, checks, at=at)
    asked = [
        Asking(c, one)
        for c in channels
        for one in found[c.pk]
        if one.verdict.outcome in _ASKS
    ]
    return sorted(asked, key=lambda a: (not a.late, a.channel.name))


def findings(
    channels: Sequence[Channel], checks: Collection[str], *, at: datetime
) -> dict[int, list[Finding]]:
    """Return, by channel, how it stands on the controls that use `checks`.

    A fixed number of queries, however many channels.
    """
    guideline = rules.in_force(at)
    controls = [c for c in guideline.about(About.CHANNEL) if c.check in checks]
    judge, known = Judge(guideline, at), facts(channels, at=at)
    return {c.pk: judge.judge(controls, known[c.pk], path=c.path) for c in channels}


def facts(channels: Sequence[Channel], *, at: datetime) -> dict[int, Facts]:
    """Return what the register knows of `channels`, and what comes in and goes out."""
    register, carried = of_register.of(channels, at=at), load.of(channels, at=at)
    return {c.pk: register[c.pk].with_(carried[c.pk]) for c in channels}
