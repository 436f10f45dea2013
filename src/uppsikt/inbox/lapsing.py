"""One function per act on a private opinion in our name: report, judge, correct, close.

Our channels speak for the municipality, objectively (RF 1:9, FL 5 §). What is wrong is
corrected in the open, or removed by a case with evidence, and registered (R-6.2-12).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from uppsikt.channels.models import Channel, Feedback
from uppsikt.channels.reception import receiver
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox.by_hand import same_address
from uppsikt.inbox.lapse_life import LapseLife
from uppsikt.inbox.models import Item, Lapse, SampledAnswer
from uppsikt.inbox.texts import OUT
from uppsikt.policy import clocks
from uppsikt.records import diary, ledger, vault
from uppsikt.records.models import Registration
from uppsikt.sending import actions as sending
from uppsikt.sending.actions import Letter
from uppsikt.sending.models import Outgoing


class NothingCorrected(Exception):
    """There is neither a text that corrects it nor a removal."""


class NotOutYet(Exception):
    """The correction has not been seen to be out."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody on staff has seen: where, what it said, and what is wrong."""

    kind: str
    quoted: str
    url: str = ""
    said: str = ""
    item: Item | None = None
    sampled: SampledAnswer | None = None
    feedback: Feedback | None = None


@transaction.atomic
def report(channel: Channel, seen: Seen, *, actor: Actor, at: datetime) -> Lapse:
    """Take in a report; everybody on staff may make one."""
    guideline = rules.in_force(at)
    span = rules.span(guideline, "own_correction")
    minute = at.replace(second=0, microsecond=0)
    lapse = Lapse(
        channel=channel,
        item=seen.item or _ours(channel, seen.url),
        sampled=seen.sampled,
        feedback=seen.feedback,
        kind=seen.kind,
        quoted=seen.quoted,
        url=seen.url,
        said=seen.said,
        reported_by=actor.person,
        reported_at=at,
        due_at=clocks.end(minute, span, guideline.working_calendar),
    )
    moves.begin(LapseLife.report, lapse, actor=receiver(actor), at=at)
    kept = vault.keep(_report(lapse).encode(), "text/plain", at=at)
    facts: dict[str, ledger.JsonValue] = {"kind": seen.kind, "file": kept.name}
    ledger.append("lapse.content", lapse.subject, facts, actor=actor.name, at=at)
    return lapse


@transaction.atomic
def uphold(lapse: Lapse, *, why: str, actor: Actor, at: datetime) -> None:
    """Find that it is to be corrected, and ask for its registration."""
    registration = _ask(lapse, why, at)
    changes = {"registration": registration}
    move = LapseLife.uphold
    moves.make(move, lapse, actor=actor, at=at, why=why, changes=changes)


@transaction.atomic
def dismiss(lapse: Lapse, *, why: str, actor: Actor, at: datetime) -> None:
    """Find that there is nothing to correct; what was asked of the diary is let go.

    Raises `diary.AlreadyRegistered` where it has its number already.
    """
    asked = lapse.registration
    changes = {"registration": None}
    move = LapseLife.dismiss
    moves.make(move, lapse, actor=actor, at=at, why=why, changes=changes)
    if asked is not None:
        diary.withdraw(asked, by=actor.name, at=at)


@transaction.atomic
def correct(lapse: Lapse, text: str, *, actor: Actor, at: datetime) -> Outgoing | None:
    """Order a text that corrects it; without one it must have been removed by a case.

    Raises:
        NothingCorrected: neither.
        sending.TooLong: more than the platform takes.
    """
    if not text.strip() and not lapse.removed:
        raise NothingCorrected
    outgoing = _order(lapse, text, actor, at) if text.strip() else None
    changes = {"correction": outgoing}
    moves.make(LapseLife.correct, lapse, actor=actor, at=at, changes=changes)
    return outgoing


def close(lapse: Lapse, *, actor: Actor, at: datetime) -> None:
    """Close it, when the correction is out and it has its diary number.

    Raises:
        NotOutYet: nobody has seen the correction out there.
        moves.NotReady: the diary number is missing.
    """
    text = lapse.correction
    if not lapse.removed and (text is None or text.status not in OUT):
        raise NotOutYet
    moves.make(LapseLife.close, lapse, actor=actor, at=at)


def overdue(channels: Sequence[Channel], *, at: datetime) -> dict[int, int]:
    """Return how many reports have waited too long, by channel, by one query."""
    rows = Lapse.objects.overdue(at).filter(channel__in=channels)
    return dict(rows.values_list("channel").annotate(Count("pk")).order_by())


def _ours(channel: Channel, url: str) -> Item | None:
    """Return the text of ours that stands at `url`, where we have it."""
    if not url:
        return None
    rows = Item.objects.filter(channel=channel, own=True, secluded=False)
    return rows.filter(url__in=[url, same_address(url)]).first()


def _order(lapse: Lapse, text: str, actor: Actor, at: datetime) -> Outgoing:
    item = lapse.item
    letter = Letter(
        text=text,
        kind=Outgoing.Kind.POST,
        about=lapse.subject,
        reply_to=item.remote_id if item else "",
        reply_root=item.root_id if item else "",
        by_hand=item is None or item.how != Item.How.API,
    )
    return sending.order(lapse.channel, letter, actor=actor, at=at)


def _ask(lapse: Lapse, why: str, at: datetime) -> Registration:
    guideline = rules.in_force(at)
    span = rules.span(guideline, "registration_target")
    text = f"{_report(lapse)}\n\n{why}"
    return diary.ask(
        lapse.subject,
        path=lapse.path,
        series=guideline.text("diary_series"),
        title=_("Correction of a text in %(channel)s")
        % {"channel": lapse.channel.name},
        direction=Registration.Direction.DRAWN_UP,
        party=lapse.channel.name,
        happened_at=lapse.reported_at,
        secret=False,
        due_at=clocks.due(at, span, guideline.working_calendar).at,
        at=at,
        files=[vault.keep(text.encode(), "text/plain", at=at)],
    )


def _report(lapse: Lapse) -> str:
    parts = (lapse.get_kind_display(), lapse.url, lapse.quoted, lapse.said)
    return "\n\n".join(part for part in parts if part)
