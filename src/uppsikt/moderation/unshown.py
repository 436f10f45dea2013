"""Whether those who write could read the rules that a removal rests on (R-6.1-6)."""

from dataclasses import dataclass
from datetime import datetime

from uppsikt.channels import profile_known
from uppsikt.channels.models import Channel, ProfileReading
from uppsikt.checks.profile import rules_are_shown
from uppsikt.governance import rules
from uppsikt.governance.judging import Judge
from uppsikt.policy.facts import Facts
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.sameness import fingerprint
from uppsikt.policy.verdict import Finding, Outcome

_UNSHOWN = (Outcome.NOT_MET, Outcome.NOT_ASSESSED)


@dataclass(frozen=True, slots=True)
class Unshown:
    """That the rules in force are not seen on the profile.

    `last_seen` is when they last were, and `since` the first look after it, which did
    not find them; both are None if they never were.
    """

    finding: Finding
    last_seen: datetime | None = None
    since: datetime | None = None


def of(channel: Channel, *, at: datetime) -> Unshown | None:
    """Return what to warn of before a removal at `at`, if there is anything.

    A warning and never a stop: what was written may have to go all the same. Nothing is
    said where the rules cannot stand on the platform.
    """
    guideline = rules.in_force(at)
    asked = [c for c in guideline.control if c.check == rules_are_shown.__name__]
    seen = profile_known.of([channel], at=at).get(channel.pk, ())
    found = Judge(guideline, at).judge(asked, Facts.of(seen), path=channel.path)
    missing = (one for one in found if one.verdict.outcome in _UNSHOWN)
    finding = next(missing, None)
    return _since(finding, channel, guideline, at) if finding else None


def _since(
    finding: Finding, channel: Channel, guideline: Guideline, at: datetime
) -> Unshown:
    mark = fingerprint(guideline.text(finding.control.args["text"]))
    looks = ProfileReading.objects.filter(channel=channel, at__lte=at).order_by("at")
    last = looks.filter(rules_seen=mark).last()
    if last is None:
        return Unshown(finding)
    after = looks.filter(at__gt=last.at).first()
    return Unshown(finding, last.at, after.at if after else None)
