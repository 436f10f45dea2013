"""The registrar's acts: a number from our diary, or one from another system."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import below
from uppsikt.moderation.models import SPECIAL, SPECIAL_READERS
from uppsikt.policy.roles import Right
from uppsikt.records import diary
from uppsikt.records.diary import NumberFormat
from uppsikt.records.models import Registration


def register(
    registration: Registration, given: str = "", *, actor: Actor, at: datetime
) -> Registration:
    """Give the registration its diary number: the next one, or the one `given`.

    Raises `moves.NotYours`, `diary.BadNumber` or `diary.AlreadyRegistered`.
    """
    moves.must(Right.REGISTER, actor, registration.path, at=at)
    return diary.number(
        registration, given=given or None, by=actor.name, at=at, style=style(at)
    )


@transaction.atomic
def register_all(
    registrations: Iterable[Registration], *, actor: Actor, at: datetime
) -> int:
    """Give each registration the next number, oldest first; all or none."""
    numbered = [register(r, actor=actor, at=at) for r in registrations]
    return len(numbered)


def style(at: datetime) -> NumberFormat:
    """Return how the guideline wants diary numbers written (R-0-4)."""
    guideline = rules.in_force(at)
    return NumberFormat(guideline.text("diary_format"), guideline.text("diary_pattern"))


def seen_by(actor: Actor) -> "QuerySet[Registration]":
    """Return the registrations that the actor may see; special ones for their readers.

    Found by number and title only: nothing here selects people by what they wrote
    (D-16).
    """
    reach = Q(pk__in=[])
    for role, path in actor.grants:
        if role in SPECIAL_READERS:
            reach |= Q(path__startswith=path)
    here = Registration.objects.filter(below(actor, "path"))
    special = Registration.objects.filter(case__status__in=SPECIAL)
    locked = Registration.objects.filter(
        case__item__isnull=False, case__item__secluded=True
    )
    messages = Registration.objects.filter(
        Q(messages__conversation__messages__item__secluded=True)
        | Q(messages__conversation__sealed=True)
    )
    closed = Q(pk__in=special) | Q(pk__in=locked) | Q(pk__in=messages)
    return here.filter(~closed | reach).select_related(
        "case__channel__node", "case__item", "decision__step"
    )


def found(rows: "QuerySet[Registration]", query: str) -> "QuerySet[Registration]":
    """Keep what has every word of `query` in its number or title."""
    for word in query.split():
        rows = rows.filter(Q(diary_number__icontains=word) | Q(title__icontains=word))
    return rows
