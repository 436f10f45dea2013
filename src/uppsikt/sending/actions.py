"""What people order to go out in the channel's name, and how they take it back."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from uppsikt.channels import connecting
from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.platforms import Can
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Role
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

APPROVES = frozenset({Role.COMMUNICATIONS_OFFICER, Role.COMMUNICATIONS_OFFICE})


class Empty(Exception):
    """There is nothing to send."""


class TooLong(Exception):
    """The text is longer than the platform takes."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__(f"{length} > {most}")
        self.length = length
        self.most = most


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


def approve(outgoing: Outgoing, *, actor: Actor, at: datetime) -> None:
    """Approve what a colleague wrote, and send it."""
    changes = {"next_try_at": at}
    moves.make(OutgoingLife.approve, outgoing, actor=actor, at=at, changes=changes)


def send_back(outgoing: Outgoing, *, why: str, actor: Actor, at: datetime) -> None:
    """Send the text back to its writer, and say why."""
    moves.make(OutgoingLife.send_back, outgoing, actor=actor, at=at, why=why)


@transaction.atomic
def stop(outgoing: Outgoing, *, actor: Actor, at: datetime) -> None:
    """Take back what has not left yet; raise `TooLate` when the worker has it."""
    here = Outgoing.objects.filter(pk=outgoing.pk, attempts=0, lease_until=None)
    if not here.update(next_try_at=None):
        raise moves.TooLate
    moves.make(OutgoingLife.stop, outgoing, actor=actor, at=at)


def post(outgoing: Outgoing, *, url: str, actor: Actor, at: datetime) -> None:
    """Tell that the text is posted by hand at the platform, and where."""
    changes = {"remote_url": url, "sent_at": at, "confirmed_at": at}
    moves.make(OutgoingLife.post, outgoing, actor=actor, at=at, changes=changes)


def retry(outgoing: Outgoing, *, actor: Actor, at: datetime) -> None:
    """Try again what could not be sent."""
    changes = {"next_try_at": at, "attempts": 0, "problem": ""}
    moves.make(OutgoingLife.retry, outgoing, actor=actor, at=at, changes=changes)


def _checked(channel: Channel, text: str) -> str:
    text = text.strip().replace("\x00", "")
    most = connecting.connector(channel).max_length
    if not text:
        raise Empty
    if len(text) > most:
        raise TooLong(len(text), most)
    return text


def _first_move(channel: Channel, letter: Letter, actor: Actor, at: datetime) -> Move:
    what = Can.REPLY if letter.reply_to else Can.PUBLISH
    if letter.by_hand or not connecting.can(channel, what):
        return OutgoingLife.hand_over
    wants_approval = letter.kind in (Outgoing.Kind.ANSWER, Outgoing.Kind.POST)
    asked = rules.in_force(at).value("answer_approval") is True and wants_approval
    if asked and not actor.roles_at(channel.path) & APPROVES:
        return OutgoingLife.ask
    return OutgoingLife.order


def _first_try(at: datetime) -> datetime:
    return at + timedelta(seconds=rules.in_force(at).number("send_delay"))
