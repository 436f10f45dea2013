"""One function per act on a suggestion: leave, handle, hand over (R-6.1-4)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from uppsikt.channels import receipts
from uppsikt.channels.feedback_life import FeedbackLife
from uppsikt.channels.models import Channel, Feedback
from uppsikt.channels.reception import receiver
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, User
from uppsikt.policy import clocks
from uppsikt.policy.roles import Role
from uppsikt.records import ledger, mail, vault


@transaction.atomic
def leave(
    channel: Channel,
    text: str,
    *,
    contact: str,
    kind: str = Feedback.Kind.CHANNEL,
    actor: Actor,
    at: datetime,
) -> Feedback:
    """Take in what anybody wants to say of a channel, and tell its people."""
    told = f"{text}\n\n{contact}" if contact else text
    feedback = Feedback(
        channel=channel,
        reference=receipts.new("S"),
        kind=kind,
        text=text,
        contact=contact,
        content=vault.keep(told.encode(), "text/plain", at=at),
        received_at=at,
        due_at=due(at),
    )
    moves.begin(FeedbackLife.receive, feedback, actor=receiver(actor), at=at)
    facts: dict[str, ledger.JsonValue] = {
        "file": feedback.content_id,
        "reference": feedback.reference,
        "kind": kind,
    }
    ledger.append("feedback.content", feedback.subject, facts, actor=actor.name, at=at)
    _tell(feedback, at)
    return feedback


@transaction.atomic
def handle(feedback: Feedback, answer: str, *, actor: Actor, at: datetime) -> None:
    """Note what was done; whoever left an address gets it as a letter."""
    changes: dict[str, object] = {"answer": answer, "ended_at": at}
    moves.make(FeedbackLife.handle, feedback, actor=actor, at=at, changes=changes)
    kept = vault.keep(answer.encode(), "text/plain", at=at)
    facts: dict[str, ledger.JsonValue] = {
        "file": kept.name,
        "sent": bool(feedback.contact),
    }
    ledger.append("feedback.answer", feedback.subject, facts, actor=actor.name, at=at)
    if feedback.contact:
        mail.ask(feedback.contact, _subject(feedback), _answered(feedback), at=at)


@transaction.atomic
def hand_over(feedback: Feedback, *, why: str, actor: Actor, at: datetime) -> str:
    """Hand over to the municipality's own system; return where, as the guideline says.

    Where the guideline gives an e-mail address, the suggestion goes there as a letter;
    where it gives a name, a person passes it on.
    """
    where = receives(at)
    changes = {"ended_at": at}
    move = FeedbackLife.hand_over
    moves.make(move, feedback, actor=actor, at=at, why=why, changes=changes)
    facts = {"to": where}
    ledger.append("feedback.passed", feedback.subject, facts, actor=actor.name, at=at)
    if is_address(where):
        mail.ask(where, _subject(feedback), _passed(feedback, why), at=at)
    return where


def receives(at: datetime) -> str:
    """Return where suggestions are handed over to: a name, or an e-mail address."""
    return rules.in_force(at).text("feedback_system")


def is_address(where: str) -> bool:
    """Tell whether suggestions can be sent there as letters."""
    try:
        validate_email(where)
    except ValidationError:
        return False
    return True


def due(at: datetime) -> datetime:
    """Return when what is received at `at` must be handled."""
    guideline = rules.in_force(at)
    span = rules.span(guideline, "feedback_answer")
    minute = at.replace(second=0, microsecond=0)
    return clocks.end(minute, span, guideline.working_calendar)


def late(channels: Sequence[Channel], *, at: datetime) -> dict[int, int]:
    """Return how many suggestions have waited too long, by channel, by one query."""
    waited = Q(ended_at=None) | Q(ended_at__gt=at)
    rows = Feedback.objects.filter(waited, due_at__lt=at, channel__in=channels)
    return dict(rows.values_list("channel").annotate(Count("pk")).order_by())


def _tell(feedback: Feedback, at: datetime) -> None:
    """Ask those who answer for the channel to look; the letter tells nothing of it."""
    told = {"channel": feedback.channel.name, "reference": feedback.reference}
    body = _(
        "A visitor has left a suggestion about %(channel)s (%(reference)s). Sign in to "
        "Uppsikt and open it under Suggestions."
    )
    for user in _responsible(feedback, at):
        mail.ask(
            user.email, _("New suggestion: %(channel)s") % told, body % told, at=at
        )


def _responsible(feedback: Feedback, at: datetime) -> list[User]:
    roles = (Role.CHANNEL_OWNER, Role.DEPUTY)
    held = Assignment.objects.holding(at).filter(
        node=feedback.channel.node, role__in=roles, user__is_active=True
    )
    return list({a.user_id: a.user for a in held.select_related("user")}.values())


def _subject(feedback: Feedback) -> str:
    told = {"channel": feedback.channel.name, "reference": feedback.reference}
    return _("Your suggestion %(reference)s: %(channel)s") % told


def _answered(feedback: Feedback) -> str:
    told = {"channel": feedback.channel.name, "answer": feedback.answer}
    return (
        _(
            "Hi!\n\nYou left a suggestion about our channel %(channel)s. This is our "
            "answer:\n\n%(answer)s\n\nDo not answer this letter: nobody reads it."
        )
        % told
    )


def _passed(feedback: Feedback, why: str) -> str:
    told = {
        "channel": feedback.channel.name,
        "text": feedback.text,
        "contact": feedback.contact or "–",
        "why": why,
    }
    return (
        _(
            "A visitor left this suggestion about the channel %(channel)s. It is "
            "handed over to you.\n\n%(text)s\n\nE-mail of the sender: "
            "%(contact)s\n\nWhy it is handed over: %(why)s"
        )
        % told
    )
