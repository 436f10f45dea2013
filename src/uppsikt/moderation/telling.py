"""Who is told of a removal: the author, and where it is called for police and platform.

Each is a row or a text of its own that gates the closing of the case, so an author who
cannot be reached stops nothing else (R-6.4-26, R-6.4-27).
"""

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
from uppsikt.moderation import special
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, Report
from uppsikt.moderation.special import NoWords
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.roles import Role
from uppsikt.records import ledger
from uppsikt.sending import actions as sending
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

if TYPE_CHECKING:
    from uppsikt.records.openings import JsonValue

TELLS = frozenset(
    {
        Role.CHANNEL_OWNER,
        Role.DEPUTY,
        Role.COMMUNICATIONS_OFFICER,
        Role.COMMUNICATIONS_OFFICE,
        Role.COMMUNICATIONS_DIRECTOR,
    }
)
NOT_OUT = (OutgoingLife.stopped.name, OutgoingLife.failed.name)


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
    moves.require(actor, case.path, TELLS)
    _refuse_untimely(case)
    notice = sending.order(case.channel, _letter(case, text), actor=actor, at=at)
    case.notice, case.notice_impossible = notice, ""
    case.save(update_fields=["notice", "notice_impossible"])
    return notice


@transaction.atomic
def cannot_notify(case: Case, *, why: str, actor: Actor, at: datetime) -> None:
    """Record why the author cannot be told (R-6.4-26)."""
    special.refuse(case)
    moves.require(actor, case.path, TELLS)
    _refuse_untimely(case)
    if not why.strip():
        raise NoWords
    case.notice_impossible = why.strip()
    case.save(update_fields=["notice_impossible"])
    told = {"why": case.notice_impossible}
    ledger.append("case.cannot_notify", case.subject, told, actor=actor.name, at=at)


@transaction.atomic
def report(case: Case, answer: Answer, *, actor: Actor, at: datetime) -> Report:
    """Record whether it is reported to the police or the platform (R-6.4-27).

    Raises `NoWords` for a no without its reason, `moves.TooLate` for a case that ended.
    """
    special.refuse(case)
    moves.require(actor, case.path, TELLS)
    if not Case.objects.in_hand().filter(pk=case.pk).exists():
        raise moves.TooLate
    if not (answer.made or answer.why.strip()):
        raise NoWords
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
        defaults={**told, "at": at, "by": actor.person, "entry": entry},
    )
    return row


def notice_text(case: Case, writer: User, *, at: datetime) -> str:
    """Return the guideline's notice filled in and signed; the short one if it must be.

    What, when, on which ground, by whom judged, how to object, that a copy is kept.
    """
    guideline = rules.in_force(at)
    most = connecting.connector(case.channel).max_length
    texts = [
        _filled(guideline, name, case) + drafts.beginning(writer)
        for name in ("notice_text", "notice_text_short")
    ]
    return next((text for text in texts if len(text) <= most), texts[-1])


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
    )


def _refuse_untimely(case: Case) -> None:
    """Refuse unless the comment is gone and no notice is out; holds the case's row."""
    here = Case.objects.filter(pk=case.pk, status=CaseLife.removed.name)
    if not here.update(problem=""):
        raise NotRemovedYet
    if case.notice is None:
        case.refresh_from_db(fields=["notice"])
    if case.notice is not None:
        case.notice.refresh_from_db(fields=["status"])
        if case.notice.status not in NOT_OUT:
            raise ToldAlready
