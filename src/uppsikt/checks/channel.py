"""Checks asked of a channel."""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from uppsikt.policy import facts as f
from uppsikt.policy.facts import Fact, Facts
from uppsikt.policy.recurrence import Every
from uppsikt.policy.verdict import (
    Verdict,
    due,
    met,
    not_applicable,
    not_assessed,
    not_met,
)
from uppsikt.policy.watch_scope import LABELS, Part
from uppsikt.policy.words import N_, Message
from uppsikt.policy.workdays import STOCKHOLM

_ZONE: Final = ZoneInfo(STOCKHOLM)


def _filled(facts: Facts, fact: Fact, missing: str, at: datetime) -> Verdict:
    seen = facts.get(fact, at)
    if seen is None:
        return not_assessed(fact)
    return met(seen) if str(seen.value).strip() else not_met(missing, seen)


def _none(facts: Facts, fact: Fact, some: str, at: datetime) -> Verdict:
    seen = facts.get(fact, at)
    if seen is None:
        return not_assessed(fact)
    return not_met(some, seen, count=seen.value) if seen.value else met(seen)


def purpose_is_stated(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the purpose is written (R-2-2, R-4-3)."""
    return _filled(facts, f.PURPOSE, N_("The purpose is not written."), at)


def audience_is_stated(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the target group is written (R-4-3)."""
    return _filled(facts, f.AUDIENCE, N_("The target group is not written."), at)


def purposes_are_listed(facts: Facts, *, purposes: list[str], at: datetime) -> Verdict:
    """Tell whether at least one purpose is chosen, all from the list (R-2-3)."""
    seen = facts.get(f.PURPOSE_CODES, at)
    if seen is None:
        return not_assessed(f.PURPOSE_CODES)
    chosen = set(seen.value if isinstance(seen.value, tuple) else ())
    if not chosen:
        return not_met(N_("No purpose from the list is chosen."), seen)
    if outside := chosen - {p.split(":")[0] for p in purposes}:
        return not_met(
            N_("%(outside)s is not in the list."), seen, outside=", ".join(outside)
        )
    return met(seen)


def goal_and_benefit_are_stated(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether contribution to goals and benefit are both written (R-4-4)."""
    goal = _filled(facts, f.GOAL, N_("The contribution to the goals is missing."), at)
    if goal.stops:
        return goal
    return _filled(
        facts, f.BENEFIT, N_("The benefit to the target group is missing."), at
    )


def owner_is_named(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether one person is responsible (R-3.3-1, R-4-2)."""
    return _filled(facts, f.OWNER, N_("Nobody is responsible for the channel."), at)


def deputy_is_named(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether there is a substitute (R-6.4-3)."""
    return _filled(facts, f.DEPUTY, N_("There is no substitute."), at)


def enough_access_holders(facts: Facts, *, at_least: int, at: datetime) -> Verdict:
    """Tell whether enough people can reach the account (R-4-6)."""
    seen = facts.get(f.ACCESS_HOLDERS, at)
    if seen is None:
        return not_assessed(f.ACCESS_HOLDERS)
    now = int(seen.value) if isinstance(seen.value, int) else 0
    if now < at_least:
        return not_met(
            N_("%(now)d of at least %(at_least)d can reach it."),
            seen,
            now=now,
            at_least=at_least,
        )
    return met(seen)


def description_is_written(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the public description is written (R-6.1-2)."""
    return _filled(facts, f.DESCRIPTION, N_("The description is missing."), at)


def contact_is_given(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether visitors are told whom to contact (R-6.1-3)."""
    return _filled(facts, f.CONTACT, N_("The contact address is missing."), at)


def is_watched_daily(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether each day until yesterday has its watch (R-6.4-4).

    A channel to which nothing can be written has nothing to watch.
    """
    needs = facts.get(f.NEEDS_WATCH, at)
    if needs is not None and needs.value is False:
        return not_applicable(N_("Nothing can be written to the channel."))
    return _none(
        facts, f.WATCHED_DAYS_MISSED, N_("%(count)d days without a watch."), at
    )


def somebody_watches_today(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the day's watch is somebody's who is here (R-6.4-1, R-6.4-3)."""
    return _filled(facts, f.ON_DUTY, N_("Nobody has the watch today."), at)


def watch_reaches_all(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the latest watch left no part of the channel out (R-6.4-5)."""
    seen = facts.get(f.WATCH_LEFT_OUT, at)
    if seen is None:
        return not_assessed(f.WATCH_LEFT_OUT)
    out = seen.value if isinstance(seen.value, tuple) else ()
    if out:
        words = tuple(Message(LABELS[Part(part)]) for part in out)
        return not_met(N_("Not looked at: %(what)s."), seen, what=words)
    return met(seen)


def first_contact_is_in_time(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether nobody waits too long for a first word (R-6.2-1)."""
    return _none(
        facts, f.FIRST_OVERDUE, N_("%(count)d have waited too long for a word."), at
    )


def answers_are_in_time(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether nobody waits too long for the full answer (R-6.2-5)."""
    return _none(facts, f.FULL_OVERDUE, N_("%(count)d answers are overdue."), at)


def feedback_is_in_time(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether visitors' suggestions are seen to in time (R-6.1-4)."""
    some = N_("%(count)d suggestions have waited too long.")
    return _none(facts, f.FEEDBACK_OVERDUE, some, at)


def removals_are_in_time(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether what must be removed is removed in time (R-6.4-6, D-2)."""
    return _none(facts, f.REMOVALS_OVERDUE, N_("%(count)d removals are overdue."), at)


def removals_are_registered(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether what was removed has its diary number in time (R-6.4-7, D-9)."""
    return _none(
        facts, f.UNREGISTERED, N_("%(count)d removals wait for a diary number."), at
    )


def messages_are_decided(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether each private message is decided on in time (R-6.4-11, OSL 5:1)."""
    some = N_("%(count)d private messages have waited too long for a decision.")
    return _none(facts, f.MESSAGES_UNDECIDED, some, at)


def single_matters_are_moved(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether no single matter is handled in private messages (D-32)."""
    some = N_("%(count)d conversations seem to be single matters. Move them.")
    return _none(facts, f.MATTERS_TO_MOVE, some, at)


def own_texts_are_corrected(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether reported texts of our own are corrected in time (R-6.2-12)."""
    some = N_("%(count)d texts of ours have waited too long to be corrected.")
    return _none(facts, f.LAPSES_OVERDUE, some, at)


def is_listed(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the channel stands in the public list (R-3.2-3)."""
    seen = facts.get(f.LISTED, at)
    if seen is None:
        return not_assessed(f.LISTED)
    return met(seen) if seen.value else not_met(N_("It is not in the list."), seen)


def guideline_is_read(facts: Facts, *, within: str, at: datetime) -> Verdict:
    """Tell whether owner and substitute have read the guideline in force (R-1-2)."""
    seen = facts.get(f.NOT_READ_BY, at)
    if seen is None:
        return not_assessed(f.NOT_READ_BY)
    if not (isinstance(seen.value, tuple) and seen.value):
        return met(seen)
    who = ", ".join(seen.value)
    last = datetime.combine(Every.parse(within).after(seen.at), time(), _ZONE)
    if at < last:
        return due(N_("%(who)s has yet to read it."), seen, at=last, who=who)
    return not_met(N_("%(who)s has not read it."), seen, who=who)
