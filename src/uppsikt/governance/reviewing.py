"""The yearly review of the guideline: when it is due, and what came of it (R-3.2-4)."""

from datetime import date, datetime

from django.db import transaction

from uppsikt.governance import adopted_texts, moves, receipts, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import GuidelineReview
from uppsikt.policy.recurrence import Every
from uppsikt.policy.roles import Right
from uppsikt.records import ledger

Outcome = GuidelineReview.Outcome


class NoNotes(Exception):
    """A review says what was looked at, in words."""


@transaction.atomic
def review(
    outcome: Outcome, notes: str, *, actor: Actor, at: datetime
) -> GuidelineReview:
    """Keep that the version in force was reviewed, and what came of it.

    Raises:
        NotYours: the guideline does not let the actor review it.
        NoNotes: nothing was written.
        rules.NoneInForce: there is nothing to review.
    """
    moves.must(Right.REVIEW, actor, adopted_texts.top().path, at=at)
    if not notes.strip():
        raise NoNotes
    adoption = receipts.version(at)
    if adoption is None:
        raise rules.NoneInForce
    told: dict[str, ledger.JsonValue] = {
        "outcome": str(outcome),
        "notes": notes,
        "version": adoption.pk,
    }
    subject = f"guideline:{adoption.guideline}"
    entry = ledger.append("guideline.review", subject, told, actor=actor.name, at=at)
    return GuidelineReview.objects.create(
        adoption=adoption,
        outcome=outcome,
        notes=notes.strip(),
        at=at,
        by=actor.person,
        entry=entry,
    )


def examined_at(at: datetime) -> datetime | None:
    """Return when the guideline was last decided or reviewed, as known at `at`."""
    newest = receipts.version(at)
    done = GuidelineReview.objects.filter(at__lte=at).order_by("-at").first()
    moments = [m for m in (newest and newest.starts_at, done and done.at) if m]
    return max(moments, default=None)


def due_on(at: datetime) -> date | None:
    """Return the last day for the next review, or None before anything was adopted."""
    last = examined_at(at)
    if last is None:
        return None
    return Every.parse(rules.in_force(at).text("guideline_review_interval")).after(last)
