"""Checks asked of a moderation case: nothing is removed without ground and proof."""

from datetime import datetime

from uppsikt.policy import facts as f
from uppsikt.policy.facts import Fact, Facts
from uppsikt.policy.verdict import Verdict, met, not_met
from uppsikt.policy.words import N_


def _there(facts: Facts, fact: Fact, missing: str, at: datetime) -> Verdict:
    seen = facts.get(fact, at)
    return met(seen) if seen and seen.value else not_met(missing)


def ground_is_chosen(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether a ground from the catalogue is chosen (R-6.4-23, D-4)."""
    return _there(facts, f.GROUND, N_("Choose a ground first."), at)


def motive_is_written(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the motive that the ground asks for is written (R-6.1-9)."""
    return _there(facts, f.MOTIVE, N_("Write why: this ground asks for it."), at)


def second_person_has_agreed(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether a second person has agreed, where the ground asks for it."""
    return _there(facts, f.SECOND_PERSON, N_("A second person must agree first."), at)


def evidence_is_sealed(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the evidence stands under a signed checkpoint (R-6.4-24)."""
    return _there(facts, f.EVIDENCE, N_("The evidence is not sealed yet."), at)


def author_is_told(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the author was told, or why that was impossible (R-6.4-26)."""
    return _there(facts, f.AUTHOR_TOLD, N_("The author is not told yet."), at)


def removal_is_registered(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the removal has its diary number (R-6.4-7, R-6.4-10)."""
    return _there(facts, f.DIARY_NUMBER, N_("The diary number is missing."), at)


def reports_are_decided(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether police and platform report are both answered (R-6.4-27)."""
    return _there(
        facts,
        f.REPORTS_DECIDED,
        N_("Answer whether it is reported to the police and to the platform."),
        at,
    )
