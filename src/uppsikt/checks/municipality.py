"""Checks asked of the municipality itself: its guideline, its office, its laws."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from uppsikt.policy import facts as f
from uppsikt.policy.facts import Fact, Facts, Seen
from uppsikt.policy.recurrence import Every
from uppsikt.policy.verdict import (
    Verdict,
    due,
    met,
    not_applicable,
    not_assessed,
    not_met,
)
from uppsikt.policy.watch_days import WatchDays
from uppsikt.policy.words import N_
from uppsikt.policy.workdays import STOCKHOLM


def decision_has_number(facts: Facts, *, pattern: str, at: datetime) -> Verdict:
    """Tell whether the decision's diary number looks as it must (R-0-4)."""
    seen = facts.get(f.GUIDELINE_NUMBER, at)
    if seen is None:
        return not_assessed(f.GUIDELINE_NUMBER)
    if re.fullmatch(pattern, str(seen.value)) is None:
        return not_met(
            N_("“%(number)s” does not look like a diary number."),
            seen,
            number=seen.value,
        )
    return met(seen)


def revision_is_explained(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the version in force says what it changed (R-0-5)."""
    seen = facts.get(f.REVISION_EXPLAINED, at)
    if seen is None:
        return not_assessed(f.REVISION_EXPLAINED)
    if not seen.value:
        return not_met(N_("The version in force does not say what it changed."), seen)
    return met(seen)


def guideline_is_valid(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the time for which the guideline was decided still runs (R-0-5)."""
    seen = facts.get(f.GUIDELINE_VALID_UNTIL, at)
    if seen is None:
        return not_assessed(f.GUIDELINE_VALID_UNTIL)
    if not seen.value:
        return met(seen)
    ends = date.fromisoformat(str(seen.value))
    if _local(at) > ends:
        return not_met(N_("It was decided until %(day)s only."), seen, day=ends)
    return met(seen, due_at=_begins(ends))


def oversight_is_kept(facts: Facts, *, on_days: str, at: datetime) -> Verdict:
    """Tell whether daily oversight stands, or the data protection officer has decided.

    GDPR asks for it also where BBS-lagen does not (D-21, C-492/23 Russmedia).
    """
    seen = facts.get(f.OVERSIGHT_BY_REPORT, at)
    if on_days != WatchDays.ON_REPORT:
        return met(*([seen] if seen else []))
    if seen is None:
        words = N_(
            "Watching only on report takes a decision by the data protection officer."
        )
        return not_met(words)
    return met(seen)


def owner_role_is_filled(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether somebody holds the role that owns the guideline (R-0-3)."""
    return _somebody(facts, f.GUIDELINE_OWNERS, N_("Nobody owns the guideline."), at)


def office_is_staffed(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the communications office has anybody (R-3.2-2)."""
    none = N_("Nobody works in the communications office.")
    return _somebody(facts, f.OFFICE_MEMBERS, none, at)


def review_is_recent(facts: Facts, *, every: str, remind: str, at: datetime) -> Verdict:
    """Tell whether the guideline was decided or reviewed not too long ago (R-3.2-4).

    It falls due `remind` before `every` has passed, and is not met after that.
    """
    seen = facts.get(f.GUIDELINE_EXAMINED, at)
    if seen is None:
        return not_assessed(f.GUIDELINE_EXAMINED)
    last_day = Every.parse(every).after(seen.at)
    if _local(at) > last_day:
        return not_met(
            N_("Last looked through %(when)s. It was due %(day)s."),
            seen,
            when=seen.at,
            day=last_day,
        )
    if _local(at) >= Every.parse(remind).before(last_day):
        said = N_("The yearly review is due %(day)s.")
        return due(said, seen, at=_begins(last_day), day=last_day)
    return met(seen, due_at=_begins(last_day))


def wanted_change_is_proposed(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether a review that asked for a change led to a proposal (R-3.2-5)."""
    wanted = facts.get(f.CHANGE_WANTED, at)
    if wanted is None:
        return not_applicable(N_("No review has asked for a change."))
    proposed = facts.get(f.CHANGE_PROPOSED, at)
    if proposed is None or proposed.at < wanted.at:
        return not_met(N_("A change is asked for, and nobody has proposed it."), wanted)
    return met(wanted, proposed)


def laws_are_checked(facts: Facts, *, every: str, at: datetime) -> Verdict:
    """Tell whether each law was looked up, and not too long ago (D-35, R-8.4-1)."""
    never = facts.get(f.LAWS_NEVER_CHECKED, at)
    oldest = facts.get(f.LAW_LEAST_CHECKED, at)
    if never is None:
        return not_assessed(f.LAWS_NEVER_CHECKED)
    if isinstance(never.value, tuple) and never.value:
        said = N_("Nobody has noted that they looked at: %(laws)s.")
        return not_met(said, never, laws=", ".join(never.value))
    if oldest is None:
        return not_assessed(f.LAW_LEAST_CHECKED)
    return _fresh(oldest, every, at)


def _fresh(oldest: Seen, every: str, at: datetime) -> Verdict:
    again = Every.parse(every).after(oldest.at)
    if _local(at) > again:
        return not_met(
            N_("%(law)s was last looked at %(when)s."),
            oldest,
            law=oldest.value,
            when=oldest.at,
        )
    return met(oldest, due_at=_begins(again))


def _somebody(facts: Facts, fact: Fact, nobody: str, at: datetime) -> Verdict:
    seen = facts.get(fact, at)
    if seen is None:
        return not_assessed(fact)
    return met(seen) if seen.value else not_met(nobody, seen)


def _local(at: datetime) -> date:
    return at.astimezone(ZoneInfo(STOCKHOLM)).date()


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(STOCKHOLM))
