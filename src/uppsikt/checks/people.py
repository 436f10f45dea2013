"""Checks asked of a channel's people: who may, who can, who left, who is there."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from uppsikt.policy import clocks
from uppsikt.policy import facts as f
from uppsikt.policy.clocks import Span
from uppsikt.policy.facts import Fact, Facts, Seen
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.policy.recurrence import Every
from uppsikt.policy.verdict import Verdict, due, met, not_assessed, not_met
from uppsikt.policy.words import N_
from uppsikt.policy.workdays import STOCKHOLM

_ZONE: Final = ZoneInfo(STOCKHOLM)


def publishers_are_authorised(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether all who can publish on the account may (R-3.1-2)."""
    missing = N_("%(who)s can publish without being authorised.")
    return _nobody(facts, f.UNAUTHORISED_HOLDERS, missing, at)


def representatives_are_authorised(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether those who answer from the channel may represent us (R-3.1-3)."""
    missing = N_("%(who)s may not represent the municipality.")
    return _nobody(facts, f.UNAUTHORISED_REPRESENTATIVES, missing, at)


def everyone_has_two_factor(facts: Facts, *, recheck: str, at: datetime) -> Verdict:
    """Tell whether each access holder has two-factor, seen not too long ago (R-5.1-1).

    `recheck` is how long a confirmation holds; an older one is due again.
    """
    holders = facts.get(f.ACCESS_HOLDERS, at)
    without = facts.get(f.HOLDERS_WITHOUT_TWO_FACTOR, at)
    if holders is None or without is None or not holders.value:
        return not_assessed(f.HOLDERS_WITHOUT_TWO_FACTOR)
    if names := _names(without):
        missing = N_("Two-factor is not confirmed for %(who)s.")
        return not_met(missing, without, who=", ".join(names))
    seen = facts.get(f.HOLDERS_SEEN_GUARDED, at)
    return _seen_lately(seen, Every.parse(recheck), at) if seen else met(without)


def _seen_lately(seen: Seen, every: Every, at: datetime) -> Verdict:
    told = sorted(_dated(one) for one in _names(seen))
    again = {name: _midnight(every.after(day)) for day, name in told}
    old = [name for name, moment in again.items() if moment <= at]
    first = min(again.values())
    if old:
        words = N_("Look at two-factor again: %(who)s.")
        return due(words, seen, at=first, who=", ".join(old))
    return met(seen, due_at=first)


def leavers_have_no_access(
    facts: Facts, *, within: str, calendar: dict[str, object], at: datetime
) -> Verdict:
    """Tell whether the access of those who left is taken back in time (R-4-7).

    `within` is counted from when the first of them left, in working time where it
    says so, by the hours that `calendar` gives.
    """
    seen = facts.get(f.LEAVERS_WITH_ACCESS, at)
    if seen is None:
        return not_assessed(f.LEAVERS_WITH_ACCESS)
    if not _names(seen):
        return met(seen)
    hours = OfficeHours.model_validate(calendar).calendar()
    last, who = clocks.end(seen.at, Span.parse(within), hours), ", ".join(_names(seen))
    if at < last:
        return due(N_("Take back the access of %(who)s."), seen, at=last, who=who)
    return not_met(N_("%(who)s has left and still reaches the account."), seen, who=who)


def somebody_is_there(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether owner or substitute is there, today and the days to come (R-4-7)."""
    seen = facts.get(f.DAYS_WITHOUT_ANYBODY, at)
    if seen is None:
        return not_assessed(f.DAYS_WITHOUT_ANYBODY)
    if not _names(seen):
        return met(seen)
    first = date.fromisoformat(_names(seen)[0])
    if _midnight(first) <= at:
        return not_met(N_("Nobody who answers for the channel is there today."), seen)
    words = N_("Nobody who answers for the channel is there from %(day)s.")
    return due(words, seen, at=_midnight(first), day=first)


def recovery_is_known(facts: Facts, *, at_least: int, at: datetime) -> Verdict:
    """Tell whether enough people know where the recovery codes are kept (R-4-6)."""
    seen = facts.get(f.RECOVERY_KNOWN_BY, at)
    if seen is None:
        return not_assessed(f.RECOVERY_KNOWN_BY)
    now = int(str(seen.value))
    if now < at_least:
        words = N_("%(now)d of at least %(at_least)d know where the codes are.")
        return not_met(words, seen, now=now, at_least=at_least)
    return met(seen)


def selfcheck_is_done(facts: Facts, *, every: str, at: datetime) -> Verdict:
    """Tell whether the owner has checked the channel, and lately (R-3.3-2).

    The first is due an interval after the responsibility was accepted.
    """
    seen = facts.get(f.SELF_CHECK, at)
    began = seen or facts.get(f.RESPONSIBILITY, at)
    if began is None:
        return not_assessed(f.SELF_CHECK)
    again = _midnight(Every.parse(every).after(began.at))
    if again > at:
        return met(began, due_at=again)
    if seen is None:
        return not_met(N_("The channel has never been self-checked."), began)
    return due(N_("Last self-check %(when)s."), seen, at=again, when=seen.at)


def _nobody(facts: Facts, fact: Fact, missing: str, at: datetime) -> Verdict:
    seen = facts.get(fact, at)
    if seen is None:
        return not_assessed(fact)
    if names := _names(seen):
        return not_met(missing, seen, who=", ".join(names))
    return met(seen)


def _names(seen: Seen) -> tuple[str, ...]:
    return seen.value if isinstance(seen.value, tuple) else ()


def _dated(told: str) -> tuple[date, str]:
    day, _, name = told.partition(" ")
    return date.fromisoformat(day), name


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _ZONE)
