"""What the guideline makes of what is known: a verdict for each control."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from uppsikt import checks
from uppsikt.governance.models import Exemption
from uppsikt.policy.facts import Facts
from uppsikt.policy.guideline import Control, Guideline
from uppsikt.policy.verdict import Finding, Outcome, Verdict
from uppsikt.policy.words import N_, Message


class Judge:
    """Judges by one guideline at one moment; knows the exemptions that hold then.

    One query, however many things are judged.
    """

    def __init__(self, guideline: Guideline, at: datetime) -> None:
        self.guideline = guideline
        self.at = at
        valid = Exemption.objects.holding(at).select_related("node")
        self.exemptions: Sequence[Exemption] = list(valid)

    def judge(
        self, controls: Iterable[Control], facts: Facts, *, path: str
    ) -> list[Finding]:
        """Return a finding for each control, on the facts of a thing at `path`."""
        return [
            Finding(c, self._verdict(c, facts, path), self.guideline.id)
            for c in controls
        ]

    def _verdict(self, control: Control, facts: Facts, path: str) -> Verdict:
        decided = self._exemption(control, path)
        if decided:
            return _exempt(decided)
        return checks.examine(control, facts, self.guideline, at=self.at)

    def _exemption(self, control: Control, path: str) -> Exemption | None:
        if not control.exemptible:
            return None
        mine = (e for e in self.exemptions if e.control == control.id)
        return next((e for e in mine if path.startswith(e.node.path)), None)


def _exempt(decided: Exemption) -> Verdict:
    message = Message(
        N_("Exempt until %(until)s: %(reason)s"),
        {"until": decided.ends_at, "reason": decided.reason},
    )
    return Verdict(Outcome.EXEMPT, message, due_at=decided.ends_at)
