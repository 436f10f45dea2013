"""Checks of how a channel speaks with people: a signal to look at, never a stop."""

from datetime import datetime

from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts
from uppsikt.policy.verdict import Verdict, met, not_assessed, not_met
from uppsikt.policy.words import N_


def is_no_notice_board(
    facts: Facts, *, answered_at_least: int, asking_at_least: int, at: datetime
) -> Verdict:
    """Tell whether the channel answers those who ask, and asks something (R-6-4).

    Both are shares in per cent over the last weeks. What nobody asked, and where
    nothing was posted, is not assessed.
    """
    answered, asking = facts.get(f.ANSWERED_SHARE, at), facts.get(f.ASKING_SHARE, at)
    if answered is None and asking is None:
        return not_assessed(f.ANSWERED_SHARE)
    if answered and _less(answered.value, answered_at_least):
        words = N_("%(share).0f per cent of the questions were answered.")
        return not_met(words, answered, share=answered.value)
    if asking and _less(asking.value, asking_at_least):
        words = N_("%(share).0f per cent of our posts ask what people think.")
        return not_met(words, asking, share=asking.value)
    seen = answered or asking
    assert seen is not None  # noqa: S101 (one of them is known)
    return met(seen)


def _less(value: object, least: int) -> bool:
    return isinstance(value, float) and value < least
