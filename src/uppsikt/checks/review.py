"""Checks asked of a channel in use: is it reviewed, staffed and updated (4 and 9)?"""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from uppsikt.policy import facts as f
from uppsikt.policy.channel_review import Outcome
from uppsikt.policy.facts import Facts, Seen
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
_IN_USE: Final = ("active", "paused")
_REVIEW: Final = (
    N_("It was to be reviewed by %(day)s."),
    N_("It is to be reviewed by %(day)s."),
)
_SAMPLE: Final = (
    N_("A sample of the answers was to be reviewed by %(day)s."),
    N_("A sample of the answers is to be reviewed by %(day)s."),
)
"""What is said of what is late, and of what falls due."""


def review_is_current(
    facts: Facts, *, every: str, remind: str, at: datetime
) -> Verdict:
    """Tell whether a manager has said anew that the channel is worth having (R-4-4).

    It is due from `remind` before an interval has passed since the launch or the last
    review, and not met after it.
    """
    start = facts.get(f.LAUNCHED_ON, at)
    if start is None or not _has(facts, _IN_USE, at):
        return _not_in_use()
    last = facts.get(f.REVIEWED, at) or start
    late, soon = _REVIEW
    return _comes_back(last, every, remind, late, soon, at)


def answers_are_sampled(
    facts: Facts, *, every: str, remind: str, at: datetime
) -> Verdict:
    """Tell whether a sample of the answers is reviewed and followed up (R-6.2-9)."""
    start = facts.get(f.LAUNCHED_ON, at)
    if start is None or not _has(facts, _IN_USE, at):
        return _not_in_use()
    short = facts.get(f.SAMPLES_SHORT, at)
    if short is not None and short.value:
        words = N_("%(count)d samples show faults that nobody has followed up.")
        return not_met(words, short, count=short.value)
    late, soon = _SAMPLE
    last = facts.get(f.ANSWERS_SAMPLED, at) or start
    return _comes_back(last, every, remind, late, soon, at)


def card_is_confirmed(
    facts: Facts, *, every: str, remind: str, at: datetime
) -> Verdict:
    """Tell whether the public card has been seen to be true of late (R-3.2-3).

    It is due from `remind` before an interval has passed, and stale after it.
    """
    seen = facts.get(f.CARD_CONFIRMED, at)
    if seen is None or not _has(facts, (*_IN_USE, "closing"), at):
        return _not_in_use()
    day = Every.parse(every).after(seen.at)
    if at >= _midnight(day):
        words = N_("What the public reads was to be confirmed by %(day)s.")
        return not_met(words, seen, day=day)
    if at >= _midnight(Every.parse(remind).before(day)):
        words = N_("What the public reads is to be confirmed by %(day)s.")
        return due(words, seen, at=_midnight(day), day=day)
    return met(seen, due_at=_midnight(day))


def review_is_followed(facts: Facts, *, within: str, at: datetime) -> Verdict:
    """Tell whether the card was changed after a review that asked for it (R-4-4)."""
    review = facts.get(f.REVIEWED, at)
    if review is None:
        return not_applicable(N_("The channel has not been reviewed yet."))
    changed = facts.get(f.CARD_CHANGED, at)
    if review.value != Outcome.CHANGE:
        return met(review)
    if changed and changed.at > review.at:
        return met(review, changed)
    last = _midnight(Every.parse(within).after(review.at))
    if at < last:
        words = N_("The review asked for a change of the card.")
        return due(words, review, at=last)
    words = N_("The review asked for a change, and the card is as it was.")
    return not_met(words, review)


def resources_suffice(facts: Facts, *, at_most: int, at: datetime) -> Verdict:
    """Tell whether what comes in is answered in time, as a sign of resources (R-4-5).

    `at_most` is the percentage that may be late over the last weeks.
    """
    late = facts.get(f.OVERDUE_SHARE, at)
    if late is None or not isinstance(late.value, float):
        return not_assessed(f.OVERDUE_SHARE)
    if late.value > at_most:
        words = N_("%(share)d per cent was late; at most %(at_most)d is bearable.")
        return not_met(words, late, share=round(late.value), at_most=at_most)
    return met(late)


def is_updated(facts: Facts, *, days: int, decide: str, at: datetime) -> Verdict:
    """Tell whether something was posted within `days` days, or it is decided (R-9-1).

    Nobody needs to decide before `days` have passed, and then within `decide`.
    """
    start = facts.get(f.LAUNCHED_ON, at)
    if start is None or not _has(facts, ("active",), at):
        return _not_in_use()
    post = _last_post(facts, at)
    quiet = _midnight(_day(post or start) + timedelta(days=days))
    if at < quiet:
        return met(post, due_at=quiet) if post else not_assessed(f.LAST_OWN_POST)
    kept = facts.get(f.KEPT_SILENT, at)
    if kept and kept.at >= quiet and (until := _again(kept, days)) > at:
        return met(kept, due_at=until)
    return _undecided(post or start, quiet, decide, at)


def _undecided(last: Seen, quiet: datetime, decide: str, at: datetime) -> Verdict:
    day = _day(last)
    latest = _midnight(Every.parse(decide).after(quiet))
    if at < latest:
        words = N_("Nothing posted since %(day)s. Keep, pause or close it.")
        return due(words, last, at=latest, day=day)
    words = N_("Nothing posted since %(day)s, and nobody has decided what to do.")
    return not_met(words, last, day=day)


def _comes_back(
    last: Seen, every: str, remind: str, late: str, soon: str, at: datetime
) -> Verdict:
    day = Every.parse(every).after(last.at)
    if at >= _midnight(day):
        return not_met(late, last, day=day)
    if at >= _midnight(Every.parse(remind).before(day)):
        return due(soon, last, at=_midnight(day), day=day)
    return met(last, due_at=_midnight(day))


def _last_post(facts: Facts, at: datetime) -> Seen | None:
    """Return the latest own post that is known, fetched or told by a person."""
    rows = facts.known.get(f.LAST_OWN_POST.name, ())
    return max((s for s in rows if s.at <= at), key=_day, default=None)


def _has(facts: Facts, states: tuple[str, ...], at: datetime) -> bool:
    seen = facts.get(f.STATUS, at)
    return seen is not None and seen.value in states


def _not_in_use() -> Verdict:
    return not_applicable(N_("The channel is not in use."))


def _day(seen: Seen) -> date:
    return date.fromisoformat(str(seen.value))


def _again(kept: Seen, days: int) -> datetime:
    day = kept.at.astimezone(_ZONE).date()
    return _midnight(day + timedelta(days=days))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _ZONE)
