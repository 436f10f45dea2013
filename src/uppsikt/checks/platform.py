"""Checks asked of a channel about its platform: risks, measures, data protection."""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from uppsikt.policy import facts as f
from uppsikt.policy.facts import Fact, Facts, Seen
from uppsikt.policy.recurrence import Every
from uppsikt.policy.verdict import Verdict, due, met, not_assessed, not_met
from uppsikt.policy.words import N_
from uppsikt.policy.workdays import STOCKHOLM

_ZONE: Final = ZoneInfo(STOCKHOLM)
STOP: Final = "stop"
"""The decision that a platform is not to be used."""
WAITS_FOR_OPINION: Final = "waits_for_opinion"
"""A screening that found a need, of which the officer has said nothing yet."""


def platform_has_current_risks(facts: Facts, *, every: str, at: datetime) -> Verdict:
    """Tell whether the platform's risks are known and decided on lately (R-0-6)."""
    known = facts.get(f.RISKS_KNOWN, at)
    if known is not None and not known.value:
        return not_met(N_("No risk of the platform stands in the register."), known)
    signed = facts.get(f.RISKS_SIGNED, at)
    if signed is None or not signed.value:
        return not_assessed(f.RISKS_SIGNED)
    if signed.value == STOP:
        return not_met(N_("It is decided that the platform is not used."), signed)
    return _lately(signed, every, at)


def measures_are_on_time(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether no measure against a risk is late (R-0-6)."""
    seen = facts.get(f.MEASURES_LATE, at)
    if seen is None:
        return not_assessed(f.MEASURES_LATE)
    if seen.value:
        return not_met(N_("%(count)d measures are late."), seen, count=seen.value)
    return met(seen)


def joint_control_is_arranged(facts: Facts, *, every: str, at: datetime) -> Verdict:
    """Tell whether the arrangement with the platform was read lately (D-20)."""
    return _assessed(facts, f.JOINT_CONTROL, every, at)


def impact_is_screened(facts: Facts, *, every: str, at: datetime) -> Verdict:
    """Tell whether the need of an impact assessment was considered lately (D-22).

    Where it is needed, the data protection officer must have been asked.
    """
    seen = facts.get(f.SCREENED, at)
    if seen is not None and seen.value == WAITS_FOR_OPINION:
        return not_met(N_("The data protection officer has not been heard."), seen)
    return _assessed(facts, f.SCREENED, every, at)


def _assessed(facts: Facts, fact: Fact, every: str, at: datetime) -> Verdict:
    seen = facts.get(fact, at)
    if seen is None or not seen.value:
        return not_assessed(fact)
    return _lately(seen, every, at)


def _lately(seen: Seen, every: str, at: datetime) -> Verdict:
    day = Every.parse(every).after(seen.at)
    again = datetime.combine(day, time(), _ZONE)
    if again <= at:
        return due(N_("Last decided %(when)s."), seen, at=again, when=seen.at)
    return met(seen, due_at=again)
