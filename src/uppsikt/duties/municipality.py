"""How the municipality itself stands: its guideline, its office, its laws."""

from datetime import datetime

from uppsikt.duties.matrix import ASKS
from uppsikt.governance import adopted_texts, known, rules
from uppsikt.governance.judging import Judge
from uppsikt.policy.guideline import About, Guideline
from uppsikt.policy.verdict import Finding


def findings(*, at: datetime) -> list[Finding]:
    """Return a finding for each demand on the municipality at `at` (R-3.2-4, D-35)."""
    return judged(rules.in_force(at), at=at)


def judged(guideline: Guideline, *, at: datetime) -> list[Finding]:
    """Return how the municipality stands at `at`, by any guideline."""
    controls = guideline.about(About.MUNICIPALITY)
    facts = known.of_municipality(at=at)
    path = adopted_texts.top().path
    return Judge(guideline, at).judge(controls, facts, path=path)


def asking(*, at: datetime) -> list[Finding]:
    """Return the demands on the municipality that ask for something at `at`."""
    return [f for f in findings(at=at) if f.verdict.outcome in ASKS]
