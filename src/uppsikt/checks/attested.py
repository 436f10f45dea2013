"""What only a person can tell: said, dated, and asked again."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from uppsikt.policy.facts import Fact, Facts
from uppsikt.policy.recurrence import Every
from uppsikt.policy.verdict import Verdict, due, met, not_assessed, not_met
from uppsikt.policy.words import N_
from uppsikt.policy.workdays import STOCKHOLM


def is_attested(facts: Facts, fact: Fact, *, every: str, at: datetime) -> Verdict:
    """Tell whether a person has said yes to `fact`, and not too long ago."""
    seen = facts.get(fact, at)
    if seen is None:
        return not_assessed(fact)
    if not seen.value:
        return not_met(N_("%(by)s answered no."), seen, by=seen.by)
    if not every:
        return met(seen)
    again = midnight(Every.parse(every).after(seen.at))
    if again <= at:
        return due(N_("Last confirmed %(when)s."), seen, at=again, when=seen.at)
    return met(seen, due_at=again)


def midnight(day: date) -> datetime:
    """Return when `day` begins here."""
    return datetime.combine(day, time(), ZoneInfo(STOCKHOLM))
