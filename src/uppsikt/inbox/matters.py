"""Single matters in private messages: which ones seem so, and what is done (D-32)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Conversation, ItemSignal, PrivateMessage
from uppsikt.inbox.talk_life import TalkLife
from uppsikt.policy.lifecycle import Move

PERSONAL: Final = "personal_data."
"""How the rules begin that find personal data in a text."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Why a conversation seems to carry a single matter. A person judges."""

    marked: bool
    personal: bool
    turns: int

    @property
    def any(self) -> bool:
        return self.marked or self.personal or self.turns > 0


def to_move(at: datetime) -> "QuerySet[Conversation]":
    """Return the conversations that ask to be moved, and are not; none is sealed off.

    A person has marked them, or they hold personal data, or they go on for long.
    """
    pairs = PrivateMessage.objects.filter(conversation=OuterRef("pk"))
    counted = pairs.order_by().values("conversation").annotate(n=Count("pk"))
    long = counted.filter(n__gte=turns(at))
    marked = Q(status=TalkLife.matter.name)
    seems = Q(status=TalkLife.going.name) & (Q(Exists(_personal())) | Q(Exists(long)))
    rows = Conversation.objects.open_to_sight()
    return rows.filter(marked | seems)


def signs(talk: Conversation, *, at: datetime) -> Signs:
    """Return why `talk` seems to carry a single matter, by two queries."""
    count = talk.messages.count()
    rows = Conversation.objects.filter(Exists(_personal()), pk=talk.pk)
    return Signs(
        marked=talk.state is TalkLife.matter,
        personal=rows.exists(),
        turns=count if count >= turns(at) else 0,
    )


def counted(channels: Sequence[Channel], *, at: datetime) -> dict[int, int]:
    """Count, by channel, the conversations that ask to be moved, by one query."""
    rows = to_move(at).filter(channel__in=channels).values_list("channel")
    return dict(rows.annotate(Count("pk")).order_by())


def judge(
    talk: Conversation, move: Move, *, why: str, actor: Actor, at: datetime
) -> None:
    """Mark, move or clear `talk`; `why` says where it went, or why it is none.

    Raises `moves.NoReason`, `moves.NotYours` or `moves.TooLate`.
    """
    moves.make(move, talk, actor=actor, at=at, why=why)


def turns(at: datetime) -> int:
    """Return how many messages make a conversation a long one."""
    return rules.in_force(at).number("private_turns")


def _personal() -> "QuerySet[ItemSignal]":
    return ItemSignal.objects.filter(
        version__item__message__conversation=OuterRef("pk"),
        rule__startswith=PERSONAL,
    )
