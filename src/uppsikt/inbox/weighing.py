"""A person weighs private messages: register, keep in order, or of minor importance.

The law gives the three (OSL 5:1); each decision is of one message or of several in a
conversation, stands in the ledger, and is changed only with a reason (R-6.4-11).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from uppsikt.governance import local_decisions, moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import LocalDecision, Node
from uppsikt.inbox import arriving
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, Item, PrivateMessage
from uppsikt.policy import clocks
from uppsikt.policy.lifecycle import Move
from uppsikt.records import diary, ledger, vault
from uppsikt.records.models import Blob, Registration

CATEGORIES = ("messages", "minor")
"""What a disposal decision calls them, the narrower first."""


class SecretIsRegistered(Exception):
    """What may be secret is registered, and not only kept in order (OSL 5:1, D-31)."""


class NothingChosen(Exception):
    """No message was chosen."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a person has found: which way, what it concerns briefly, secret or not."""

    move: Move
    title: str = ""
    secret: bool = False


@transaction.atomic
def weigh(
    messages: Sequence[PrivateMessage], found: Weighed, *, actor: Actor, at: datetime
) -> Registration | None:
    """Decide of messages of one conversation; return what the registrar gets, if any.

    Raises:
        NothingChosen: there are none.
        SecretIsRegistered: it may be secret, and was only to be kept in order.
        moves.NotYours, moves.TooLate: as `moves.make_each`.
    """
    if not messages:
        raise NothingChosen
    if found.secret and found.move is MessageLife.keep:
        raise SecretIsRegistered
    talk = messages[0].conversation
    registers = found.move is MessageLife.register
    asked = _ask(talk, messages, found, at) if registers else None
    under = disposal(talk.node, at) if found.move is MessageLife.belittle else None
    changes = {
        "registration": asked,
        "disposal": under,
        "secret": found.secret,
        "decided_at": at,
    }
    moves.make_each(found.move, messages, actor=actor, at=at, changes=changes)
    _restrict(messages, found)
    _record(messages, found, asked, under, actor=actor, at=at)
    return asked


@transaction.atomic
def reconsider(
    message: PrivateMessage, *, why: str, actor: Actor, at: datetime
) -> list[PrivateMessage]:
    """Take a decision back, with all that it was about; they wait to be weighed anew.

    Raises:
        diary.AlreadyRegistered: it has its diary number, which stands.
        moves.NoReason, moves.NotYours, moves.TooLate: as `moves.make_each`.
    """
    together = [message]
    registration = message.registration
    if registration is not None:
        same = PrivateMessage.objects.filter(registration=registration)
        together = list(same.select_related("conversation__node").order_by("pk"))
    changes: dict[str, object] = {
        "registration": None,
        "disposal": None,
        "decided_at": None,
        "due_at": arriving.due(rules.in_force(at), at=at),
    }
    move = MessageLife.reconsider
    moves.make_each(move, together, actor=actor, at=at, why=why, changes=changes)
    if registration is not None:
        diary.withdraw(registration, by=actor.name, at=at)
    return together


def disposal(node: Node, at: datetime) -> LocalDecision | None:
    """Return the decision by which minor messages at `node` are disposed of (D-14)."""
    today = timezone.localdate(at)
    found = (local_decisions.disposal(node, c, on=today) for c in CATEGORIES)
    return next((decision for decision in found if decision), None)


def _ask(
    talk: Conversation,
    messages: Sequence[PrivateMessage],
    found: Weighed,
    at: datetime,
) -> Registration:
    """Hand over to be registered, with what OSL 5:2 asks for and the text itself."""
    guideline = rules.in_force(at)
    span = rules.span(guideline, "registration_target")
    first = min(messages, key=lambda m: (m.happened_at, m.pk))
    return diary.ask(
        talk.subject,
        path=talk.path,
        series=guideline.text("diary_series"),
        title=found.title,
        direction=first.direction,
        party=talk.party,
        happened_at=first.happened_at,
        secret=found.secret,
        due_at=clocks.due(at, span, guideline.working_calendar).at,
        at=at,
        files=_files(talk, messages, found, at),
    )


def _files(
    talk: Conversation,
    messages: Sequence[PrivateMessage],
    found: Weighed,
    at: datetime,
) -> list[Blob]:
    text = "\n\n".join(_written(talk, m) for m in sorted(messages, key=_when))
    data = text.encode()
    kept = vault.keep(data, "text/plain", at=at, restricted=found.secret)
    return [kept, *_pictures(messages)]


def _when(message: PrivateMessage) -> tuple[datetime, int]:
    return message.happened_at, message.pk


def _written(talk: Conversation, message: PrivateMessage) -> str:
    """Return one message as the file of the registration has it."""
    told = {
        "direction": message.get_direction_display(),
        "when": f"{timezone.localtime(message.happened_at):%Y-%m-%d %H.%M}",
        "place": talk.place,
        "party": talk.party or "?",
    }
    received = _("%(direction)s %(when)s, from %(party)s to %(place)s")
    sent = _("%(direction)s %(when)s, from %(place)s to %(party)s")
    return f"{(received if message.received else sent) % told}\n\n{message.words}"


def _pictures(messages: Sequence[PrivateMessage]) -> list[Blob]:
    items = [m.item for m in messages if m.item]
    versions = chain.from_iterable(
        it.versions.exclude(picture=None).select_related("picture") for it in items
    )
    entered = (v.picture for v in versions)
    return [p for p in (*entered, *(m.picture for m in messages)) if p is not None]


def _restrict(messages: Sequence[PrivateMessage], found: Weighed) -> None:
    """Let few read what may be secret; a case about the item has its own say in it."""
    items = [m.item.pk for m in messages if m.item and not m.item.in_case]
    Item.objects.filter(pk__in=items).update(restricted=found.secret)
    if found.secret:
        for picture in _pictures(messages):
            vault.restrict(picture)


def _record(
    messages: Sequence[PrivateMessage],
    found: Weighed,
    asked: Registration | None,
    under: LocalDecision | None,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    facts: dict[str, ledger.JsonValue] = {
        "messages": [m.pk for m in messages],
        "decision": found.move.name,
        "title": found.title,
        "secret": found.secret,
        "registration": asked.pk if asked else 0,
        "disposal": under.diary_number if under else "",
    }
    subject = messages[0].conversation.subject
    ledger.append("message.weigh", subject, facts, actor=actor.name, at=at)
