"""What the guideline makes of what is known: a verdict for each control."""

from collections.abc import Iterable
from datetime import datetime

from uppsikt import checks
from uppsikt.governance.models import Exemption
from uppsikt.policy.facts import Facts
from uppsikt.policy.guideline import Control, Guideline
from uppsikt.policy.verdict import Finding, Outcome, Verdict
from uppsikt.policy.words import N_, Message


def judge(
    controls: Iterable[Control],
    facts: Facts,
    guideline: Guideline,
    *,
    path: str,
    at: datetime,
) -> list[Finding]:
    """Return a finding for each control, by the guideline given, as of `at`."""
    exempt = _exemptions(path, at)
    return [
        Finding(c, _verdict(c, facts, guideline, exempt, at), guideline.id)
        for c in controls
    ]


def _verdict(
    control: Control,
    facts: Facts,
    guideline: Guideline,
    exempt: dict[str, Exemption],
    at: datetime,
) -> Verdict:
    decided = exempt.get(control.id)
    if decided and control.exemptible:
        return _exempt(decided)
    return checks.examine(control, facts, guideline, at=at)


def _exempt(decided: Exemption) -> Verdict:
    message = Message(
        N_("Exempt until %(until)s: %(reason)s"),
        {"until": decided.ends_at, "reason": decided.reason},
    )
    return Verdict(Outcome.EXEMPT, message, due_at=decided.ends_at)


def _exemptions(path: str, at: datetime) -> dict[str, Exemption]:
    valid = Exemption.objects.filter(starts_at__lte=at, ends_at__gt=at)
    rows = valid.select_related("node")
    return {e.control: e for e in rows if path.startswith(e.node.path)}
