"""Checks asked of a channel that is being closed: guideline section 9.

They advise: the text says "bör". Closing without them asks for a written reason.
"""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from uppsikt.policy import facts as f
from uppsikt.policy.facts import Fact, Facts
from uppsikt.policy.recurrence import Every
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import (
    Verdict,
    due,
    met,
    not_applicable,
    not_assessed,
    not_met,
)
from uppsikt.policy.words import N_
from uppsikt.policy.workdays import STOCKHOLM

_ZONE: Final = ZoneInfo(STOCKHOLM)


def manager_and_officer_are_consulted(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether manager and communications officer were both heard (R-9-2)."""
    seen = facts.get(f.CONSULTED, at)
    if seen is None:
        return _outside(facts, f.CONSULTED, at)
    heard = seen.value if isinstance(seen.value, tuple) else ()
    if Role.LINE_MANAGER not in heard:
        return not_met(N_("The line manager has not been heard."), seen)
    if Role.COMMUNICATIONS_OFFICER not in heard:
        return not_met(N_("The communications officer has not been heard."), seen)
    return met(seen)


def impact_is_noted(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether it is written what the closing may harm (R-9-3)."""
    missing = N_("It is not written what the closing may harm.")
    return _filled(facts, f.CLOSING_IMPACT, missing, at)


def reason_is_told(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the followers have been told the reason (R-9-4)."""
    missing = N_("The reason for the public is not written.")
    reason = _filled(facts, f.CLOSING_REASON, missing, at)
    if reason.stops or not reason.seen:
        return reason
    return _filled(facts, f.FAREWELL_ON, N_("The reason is not posted yet."), at)


def farewell_is_posted(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether a last post thanks the followers (R-9-5)."""
    return _filled(facts, f.FAREWELL_ON, N_("The farewell post is not out."), at)


def notice_is_given(facts: Facts, *, notice: str, at: datetime) -> Verdict:
    """Tell whether the followers know in time when it closes (R-9-4)."""
    closes, told = facts.get(f.CLOSES_ON, at), facts.get(f.FAREWELL_ON, at)
    if closes is None or told is None:
        return _outside(facts, f.CLOSES_ON, at)
    if not closes.value:
        return not_met(N_("No day is set for the closing."), closes)
    if not told.value:
        return not_met(N_("The followers have not been told the day."), closes)
    day = date.fromisoformat(str(closes.value))
    first = Every.parse(notice).after(date.fromisoformat(str(told.value)))
    if day < first:
        words = N_("The followers were told too late to close before %(day)s.")
        return not_met(words, closes, told, day=first)
    if at < (begins := datetime.combine(day, time(), _ZONE)):
        words = N_("The followers are told that it closes on %(day)s.")
        return due(words, closes, at=begins, day=day)
    return met(closes, told)


def checklist_is_done(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether picture, export, ads, links and access are seen to (R-9-5)."""
    seen = facts.get(f.CLOSING_LEFT, at)
    if seen is None:
        return _outside(facts, f.CLOSING_LEFT, at)
    if seen.value:
        words = N_("%(count)d points of the checklist are left.")
        return not_met(words, seen, count=seen.value)
    return met(seen)


def _filled(facts: Facts, fact: Fact, missing: str, at: datetime) -> Verdict:
    seen = facts.get(fact, at)
    if seen is None:
        return _outside(facts, fact, at)
    return met(seen) if str(seen.value).strip() else not_met(missing)


def _outside(facts: Facts, fact: Fact, at: datetime) -> Verdict:
    """Return what is said of a channel that nobody is closing, or that has no plan."""
    status = facts.get(f.STATUS, at)
    if status is not None and status.value != "closing":
        return not_applicable(N_("The channel is not being closed."))
    return not_assessed(fact)
