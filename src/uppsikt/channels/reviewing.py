"""The review of a channel by its manager: is it still worth having (R-4-3…R-4-5)?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from uppsikt.channels import actions, review_letters
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.governance import moves, observations
from uppsikt.governance.actors import Actor
from uppsikt.policy import facts as f
from uppsikt.policy.channel_review import Answer, Outcome
from uppsikt.policy.facts import Fact, Seen, Value
from uppsikt.policy.roles import Right

QUESTIONS: Final[Mapping[str, Fact]] = {
    "purpose": f.STILL_PURPOSE,
    "audience": f.STILL_AUDIENCE,
    "goal": f.STILL_GOAL,
    "benefit": f.STILL_BENEFIT,
    "resources": f.STILL_RESOURCES,
}
"""What a review asks, by name."""


class Unanswered(Exception):
    """A question of the review has no answer, or one that asks for words has none."""


class NotYet(Exception):
    """The day has not come."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to one question, with words unless it is a plain yes."""

    answer: Answer
    text: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What a manager says of a channel, and decides."""

    answers: Mapping[str, Said]
    outcome: Outcome
    note: str = ""

    def must_be_whole(self) -> None:
        """Raise `Unanswered`, or `moves.NoReason` for a decision that needs one."""
        if self.answers.keys() != QUESTIONS.keys():
            raise Unanswered
        changed = [s for s in self.answers.values() if s.answer is not Answer.YES]
        if not all(s.text.strip() for s in changed):
            raise Unanswered
        if (changed or self.outcome is not Outcome.KEEP) and not self.note.strip():
            raise moves.NoReason


def must_review(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the channel is in use and the actor reviews it."""
    if channel.state not in (ChannelLife.active, ChannelLife.paused):
        raise moves.TooLate
    moves.must(Right.REVIEW_CHANNEL, actor, channel.path, at=at)


@transaction.atomic
def review(
    channel: Channel,
    said: Review,
    load: Mapping[Fact, Value],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Keep a review, with the load it was made on, and begin what it decides (R-4-4).

    "Avslutas" winds the channel down; "ändras" is a duty until the card is changed. The
    answer on resources is the attestation that the guideline asks for (R-4-5).

    Raises:
        Unanswered, moves.NoReason: something is left out; nothing is kept.
        moves.NotYours, moves.TooLate: not theirs, or the channel is not in use.
    """
    must_review(channel, actor, at=at)
    said.must_be_whole()
    for seen in _seen(said, at):
        _decided(seen, channel, actor)
    for fact, value in load.items():
        observations.measure(fact, channel.node, value, actor=actor, at=at)
    if said.outcome is Outcome.CLOSE:
        actions.wind_down(channel, why=said.note, actor=actor, at=at)
    elif said.outcome is Outcome.CHANGE:
        review_letters.change_wanted(channel, why=said.note, at=at)


@transaction.atomic
def keep_silent(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """Decide that a channel without new posts is kept all the same, and why (R-9-1)."""
    must_review(channel, actor, at=at)
    if not why.strip():
        raise moves.NoReason
    _decided(Seen(f.KEPT_SILENT, True, at, note=why.strip()), channel, actor)  # noqa: FBT003


def must_tell(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the channel is open and the actor tells of it."""
    if not channel.is_open:
        raise moves.TooLate
    moves.must(Right.TELL_OF_CHANNEL, actor, channel.path, at=at)


@transaction.atomic
def give_view(channel: Channel, view: str, *, actor: Actor, at: datetime) -> None:
    """Keep what whoever runs the channel says before its review."""
    must_tell(channel, actor, at=at)
    if not view.strip():
        raise Unanswered
    _told(Seen(f.OWNER_VIEW, view.strip(), at), channel, actor)


@transaction.atomic
def tell_last_post(channel: Channel, day: date, *, actor: Actor, at: datetime) -> None:
    """Keep the day of the last own post, where no program can see it (R-9-1)."""
    must_tell(channel, actor, at=at)
    if day > timezone.localtime(at).date():
        raise NotYet
    _told(Seen(f.LAST_OWN_POST, day.isoformat(), at), channel, actor)


def _told(seen: Seen, channel: Channel, actor: Actor) -> None:
    right = Right.TELL_OF_CHANNEL
    observations.say(seen, channel.node, right=right, actor=actor)


def _decided(seen: Seen, channel: Channel, actor: Actor) -> None:
    right = Right.REVIEW_CHANNEL
    observations.say(seen, channel.node, right=right, actor=actor)


def _seen(said: Review, at: datetime) -> Iterator[Seen]:
    for name, one in said.answers.items():
        yield Seen(QUESTIONS[name], one.answer.value, at, note=one.text.strip())
    enough = said.answers["resources"]
    yes = enough.answer is not Answer.NO
    yield Seen(f.RESOURCES, yes, at, note=enough.text.strip())
    yield Seen(f.REVIEWED, said.outcome.value, at, note=said.note.strip())
