"""Checks of what a profile tells its visitors (section 6.1, BBS-lagen 3 §)."""

from datetime import datetime

from uppsikt.checks.attested import midnight
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Fact, Facts, Seen
from uppsikt.policy.recurrence import Every
from uppsikt.policy.sameness import fingerprint
from uppsikt.policy.verdict import (
    Verdict,
    due,
    met,
    not_applicable,
    not_assessed,
    not_met,
)
from uppsikt.policy.words import N_

_OUTDATED = N_("What stands on the profile is not the text that holds now.")


def sender_is_shown(facts: Facts, *, again: str, at: datetime) -> Verdict:
    """Tell whether the profile says whose the channel is (R-6.1-1)."""
    seen = facts.get(f.SENDER_STATED, at)
    if seen is None:
        return not_assessed(f.SENDER_STATED)
    if not seen.value:
        return not_met(N_("The profile does not name the municipality."), seen)
    return _fresh(seen, again, at)


def description_is_shown(facts: Facts, *, again: str, at: datetime) -> Verdict:
    """Tell whether the profile says what the channel is for (R-6.1-2)."""
    words = N_("The profile does not say what the channel is for.")
    return _as_on_card(facts, f.DESCRIPTION_SHOWN, f.DESCRIPTION, words, again, at)


def contact_is_shown(facts: Facts, *, again: str, at: datetime) -> Verdict:
    """Tell whether the profile says whom to contact (R-6.1-3)."""
    words = N_("The profile does not say whom to contact.")
    return _as_on_card(facts, f.CONTACT_SHOWN, f.CONTACT, words, again, at)


def rules_are_shown(facts: Facts, *, text: str, again: str, at: datetime) -> Verdict:
    """Tell whether the rules in force stand on the profile, if they can (R-6.1-6)."""
    reason = facts.get(f.RULES_IMPOSSIBLE, at)
    if reason is not None and str(reason.value).strip():
        return not_applicable(
            N_("It cannot be done there: %(reason)s"), reason=reason.value
        )
    words = N_("The rules for comments are not on the profile.")
    return _shown(facts, f.RULES_SHOWN, text, words, again, at)


def visibility_is_shown(
    facts: Facts, *, text: str, again: str, at: datetime
) -> Verdict:
    """Tell whether those who write are told who sees it (BBS-lagen 3 §, D-1)."""
    words = N_("The profile does not say who sees what is written there.")
    return _shown(facts, f.VISIBILITY_SHOWN, text, words, again, at)


def profile_is_as_we_left_it(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether somebody has changed the profile and nobody has said it was us."""
    seen = facts.get(f.PROFILE_CHANGED, at)
    if seen is None:
        return not_assessed(f.PROFILE_CHANGED)
    if isinstance(seen.value, tuple) and seen.value:
        fields = ", ".join(seen.value)
        words = N_("The profile was changed (%(fields)s). Was it you?")
        return not_met(words, seen, fields=fields)
    return met(seen)


def _as_on_card(
    facts: Facts, shown: Fact, card: Fact, missing: str, again: str, at: datetime
) -> Verdict:
    told = facts.get(card, at)
    text = str(told.value) if told else ""
    return _shown(facts, shown, text, missing, again, at)


def _shown(
    facts: Facts, fact: Fact, text: str, missing: str, again: str, at: datetime
) -> Verdict:
    """Compare the fingerprint of what was seen with that of the text in force."""
    seen = facts.get(fact, at)
    if seen is None:
        return not_assessed(fact)
    if not seen.value:
        return not_met(missing, seen)
    if seen.value != fingerprint(text):
        return not_met(_OUTDATED, seen)
    return _fresh(seen, again, at)


def _fresh(seen: Seen, again: str, at: datetime) -> Verdict:
    until = midnight(Every.parse(again).after(seen.at))
    if until <= at:
        return due(N_("Last seen there %(when)s."), seen, at=until, when=seen.at)
    return met(seen, due_at=until)
