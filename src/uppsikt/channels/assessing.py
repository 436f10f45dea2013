"""What data protection demands of a platform: joint control, screening (D-20, D-22)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from uppsikt.channels.models import Channel, JointControl, Opinion, Screening
from uppsikt.channels.risking import path_of
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_
from uppsikt.records import ledger


class NotYetRead(ValidationError):
    """The day on which it was read has not come."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The arrangement on joint control: which, read when, what visitors are told."""

    reference: str
    read_on: date
    notice: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Which criteria for an impact assessment a platform meets, and the result."""

    children: bool
    sensitive_data: bool
    large_scale: bool
    new_technology: bool
    result: str


@transaction.atomic
def arrange(
    site: str, told: Arrangement, *, actor: Actor, at: datetime
) -> JointControl:
    """Note the arrangement with a platform, read by the actor (D-20, GDPR 26)."""
    moves.must(Right.ASSESS_PLATFORM, actor, path_of(None), at=at)
    if told.read_on > timezone.localtime(at).date():
        raise NotYetRead(N_("The day lies in the future."))
    row = JointControl.objects.create(site=site, at=at, by=actor.person, **asdict(told))
    facts: dict[str, ledger.JsonValue] = {
        "reference": told.reference,
        "read_on": told.read_on.isoformat(),
        "notice": told.notice,
    }
    _tell("platform.arrange", site, facts, actor, at)
    return row


@transaction.atomic
def screen(site: str, answers: Answers, *, actor: Actor, at: datetime) -> Screening:
    """Consider whether a platform needs an impact assessment (D-22, GDPR 35)."""
    moves.must(Right.ASSESS_PLATFORM, actor, path_of(None), at=at)
    row = Screening.objects.create(site=site, at=at, by=actor.person, **asdict(answers))
    _tell("platform.screen", site, asdict(answers), actor, at)
    return row


@transaction.atomic
def advise(screening: Screening, text: str, *, actor: Actor, at: datetime) -> Opinion:
    """Store what the data protection officer says of a screening.

    Raises:
        moves.NotYours: the actor is no data protection officer.
        moves.NoReason: nothing is said.
    """
    moves.must(Right.ADVISE, actor, path_of(None), at=at)
    if not text.strip():
        raise moves.NoReason
    row = Opinion.objects.create(
        screening=screening, text=text.strip(), at=at, by=actor.person
    )
    told: dict[str, ledger.JsonValue] = {"screening": screening.pk, "text": row.text}
    _tell("platform.advise", screening.site, told, actor, at)
    return row


@transaction.atomic
def certify(channel: Channel, *, has: bool, actor: Actor, at: datetime) -> None:
    """Say whether the channel has a certificate of publication (D-26, YGL 1:4)."""
    moves.must(Right.EDIT_CARD, actor, channel.path, at=at)
    if channel.has_certificate == has:
        return
    channel.has_certificate = has
    channel.save(update_fields=["has_certificate"])
    told: dict[str, ledger.JsonValue] = {"has": has}
    subject = channel.subject
    ledger.append("channel.certificate", subject, told, actor=actor.name, at=at)


def _tell(
    act: str,
    site: str,
    told: dict[str, ledger.JsonValue],
    actor: Actor,
    at: datetime,
) -> None:
    ledger.append(act, f"platform:{site}", told, actor=actor.name, at=at)
