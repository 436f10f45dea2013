"""What a day's watch of one channel reaches: by the program, or by a person's eyes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.inbox import silence
from uppsikt.platforms import PLATFORMS
from uppsikt.policy import watch_scope
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.watch_scope import LABELS, Part
from uppsikt.policy.words import Message


@dataclass(frozen=True, slots=True)
class Scope:
    """The parts of a channel that a watch looks at, and who looks (R-6.4-5).

    What a connector reads is the program's only while we hear from the platform: a
    broken connector leaves everything to the person.
    """

    program: tuple[Part, ...]
    person: tuple[Part, ...]

    @classmethod
    def of(cls, channel: Channel, guideline: Guideline, *, at: datetime) -> Self:
        """Return the scope of `channel` at `at`, as the guideline lists it."""
        listed = guideline.value("oversight_scope")
        lacks = channel.platform.lacks
        asked = watch_scope.parts(listed if isinstance(listed, list) else ())
        here = [part for part in asked if part not in lacks]
        read = _read(channel, at)
        return cls(
            tuple(p for p in here if p in read),
            tuple(p for p in here if p not in read),
        )

    @property
    def by_program(self) -> tuple[Message, ...]:
        """Return in words what the program fetches."""
        return tuple(Message(LABELS[part]) for part in self.program)

    @property
    def by_person(self) -> tuple[Message, ...]:
        """Return in words what the person must look at, at the platform."""
        return tuple(Message(LABELS[part]) for part in self.person)

    def seen(self, left_out: Collection[str]) -> tuple[Part, ...]:
        """Return what the person looked at, having left something out."""
        return tuple(p for p in self.person if p not in left_out)

    def left(self, left_out: Collection[str]) -> tuple[Part, ...]:
        """Return what nobody looked at."""
        return tuple(p for p in self.person if p in left_out)


def of(channel: Channel, *, at: datetime) -> Scope:
    """Return the scope of `channel` by the guideline in force at `at`."""
    return Scope.of(channel, rules.in_force(at), at=at)


def _read(channel: Channel, at: datetime) -> frozenset[Part]:
    if not silence.is_heard(channel, at):
        return frozenset()
    return PLATFORMS[channel.connection.connector].watches
