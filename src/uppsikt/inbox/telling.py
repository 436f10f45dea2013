"""A message in the service that reached somebody on staff in person (D-12).

It concerns the authority's matters, so it is a document of ours wherever it came (TF
2:8). The private account of whoever tells is never asked for and never kept (R-6.2-6).
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from uppsikt.channels.models import Channel
from uppsikt.channels.reception import receiver
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox import arriving
from uppsikt.inbox.by_hand import PICTURES
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, PrivateMessage
from uppsikt.inbox.talk_life import TalkLife
from uppsikt.records import ledger, mail, media, vault
from uppsikt.records.models import Blob, Registration

OWN = "told:"
"""How our own name of a conversation begins that came in person."""


@dataclass(frozen=True, slots=True)
class InPerson:
    """What somebody on staff tells: of whom, when, which way, and what it said."""

    place: Channel | Node
    direction: Registration.Direction
    party: str
    happened_at: datetime
    text: str
    picture: bytes = b""


class NotYet(Exception):
    """It is said to have been written later than now."""


@transaction.atomic
def tell(told: InPerson, *, actor: Actor, at: datetime) -> PrivateMessage:
    """Enter it in the register, to be decided on like any other; send a receipt.

    Everybody on staff may: the program takes it in, in their name.

    Raises:
        NotYet: it was written in the future.
        media.NotWhatItSays: the picture is none.
    """
    if told.happened_at > at:
        raise NotYet
    guideline = rules.in_force(at)
    message = PrivateMessage(
        conversation=_talk(told, actor, at),
        direction=told.direction,
        happened_at=told.happened_at,
        due_at=arriving.due(guideline, at=at),
        text=told.text.strip(),
        picture=_picture(told.picture, at),
        told_by=actor.person,
    )
    came = told.direction == Registration.Direction.RECEIVED
    move = MessageLife.receive if came else MessageLife.dispatch
    moves.begin(move, message, actor=receiver(actor), at=at)
    _record(message, actor, at)
    mail.ask(actor.person.email, _subject(message), _receipt(message), at=at)
    return message


@transaction.atomic
def seal_off(talk: Conversation, *, actor: Actor, at: datetime) -> None:
    """Hide the whole conversation and lock its pictures: the special path (D-7).

    Whoever may decide on its messages may; a note of it is made as a special case.
    """
    first = talk.messages.earliest("pk")
    moves.must_make(MessageLife.keep, first, actor, at=at)
    Conversation.objects.filter(pk=talk.pk).update(sealed=True)
    for message in talk.messages.exclude(picture=None).select_related("picture"):
        if message.picture is not None:
            vault.restrict(message.picture)
    rows = Registration.objects.filter(messages__conversation=talk).distinct()
    for registration in rows:
        registration.files.clear()
    keys = list(rows.values_list("pk", flat=True))
    Registration.objects.filter(pk__in=keys).update(secret=True, party="")
    ledger.append("conversation.seal", talk.subject, {}, actor=actor.name, at=at)


def _talk(told: InPerson, actor: Actor, at: datetime) -> Conversation:
    channel = told.place if isinstance(told.place, Channel) else None
    talk = Conversation(
        node=told.place.node if isinstance(told.place, Channel) else told.place,
        channel=channel,
        root_id=f"{OWN}{uuid.uuid4().hex}",
        party=told.party[:200],
        begun_at=told.happened_at,
        last_at=told.happened_at,
    )
    moves.begin(TalkLife.begin, talk, actor=receiver(actor), at=at)
    return talk


def _picture(data: bytes, at: datetime) -> Blob | None:
    if not data:
        return None
    return vault.keep(data, media.checked(data, PICTURES), at=at)


def _record(message: PrivateMessage, actor: Actor, at: datetime) -> None:
    kept = vault.keep(message.text.encode(), "text/plain", at=at)
    facts: dict[str, ledger.JsonValue] = {
        "file": kept.name,
        "picture": message.picture.name if message.picture else "",
    }
    ledger.append("message.tell", message.subject, facts, actor=actor.name, at=at)


def _subject(message: PrivateMessage) -> str:
    return _("Receipt: message %(number)d") % {"number": message.pk}


def _receipt(message: PrivateMessage) -> str:
    """Return a letter that tells nothing of what the message says."""
    told = {"number": message.pk, "place": message.conversation.place}
    body = _(
        "Thank you. The message that you entered is number %(number)d in the register "
        "of %(place)s. Somebody there decides whether it is registered. Keep the "
        "message where it is until then, and answer from the channel and not from "
        "your own account."
    )
    return body % told
