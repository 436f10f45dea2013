"""Which conversations a person's list holds, and what a page of one shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, F, Min, Q, QuerySet

from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import LocalDecision, Step
from uppsikt.inbox import matters, weighing
from uppsikt.inbox.matters import Signs
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, PrivateMessage
from uppsikt.inbox.talk_life import TalkLife
from uppsikt.policy.words import Message
from uppsikt.records.models import Registration

UNDECIDED: Final = Q(messages__status=MessageLife.undecided.name)
SHOWN: Final = 200
"""How many messages of a conversation stand on its page: the newest."""


def listed(actor: Actor, chosen: Mapping[str, Any]) -> "QuerySet[Conversation]":
    """Return conversations, the newest first.

    `chosen` may hold `kanal` and `beslut`; nothing looks for a person (D-16).
    """
    rows = Conversation.objects.visible_to(actor).select_related("channel", "node")
    if channel := chosen.get("kanal"):
        rows = rows.filter(channel=channel)
    if status := chosen.get("beslut"):
        rows = rows.filter(pk__in=_with(status))
    counted = rows.annotate(
        count=Count("messages"),
        undecided=Count("messages", filter=UNDECIDED),
        due_at=Min("messages__due_at", filter=UNDECIDED),
    )
    return counted.order_by("-last_at", "-pk")


def waiting(actor: Actor, chosen: Mapping[str, Any]) -> "QuerySet[Conversation]":
    """Return the conversations with something to decide on, soonest due first."""
    rows = listed(actor, chosen).filter(pk__in=_with(MessageLife.undecided.name))
    return rows.order_by(F("due_at").asc(), "pk")


def matters_in(
    actor: Actor, chosen: Mapping[str, Any], *, at: datetime
) -> "QuerySet[Conversation]":
    """Return the conversations that ask to be moved to a safe channel (D-32)."""
    return listed(actor, chosen).filter(pk__in=matters.to_move(at).values("pk"))


def _with(status: str) -> "QuerySet[PrivateMessage, int]":
    """Return the keys of the conversations with a message in a state."""
    return PrivateMessage.objects.filter(status=status).values_list(
        "conversation", flat=True
    )


def channels_of(actor: Actor) -> "QuerySet[Channel]":
    """Return the channels that the actor sees, by name."""
    return Channel.objects.visible_to(actor).order_by("name", "pk")


@dataclass(frozen=True)
class TalkPage:
    """One conversation as a person meets it at a moment."""

    talk: Conversation
    actor: Actor
    at: datetime

    @cached_property
    def messages(self) -> list[PrivateMessage]:
        """Return the newest messages, oldest of them first."""
        rows = PrivateMessage.objects.filter(conversation=self.talk).select_related(
            "item",
            "outgoing",
            "registration",
            "disposal",
            "picture__reading",
            "told_by",
        )
        rows = rows.prefetch_related("item__versions__picture__reading")
        newest = list(rows.order_by("-happened_at", "-pk")[:SHOWN])
        for message in newest:
            message.conversation = self.talk
        return newest[::-1]

    @cached_property
    def undecided(self) -> list[PrivateMessage]:
        return [m for m in self.messages if m.state is MessageLife.undecided]

    @cached_property
    def registrations(self) -> list[Registration]:
        """Return the numbers, or what waits for one, each once."""
        found = {
            m.registration.pk: m.registration for m in self.messages if m.registration
        }
        return list(found.values())

    @cached_property
    def under(self) -> LocalDecision | None:
        """Return the decision by which minor messages here are disposed of."""
        return weighing.disposal(self.talk.node, self.at)

    @cached_property
    def signs(self) -> Signs:
        """Return why it seems to carry a single matter."""
        return matters.signs(self.talk, at=self.at)

    @cached_property
    def judge_refused(self) -> Message | None:
        """Return why the actor may not say whether it does, or None if they may."""
        return moves.why_not(TalkLife.mark, self.talk, self.actor, at=self.at)

    @property
    def told(self) -> bool:
        """Tell whether it came to somebody on staff in person."""
        return any(m.told_by for m in self.messages)

    @cached_property
    def reads(self) -> bool:
        """Tell whether the actor reads what may be secret here."""
        return self.actor.reads_restricted(self.talk.path)

    @cached_property
    def refused(self) -> Message | None:
        """Return why the actor may not decide here, or None if they may."""
        first = self.undecided or self.messages
        if not first:
            return None
        move = MessageLife.keep
        return moves.why_not(move, first[0], self.actor, at=self.at)

    @cached_property
    def steps(self) -> list[Step]:
        """Return what people have done with the messages, newest first."""
        subjects = [m.subject for m in self.messages] + [self.talk.subject]
        rows = Step.objects.filter(subject__in=subjects).exclude(by=None)
        return list(rows.select_related("by").order_by("-at", "-pk")[:SHOWN])

    def choices(self) -> list[tuple[str, str]]:
        """Return the undecided messages as a form asks for them: key and excerpt."""
        return [(str(m.pk), self._label(m)) for m in self.undecided]

    def _label(self, message: PrivateMessage) -> str:
        told = message.words if self.reads or not message.closed else "–"
        return f"{message.get_direction_display()}: {' '.join(told.split())[:80]}"
