"""Checks asked of a channel that starts: grounds, notice, rights, orders."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from uppsikt.checks import attested
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts
from uppsikt.policy.purposes import Effect, effects_of
from uppsikt.policy.recurrence import Every
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
_SENT: Final = "sent"


def target_groups_are_listed(
    facts: Facts, *, groups: list[str], at: datetime
) -> Verdict:
    """Tell whether at least one target group is chosen, all from the list (R-4-3)."""
    seen = facts.get(f.AUDIENCE_GROUPS, at)
    if seen is None:
        return not_assessed(f.AUDIENCE_GROUPS)
    chosen = set(seen.value if isinstance(seen.value, tuple) else ())
    if not chosen:
        return not_met(N_("No target group from the list is chosen."), seen)
    if outside := chosen - {g.split(":")[0] for g in groups}:
        return not_met(
            N_("%(outside)s is not in the list."), seen, outside=", ".join(outside)
        )
    return met(seen)


def owner_reaches_the_account(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the person responsible can reach the account (R-4-6, R-3.3-1)."""
    seen = facts.get(f.OWNER_REACHES, at)
    if seen is None:
        return not_assessed(f.OWNER_REACHES)
    if not seen.value:
        words = N_("The person responsible is not among those who reach the account.")
        return not_met(words, seen)
    return met(seen)


def start_notice_is_sent(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether the officer has been sent the four items (R-4-8)."""
    seen = facts.get(f.START_NOTICE, at)
    return met(seen) if seen else not_assessed(f.START_NOTICE)


def start_notice_is_received(facts: Facts, *, within: str, at: datetime) -> Verdict:
    """Tell whether somebody has confirmed the notice, `within` so long (R-4-8)."""
    seen = facts.get(f.START_NOTICE, at)
    if seen is None:
        return not_assessed(f.START_NOTICE)
    if seen.value != _SENT:
        return met(seen)
    last = _midnight(Every.parse(within).after(seen.at))
    if at < last:
        return due(N_("Nobody has confirmed it yet."), seen, at=last)
    return not_met(N_("Nobody has confirmed that the notice has come."), seen)


def admin_rights_are_handed_over(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether a recipient has confirmed administrator rights (R-4-9)."""
    seen = facts.get(f.ADMIN_HANDED_TO, at)
    if seen is None:
        return not_assessed(f.ADMIN_HANDED_TO)
    if not seen.value:
        words = N_("No recipient has confirmed that they have the rights.")
        return not_met(words, seen)
    return met(seen)


def orders_are_carried_out(facts: Facts, *, at: datetime) -> Verdict:
    """Tell whether what the head of communications ordered is done (R-3.2-1)."""
    seen = facts.get(f.ORDER_DUE, at)
    if seen is None:
        return not_assessed(f.ORDER_DUE)
    if not seen.value:
        return met(seen)
    day = date.fromisoformat(str(seen.value))
    last = _midnight(day + timedelta(days=1))
    if at < last:
        return due(N_("There is an order to carry out."), seen, at=last)
    return not_met(
        N_("An order should have been carried out by %(day)s."), seen, day=day
    )


def crisis_plan_is_ready(
    facts: Facts, *, effects: list[str], every: str, at: datetime
) -> Verdict:
    """Tell whether a channel meant for crises has its plan (R-2-3, R-6.5-2)."""
    if not _asked(facts, Effect.CRISIS_PLAN, effects, at):
        return not_applicable(N_("The channel is not meant for crises."))
    return attested.is_attested(facts, f.CRISIS_PLAN, every=every, at=at)


def comments_are_open(
    facts: Facts, *, effects: list[str], every: str, at: datetime
) -> Verdict:
    """Tell whether comments are on, or why not, where dialogue is meant (R-2-3)."""
    if not _asked(facts, Effect.COMMENTS_OPEN, effects, at):
        return not_applicable(N_("The channel is not meant for dialogue."))
    seen = facts.get(f.COMMENTS_OPEN, at)
    if seen and not seen.value and seen.note.strip():
        return met(seen)
    if seen and not seen.value:
        return not_met(N_("Comments are switched off, and nobody says why."), seen)
    return attested.is_attested(facts, f.COMMENTS_OPEN, every=every, at=at)


def _asked(facts: Facts, effect: Effect, table: list[str], at: datetime) -> bool:
    seen = facts.get(f.PURPOSE_CODES, at)
    codes = seen.value if seen and isinstance(seen.value, tuple) else ()
    return effect in effects_of(codes, table)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _ZONE)
