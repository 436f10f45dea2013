"""How a channel stands on one demand, asked as gates, matrix and card ask it."""

from datetime import datetime

from uppsikt.channels.models import Channel
from uppsikt.duties import matrix
from uppsikt.governance import rules
from uppsikt.governance.judging import Judge
from uppsikt.policy.verdict import Outcome, Verdict


def verdict(channel: Channel, control: str, at: datetime) -> Verdict:
    """Return the verdict of one control on `channel` at `at`."""
    guideline = rules.in_force(at)
    [asked] = [c for c in guideline.control if c.id == control]
    facts = channel.facts(at)
    [found] = Judge(guideline, at).judge([asked], facts, path=channel.path)
    return found.verdict


def outcome(channel: Channel, control: str, at: datetime) -> Outcome:
    """Return how `channel` stands on one control at `at`."""
    return verdict(channel, control, at).outcome


def whole(channel: Channel, control: str, at: datetime) -> Verdict:
    """Return the verdict of one control on all that any floor knows, as the matrix."""
    row = matrix.of([channel], at=at).rows[0]
    return next(f.verdict for f in row.findings if f.control.id == control)
