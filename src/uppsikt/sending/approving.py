"""Approval of what a colleague wrote: exactly that, or a version of one's own."""

import hashlib
from datetime import datetime

from django.db import transaction

from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.policy.guideline import Guideline
from uppsikt.records import ledger
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing


class NotWhatWasRead(Exception):
    """The text is another than the one that the approver had before them."""


def digest(text: str) -> str:
    """Return the SHA-256 of `text`, by which an approval holds on to it."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def approve(
    outgoing: Outgoing, *, actor: Actor, at: datetime, read: str = "", text: str = ""
) -> None:
    """Approve what a colleague wrote, and send it; with `text` as one's own version.

    `read` is the digest of what the approver had before them. What is sent is bound to
    the digest of what was approved, so that any later change stops it (R-6.2-6). An own
    version keeps what the writer had written, for the writer to see.

    Raises:
        NotYours, TooLate: as `moves.make`.
        NotWhatWasRead: the text has changed meanwhile.
    """
    outgoing.refresh_from_db(fields=["text", "status"])
    if read and read != digest(outgoing.text):
        raise NotWhatWasRead
    said = text or outgoing.text
    changes: dict[str, object] = {"next_try_at": at, "approved_digest": digest(said)}
    if said != outgoing.text:
        changes |= {"text": said, "written_first": outgoing.text}
        changes |= {"amended_by": actor.person}
    moves.make(OutgoingLife.approve, outgoing, actor=actor, at=at, changes=changes)
    told = {"sha256": digest(said)}
    ledger.append("outgoing.bind", outgoing.subject, told, actor=actor.name, at=at)


def must_be_what_was_approved(outgoing: Outgoing) -> None:
    """Raise `NotWhatWasRead` where the text has changed since it was approved."""
    bound = outgoing.approved_digest
    if bound and bound != digest(outgoing.text):
        raise NotWhatWasRead


def is_asked(channel: Channel, kind: str, actor: Actor, guideline: Guideline) -> bool:
    """Tell whether the guideline wants somebody else to read this text first.

    Of all answers, of some kinds, or of a newcomer's first answers.
    """
    may = set(guideline.rule(str(OutgoingLife.approve)).roles)
    if actor.roles_at(channel.path) & may:
        return False
    return (
        guideline.value("answer_approval") is True
        or kind in _listed(guideline)
        or _is_new(actor, guideline)
    )


def _listed(guideline: Guideline) -> list[str]:
    known = guideline.parameters.get("approval_kinds")
    rows = known.value if known else []
    return [str(row) for row in rows] if isinstance(rows, list) else []


def _is_new(actor: Actor, guideline: Guideline) -> bool:
    """Tell whether the actor has fewer answers behind them than the guideline wants."""
    known = guideline.parameters.get("approval_first_answers")
    first = known.value if known and isinstance(known.value, int) else 0
    if not first:
        return False
    done = Outgoing.objects.filter(written_by=actor.person, confirmed_at__isnull=False)
    return done.count() < first
