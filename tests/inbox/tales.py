"""What platforms and people tell in the tests of the inbox."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from uppsikt.channels import connecting
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.models import User
from uppsikt.inbox import actions
from uppsikt.inbox.intake import TakenIn
from uppsikt.inbox.models import Item
from uppsikt.platforms import (
    Author,
    Batch,
    Can,
    ItemKind,
    PlatformItem,
    Seen,
    SeenState,
    Sent,
)

ROOT = "at://did:plc:library/app.bsky.feed.post/root"
ASKED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SIGNED = "Hej! Vi öppnar kl. 10. Välkommen!\n\nAnna, bibliotekarie, Biblioteket"
numbers = count(1)


def told(text: str = "När öppnar ni på lördag?", **other: Any) -> PlatformItem:
    """Return what a platform tells of a comment; anything may be given another way."""
    given: dict[str, Any] = {
        "remote_id": f"at://did:plc:kim/app.bsky.feed.post/{next(numbers)}",
        "parent_id": ROOT,
        "root_id": ROOT,
        "kind": ItemKind.REPLY,
        "author": Author(handle="kim.test", display_name="Kim", remote_id="did:kim"),
        "text": text,
        "published_at": ASKED,
        "url": "https://bsky.app/profile/kim.test/post/1",
        "public": True,
        "own": False,
        "raw": {"text": text},
    }
    return PlatformItem(**(given | other))


def fetched(
    channel: Channel,
    *items: PlatformItem,
    at: datetime,
    withdrawn: tuple[str, ...] = (),
    cursor: str = "",
) -> TakenIn:
    """Take in `items` as the worker does."""
    batch = Batch(items=items, cursor=cursor, withdrawn=withdrawn)
    return actions.take_in(channel, batch, how=Item.How.API, actor=CLOCK, at=at)


def one(channel: Channel, *, at: datetime, **other: Any) -> Item:
    """Take in one comment and return it."""
    source = told(**other)
    fetched(channel, source, at=at)
    return Item.objects.get(channel=channel, remote_id=source.remote_id)


def connected(channel: Channel, user: User, at: datetime) -> Connection:
    """Connect the channel without asking a platform."""
    return Connection.objects.create(
        channel=channel,
        connector="bluesky",
        credentials=b"sealed",
        tested_at=at,
        tested_by=user,
        next_try_at=at,
    )


class FakePlatform:
    """A platform that keeps what is sent, and can be told to refuse."""

    can = frozenset(Can)

    def __init__(self) -> None:
        self.posts: dict[str, str] = {}
        self.refusal: Exception | None = None
        self.hides: bool = False
        self.blind: Exception | None = None
        self.broken_by: str = ""
        self.gone: set[str] = set()
        self.looked_up: list[str] = []
        self.batches: list[Batch] = []
        self.cursors: list[str | None] = []

    def reply(self, parent: Any, text: str, key: str) -> Sent:
        if self.refusal:
            raise self.refusal
        if key == self.broken_by:
            raise ValueError(key)
        self.posts[key] = text
        return self._receipt(key)

    def find(self, key: str) -> Sent | None:
        if self.refusal:
            raise self.refusal
        return self._receipt(key) if key in self.posts else None

    def _receipt(self, key: str) -> Sent:
        name = f"at://did:plc:library/app.bsky.feed.post/{key}"
        return Sent(remote_id=name, url=f"https://bsky.app/{key}", raw=None)

    def missing(self, remote_ids: Sequence[str]) -> tuple[str, ...]:
        self.looked_up += remote_ids
        return tuple(name for name in remote_ids if name in self.gone)

    def look(self, remote_id: str) -> Seen:
        if self.blind:
            raise self.blind
        state = SeenState.GONE if self.hides else SeenState.VISIBLE
        return Seen(state=state, item=None, raw=None)

    def read(self, cursor: str | None, since: datetime) -> Iterator[Batch]:
        self.cursors.append(cursor)
        yield from self.batches
        if self.refusal:
            raise self.refusal


def reach(monkeypatch: pytest.MonkeyPatch, platform: object) -> None:
    """Let every channel lead to `platform`."""

    @contextmanager
    def reached(channel: Channel) -> Iterator[object]:
        yield platform

    monkeypatch.setattr(connecting, "reached", reached)


def queries(browser: Client, url: str) -> int:
    """Return how many questions to the database the page at `url` costs."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


def shown(response: Any) -> str:
    """Return the page, which there must be."""
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def listed(response: Any) -> list[int]:
    """Return the keys of the items in the list on a page."""
    return [row.item.pk for row in response.context["rows"]]
