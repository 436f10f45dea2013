"""When we last heard from each platform: a broken connector is no quiet channel."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from uppsikt.channels.models import Channel, Connection

TOO_LONG: Final = timedelta(minutes=15)
"""Fetches come a minute apart, so a quarter of an hour is many missed."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A channel that we hear nothing from, since when, and why if we know."""

    channel: Channel
    since: datetime | None
    problem: str


@dataclass(frozen=True, slots=True)
class Heard:
    """How many channels we hear from, and when the latest one was heard."""

    latest: datetime | None
    count: int
    by_hand: int


def silent(channels: Iterable[Channel], *, at: datetime) -> list[Silent]:
    """Return the active, connected channels that a person must look at by hand."""
    return [
        Silent(channel, connection.heard_at, connection.problem)
        for channel, connection in _connected(channels)
        if _is_silent(connection, at)
    ]


def is_heard(channel: Channel, at: datetime) -> bool:
    """Tell whether a program reads the channel, and has done so lately."""
    connection = getattr(channel, "connection", None)
    return connection is not None and not _is_silent(connection, at)


def heard(channels: Iterable[Channel]) -> Heard:
    """Return when, and from how many channels, we have heard."""
    active = [c for c in channels if c.is_open]
    times = [k.heard_at for _, k in _connected(active) if k.heard_at]
    by_hand = len(active) - len(list(_connected(active)))
    return Heard(max(times, default=None), len(times), by_hand)


def _connected(channels: Iterable[Channel]) -> Iterator[tuple[Channel, Connection]]:
    for channel in channels:
        connection = getattr(channel, "connection", None)
        if connection and channel.is_open:
            yield channel, connection


def _is_silent(connection: Connection, at: datetime) -> bool:
    """Tell whether nothing was heard for long, or will be for as long."""
    last = connection.heard_at or connection.tested_at
    again = connection.next_try_at or at
    return last < at - TOO_LONG or bool(connection.problem and again > at + TOO_LONG)
