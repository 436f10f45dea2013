"""A channel to which nothing can be written needs no watch: said so, with a reason."""

from datetime import datetime

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, observations
from uppsikt.governance.actors import Actor
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Seen
from uppsikt.policy.roles import Right


def say(
    channel: Channel, *, nothing: bool, why: str, actor: Actor, at: datetime
) -> None:
    """Note whether anything can be written to `channel`: comment, review, message.

    It holds until somebody says otherwise, or until something comes in all the same.

    Raises:
        moves.NotYours: the actor may not change the channel's card.
        moves.NoReason: nothing says how one knows.
    """
    moves.must(Right.EDIT_CARD, actor, channel.path, at=at)
    if not why.strip():
        raise moves.NoReason
    seen = Seen(f.NOTHING_COMES_IN, nothing, at, note=why.strip())
    observations.say(seen, channel.node, right=Right.EDIT_CARD, actor=actor)
