"""What people order to go out in the channel's name, and how they take it back."""

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from uppsikt.channels import connecting
from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.platforms import Can
from uppsikt.policy.lifecycle import Move
from uppsikt.records import ledger
from uppsikt.sending import approving
from uppsikt.sending.approving import approve as approve  # noqa: PLC0414 (an act)
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing, Outgoings


class Empty(Exception):
    """There is nothing to send."""


class MayBeThere(Exception):
    """The platform has not said for sure that it does not have the text."""


class TooLong(Exception):
    """The text is longer than the platform takes."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__(f"{length} > {most}")
        self.length = length
        self.most = most


WANTS_APPROVAL: Final = (
    Outgoing.Kind.ANSWER,
    Outgoing.Kind.REFERRAL,
    Outgoing.Kind.MOVED,
    Outgoing.Kind.POST,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said: about which thing, in answer to which post."""

    text: str
    kind: Outgoing.Kind
    about: str
    reply_to: str = ""
    reply_root: str = ""
    # A person told us of it, so only a person finds it at the platform.
    by_hand: bool = False


@transaction.atomic
def order(channel: Channel, letter: Letter, *, actor: Actor, at: datetime) -> Outgoing:
    """Order `letter` to be sent from the channel, or to be approved first (R-6.2-6)."""
    text = _checked(channel, letter.text)
    move = _first_move(channel, letter, actor, at)
    outgoing = Outgoing(
        channel=channel,
        kind=letter.kind,
        about=letter.about,
        text=text,
        reply_to=letter.reply_to,
        reply_root=letter.reply_root,
        key=uuid.uuid4().hex,
        written_by=actor.user,
        written_at=at,
        next_try_at=_first_try(at) if move is OutgoingLife.order else None,
    )
    moves.begin(move, outgoing, actor=actor, at=at)
    return outgoing


def send_back(outgoing: Outgoing, *, why: str, actor: Actor, at: datetime) -> None:
    """Send the text back to its writer, and say why."""
    moves.make(OutgoingLife.send_back, outgoing, actor=actor, at=at, why=why)


@transaction.atomic
def stop(outgoing: Outgoing, *, actor: Actor, at: datetime) -> None:
    """Take back what has not left yet; raise `TooLate` when the worker has it.

    What has been tried may have left all the same. It is not tried again, and stopped
    when the worker has seen that the platform does not have it; `stop_asked_at` is set
    until then.
    """
    if outgoing.status != OutgoingLife.ordered.name:
        moves.make(OutgoingLife.stop, outgoing, actor=actor, at=at)
        return
    here = _unheld(outgoing, at)
    if here.filter(attempts=0).update(next_try_at=None):
        moves.make(OutgoingLife.stop, outgoing, actor=actor, at=at)
    else:
        _ask_to_stop(outgoing, actor, at)


def stop_about(about: str, *, at: datetime) -> None:
    """Stop what is written about one thing and has not left: it has lost its sense.

    What the worker has in hand just now goes out.
    """
    for outgoing in Outgoing.objects.about(about).select_related("channel__node"):
        if OutgoingLife.stop.leaves(outgoing.status):
            with suppress(moves.TooLate):
                stop(outgoing, actor=CLOCK, at=at)


def seal(outgoing: Outgoing, *, actor: Actor, at: datetime) -> None:
    """Stop a text about what is on the special path (requirements 3.4).

    Raises `moves.TooLate` for what is out, or in the worker's hands just now.
    """
    held = Outgoing.objects.filter(pk=outgoing.pk, lease_until__gt=at)
    if not OutgoingLife.seal.leaves(outgoing.status) or held.exists():
        raise moves.TooLate
    changes = {"next_try_at": None, "lease_until": None}
    moves.make(OutgoingLife.seal, outgoing, actor=actor, at=at, changes=changes)


def post(outgoing: Outgoing, *, url: str, actor: Actor, at: datetime) -> None:
    """Tell that the text is posted by hand at the platform, and where."""
    changes = {"remote_url": url, "sent_at": at, "confirmed_at": at}
    moves.make(OutgoingLife.post, outgoing, actor=actor, at=at, changes=changes)


def vouch(outgoing: Outgoing, *, url: str, actor: Actor, at: datetime) -> None:
    """Tell that what was sent is seen at the platform, and where."""
    changes = {"remote_url": url, "confirmed_at": at, "problem": "", **_AT_REST}
    moves.make(OutgoingLife.vouch, outgoing, actor=actor, at=at, changes=changes)


def declare_lost(outgoing: Outgoing, *, why: str, actor: Actor, at: datetime) -> None:
    """Conclude that what was sent never came out, and say why.

    Raises `MayBeThere` unless the platform, asked when it had had its time to show it,
    said that it does not have it.
    """
    outgoing.refresh_from_db(fields=["missed_at", "sent_at"])
    if not outgoing.may_be_lost:
        raise MayBeThere
    lost = OutgoingLife.declare_lost
    moves.make(lost, outgoing, actor=actor, at=at, why=why, changes=_AT_REST)


def retry(outgoing: Outgoing, *, actor: Actor, at: datetime) -> None:
    """Try again what could not be sent."""
    changes = {
        "next_try_at": at,
        "attempts": 0,
        "problem": "",
        "stop_asked_at": None,
        "missed_at": None,
    }
    moves.make(OutgoingLife.retry, outgoing, actor=actor, at=at, changes=changes)


_AT_REST: dict[str, object] = {"next_try_at": None, "lease_until": None}


def _ask_to_stop(outgoing: Outgoing, actor: Actor, at: datetime) -> None:
    """Let the worker look for it now, and stop it if it is not there."""
    if refusal := moves.why_not(OutgoingLife.stop, outgoing, actor, at=at):
        raise moves.NotYours(refusal)
    # Another time to try also keeps a worker from sending what it has read already.
    asked = {"stop_asked_at": at, "next_try_at": at}
    if not _unheld(outgoing, at).update(**asked):
        raise moves.TooLate
    for name, value in asked.items():
        setattr(outgoing, name, value)
    ledger.append("outgoing.ask_stop", outgoing.subject, {}, actor=actor.name, at=at)


def _unheld(outgoing: Outgoing, at: datetime) -> Outgoings:
    """Keep the row if it is still ordered, and in no worker's hands."""
    rows = Outgoing.objects.filter(pk=outgoing.pk, status=OutgoingLife.ordered.name)
    return rows.filter(Q(lease_until=None) | Q(lease_until__lt=at))


def _checked(channel: Channel, text: str) -> str:
    text = text.strip().replace("\x00", "")
    connector = connecting.connector(channel)
    if not text:
        raise Empty
    length, most = connector.length(text), connector.max_length
    if length > most:
        raise TooLong(length, most)
    return text


def _first_move(channel: Channel, letter: Letter, actor: Actor, at: datetime) -> Move:
    what = Can.REPLY if letter.reply_to else Can.PUBLISH
    if letter.by_hand or not connecting.can(channel, what):
        return OutgoingLife.hand_over
    asked = letter.kind in WANTS_APPROVAL and approving.is_asked(
        channel, letter.kind, actor, rules.in_force(at)
    )
    if asked:
        return OutgoingLife.ask
    return OutgoingLife.order


def _first_try(at: datetime) -> datetime:
    return at + timedelta(seconds=rules.in_force(at).number("send_delay"))
