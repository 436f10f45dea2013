"""The way to a channel's account: credentials tested once, encrypted, never shown."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from pydantic import BaseModel, SecretStr

from uppsikt.channels.models import Channel, Connection
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.platforms import PLATFORMS, Can, Platform
from uppsikt.platforms.catalogue import SITES
from uppsikt.platforms.http import client
from uppsikt.policy.roles import Right
from uppsikt.records import ledger


class NotConnected(Exception):
    """The channel has no connection to its platform."""


class KeyLost(Exception):
    """The stored credentials cannot be opened with the key in the environment."""


class AnotherAccount(Exception):
    """The credentials open an account that is not the channel's."""

    def __init__(self, handle: str) -> None:
        super().__init__(handle)
        self.handle = handle


class OnlyMadeUp(Exception):
    """The demonstration reaches no platform but those it is told to (a test's own)."""


def connector(channel: Channel) -> type[Platform]:
    """Return the connector class that the channel's platform has."""
    return PLATFORMS[SITES[channel.site].connector]


def can(channel: Channel, what: Can) -> bool:
    """Tell whether the program can do `what` at the channel's platform now."""
    return what in connector(channel).can and hasattr(channel, "connection")


def connect(
    channel: Channel, told: Mapping[str, str], *, actor: Actor, at: datetime
) -> Connection:
    """Test the credentials at the platform and keep them, encrypted.

    Raises `pydantic.ValidationError` for what is no credential, `PlatformError` when
    the platform refuses them, `AnotherAccount` when they open somebody else's,
    `OnlyMadeUp` in the demonstration.
    """
    must_connect(channel, actor, at=at)
    kind = connector(channel)
    credentials = kind.Credentials.model_validate({k: v for k, v in told.items() if v})
    _must_stay_at_home(credentials)
    with client(allowed=settings.ALLOWED_PLATFORM_HOSTS) as http:
        profile = kind(http, credentials).check()
    if profile.handle.lower().lstrip("@") != channel.handle.lower().lstrip("@"):
        raise AnotherAccount(profile.handle)
    return _keep(channel, credentials, profile.remote_id, actor=actor, at=at)


def _must_stay_at_home(credentials: BaseModel) -> None:
    """Raise `OnlyMadeUp` in the demonstration, whose answers are nobody's to read."""
    told = (urlsplit(value).hostname for value in _plain(credentials).values())
    hosts = {host for host in told if host}
    if settings.DEMO and not (hosts and hosts <= settings.ALLOWED_PLATFORM_HOSTS):
        raise OnlyMadeUp


def must_connect(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the channel is approved and not closed, and the actor may."""
    if not channel.runs:
        raise moves.TooLate
    moves.must(Right.CONNECT, actor, channel.path, at=at)


@transaction.atomic
def disconnect(channel: Channel, *, actor: Actor, at: datetime) -> None:
    """Forget the credentials; what was fetched stays."""
    moves.must(Right.CONNECT, actor, channel.path, at=at)
    forget(channel, actor=actor, at=at)


def forget(channel: Channel, *, actor: Actor, at: datetime) -> None:
    """Delete the credentials, in the caller's transaction."""
    gone, _ = Connection.objects.filter(channel=channel).delete()
    if gone:
        ledger.append(
            "channel.disconnect", channel.subject, {}, actor=actor.name, at=at
        )


@transaction.atomic
def _keep(
    channel: Channel,
    credentials: BaseModel,
    remote_id: str,
    *,
    actor: Actor,
    at: datetime,
) -> Connection:
    Channel.objects.filter(pk=channel.pk).update(remote_id=remote_id)
    connection, _ = Connection.objects.update_or_create(
        channel=channel,
        defaults={
            "connector": connector(channel).name,
            "credentials": _seal(credentials),
            "tested_at": at,
            "tested_by": actor.person,
            "next_try_at": at,
            "attempts": 0,
            "problem": "",
        },
    )
    told = {"connector": connection.connector, "remote_id": remote_id}
    ledger.append("channel.connect", channel.subject, told, actor=actor.name, at=at)
    return connection


@contextmanager
def reached(channel: Channel) -> Iterator[Platform]:
    """Open the channel's platform, or raise `NotConnected` or `KeyLost`.

    Each thread keeps its own way to each account for as long as it lives, so that it
    signs in seldom (Bluesky allows 300 sign-ins a day) and waits for no other thread.
    """
    connection = Connection.objects.filter(channel=channel).first()
    if connection is None:
        raise NotConnected
    yield _way(connection).platform


@dataclass(frozen=True, slots=True)
class _Way:
    """An open way to one account, for as long as its credentials are the same."""

    sealed: bytes
    platform: Platform


class _Ways(threading.local):
    """The ways that this thread has open, by connection."""

    def __init__(self) -> None:
        self.open: dict[int, _Way] = {}


_ways = _Ways()


def _way(connection: Connection) -> _Way:
    sealed = bytes(connection.credentials)
    way = _ways.open.get(connection.pk)
    if way is None or way.sealed != sealed:
        way = _Way(sealed, _opened(connection.connector, sealed))
        _ways.open[connection.pk] = way
    return way


def _opened(name: str, sealed: bytes) -> Platform:
    kind = PLATFORMS[name]
    credentials = kind.Credentials.model_validate(_open(sealed))
    return kind(client(allowed=settings.ALLOWED_PLATFORM_HOSTS), credentials)


def _key() -> Fernet:
    digest = hashlib.sha256(settings.CREDENTIALS_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _seal(credentials: BaseModel) -> bytes:
    return _key().encrypt(json.dumps(_plain(credentials)).encode())


def _plain(credentials: BaseModel) -> dict[str, str]:
    return {
        k: v.get_secret_value() if isinstance(v, SecretStr) else str(v)
        for k, v in credentials
    }


def _open(sealed: bytes | memoryview) -> dict[str, str]:
    try:
        plain: dict[str, str] = json.loads(_key().decrypt(bytes(sealed)))
    except InvalidToken as e:
        raise KeyLost from e
    return plain
