"""Who is told of a removal: the author, and where it is called for police and platform.

Each is a row or a text of its own that gates the closing of the case, so an author who
cannot be reached stops nothing else (R-6.4-26, R-6.4-27).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from uppsikt.channels import connecting
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import drafts
from uppsikt.inbox.models import Item
from uppsikt.moderation import special
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, PlatformReport, Report
from uppsikt.moderation.special import NoWords
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.roles import Right
from uppsikt.records import ledger
from uppsikt.sending import actions as sending
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

if TYPE_CHECKING:
    from uppsikt.records.openings import JsonValue

NOT_OUT = (OutgoingLife.stopped.name, OutgoingLife.failed.name)
# What may stand at the platform is never told in other words too; but that it cannot
# be seen there, or that nobody can post it, is an outcome.
NOT_SEEN = (*NOT_OUT, OutgoingLife.by_hand.name, OutgoingLife.unconfirmed.name)
TO_BE_SEEN = tuple(
    s.name
    for s in (OutgoingLife.by_hand, OutgoingLife.failed, OutgoingLife.unconfirmed)
)
"""Where a person's eyes settle that the notice stands at the platform."""


class NotRemovedYet(Exception):
    """The author is told that it is gone, so it must be gone first."""


class ToldAlready(Exception):
    """A notice to the author is on its way or has arrived."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the content is reported, with which reference, or why not."""

    to: Report.To
    made: bool
    reference: str = ""
    why: str = ""


@transaction.atomic
def notify(case: Case, text: str, *, actor: Actor, at: datetime) -> Outgoing:
    """Tell the author, in public below what was removed (R-6.4-26).

    Raises `NotRemovedYet`, `ToldAlready`, `SpecialPathOnly`, and what `sending.order`
    raises for a text that cannot be sent.
    """
    special.refuse(case)
    moves.must(Right.TELL, actor, case.path, at=at)
    _refuse_untimely(case, NOT_OUT)
    _drop(case, actor=actor, at=at)
    notice = sending.order(case.channel, _letter(case, text), actor=actor, at=at)
    case.notice, case.notice_impossible = notice, ""
    case.save(update_fields=["notice", "notice_impossible"])
    return notice


@transaction.atomic
def cannot_notify(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Record why the author cannot be told (R-6.4-26).

    A notice that waits to be posted by hand, or never went out, is stopped by it.
    """
    special.refuse(case)
    moves.must(Right.TELL, actor, case.path, at=at)
    if not why.strip():
        raise NoWords
    _refuse_untimely(case, NOT_SEEN)
    _drop(case, actor=actor, at=at)
    case.notice_impossible = why.strip()
    case.save(update_fields=["notice_impossible"])
    told = {"why": case.notice_impossible}
    ledger.append("case.cannot_notify", case.subject, told, actor=actor.name, at=at)


def posted(case: Case, *, url: str, actor: Actor, at: datetime) -> None:
    """Tell that the notice stands at the platform, and where: posted by hand, or seen.

    Raises `moves.TooLate` when no notice waits for it.
    """
    notice = _notice(case)
    sent = notice.status == OutgoingLife.unconfirmed.name
    act = sending.vouch if sent else sending.post
    act(notice, url=url, actor=actor, at=at)


def lost(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Conclude that the notice never came out, so that another may be written.

    Raises `sending.MayBeThere` unless the platform has said so itself.
    """
    sending.declare_lost(_notice(case), why=why, actor=actor, at=at)


@transaction.atomic
def report(case: Case, answer: Answer, *, actor: Actor, at: datetime) -> Report:
    """Record whether it is reported to the police or the platform (R-6.4-27).

    Raises `NoWords` for a no without its reason, `moves.TooLate` for a case that ended
    or while the program hands in the report.
    """
    special.refuse(case)
    moves.must(Right.TELL, actor, case.path, at=at)
    if not Case.objects.in_hand().filter(pk=case.pk).exists():
        raise moves.TooLate
    ordered = PlatformReport.objects.under_way().filter(case=case)
    if answer.to == Report.To.PLATFORM and ordered.exists():
        raise moves.TooLate
    if not (answer.made or answer.why.strip()):
        raise NoWords
    return record(case, answer, by=actor.person, actor=actor, at=at)


def record(
    case: Case, answer: Answer, *, by: User, actor: Actor, at: datetime
) -> Report:
    """Write down an answer that `by` gave or ordered, in the caller's transaction."""
    told: dict[str, JsonValue] = {
        "to": answer.to,
        "made": answer.made,
        "reference": answer.reference.strip(),
        "why": answer.why.strip(),
    }
    entry = ledger.append("case.report", case.subject, told, actor=actor.name, at=at)
    row, _created = Report.objects.update_or_create(
        case=case,
        to=answer.to,
        defaults={**told, "at": at, "by": by, "entry": entry},
    )
    return row


def notice_text(case: Case, writer: User, *, at: datetime) -> str:
    """Return the guideline's notice filled in and signed; the short one if it must be.

    What, when, on which ground, by whom judged, how to object, that a copy is kept.
    """
    guideline = rules.in_force(at)
    connector = connecting.connector(case.channel)
    texts = [
        _filled(guideline, name, case) + drafts.beginning(writer)
        for name in ("notice_text", "notice_text_short")
    ]
    fitting = (t for t in texts if connector.length(t) <= connector.max_length)
    return next(fitting, texts[-1])


def reference(case: Case) -> str:
    """Return what the author names in an objection."""
    known = case.registration and case.registration.diary_number
    return known or _("case %(number)d") % {"number": case.pk}


def police_is_expected(case: Case, *, at: datetime) -> bool:
    """Tell whether a report to the police is what the ground leads to."""
    ground = rules.in_force(at).grounds.get(case.ground)
    return ground is not None and ground.police == "yes"


def _filled(guideline: Guideline, name: str, case: Case) -> str:
    ground = guideline.grounds[case.ground].label
    published = case.item.published_at if case.item else case.knowledge_at
    return guideline.text(name) % {
        "date": written(timezone.localtime(published), "j F"),
        "ground": ground[:1].lower() + ground[1:],
        "contact": case.channel.contact,
        "reference": reference(case),
    }


def _letter(case: Case, text: str) -> sending.Letter:
    if case.item is None:
        raise special.SpecialPathOnly
    return sending.Letter(
        text,
        Outgoing.Kind.NOTICE,
        case.subject,
        reply_to=case.item.remote_id,
        reply_root=case.item.root_id,
        by_hand=case.item.how != Item.How.API,
    )


def _notice(case: Case) -> Outgoing:
    special.refuse(case)
    case.refresh_from_db(fields=["notice"])
    if case.notice is None:
        raise moves.TooLate
    return case.notice


def _drop(case: Case, *, actor: Actor, at: datetime) -> None:
    """Stop the notice that never went out: another, or none, takes its place."""
    notice = case.notice
    if notice is not None and OutgoingLife.stop.leaves(notice.status):
        sending.stop(notice, actor=actor, at=at)


def _refuse_untimely(case: Case, free: Collection[str]) -> None:
    """Refuse unless the comment is gone and its notice, if any, stands in `free`.

    Holds the case's row, and reads the notice as it is then: two people may be here.
    """
    here = Case.objects.filter(pk=case.pk, status=CaseLife.removed.name)
    if not here.update(problem=""):
        raise NotRemovedYet
    case.refresh_from_db(fields=["notice"])
    if case.notice is not None and case.notice.status not in free:
        raise ToldAlready
