"""The worker reads what is new; a fault is told, and nothing is lost or done twice."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.inbox.tales import FakePlatform, connected, told
from tests.platforms.wire import answer, failing
from uppsikt.channels import connecting
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance.actors import Actor
from uppsikt.inbox import silence, work
from uppsikt.inbox.models import Item
from uppsikt.platforms import Batch, Bluesky, PlatformError
from uppsikt.records import leasing, vault

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def connection(library_channel: Channel, anna: Actor, monday: datetime) -> Connection:
    return connected(library_channel, anna.person, monday)


def now_at(connection: Connection) -> Connection:
    return Connection.objects.get(pk=connection.pk)


def test_each_batch_is_kept_with_its_cursor_and_the_next_fetch_goes_on_there(
    connection: Connection, monday: datetime, platform: FakePlatform
) -> None:
    platform.batches = [
        Batch(items=(told(),), cursor="one"),
        Batch(items=(told(),), cursor="two"),
    ]

    assert work.fetch(monday) == 1
    assert work.fetch(monday) == 0
    assert work.fetch(monday + MINUTE) == 1

    assert Item.objects.count() == 2
    assert platform.cursors == [None, "two"]
    assert now_at(connection).heard_at == monday + MINUTE
    assert now_at(connection).next_try_at == monday + 2 * MINUTE


def test_what_came_before_the_fault_is_kept(
    connection: Connection, monday: datetime, platform: FakePlatform
) -> None:
    platform.batches = [Batch(items=(told(),), cursor="one")]
    platform.refusal = PlatformError("half way", permanent=False)

    work.fetch(monday)

    after = now_at(connection)
    assert Item.objects.count() == 1
    assert (after.cursor, after.problem, after.heard_at) == ("one", "half way", None)


def test_a_channel_with_much_to_tell_lets_the_others_have_their_turn(
    connection: Connection, monday: datetime, platform: FakePlatform
) -> None:
    platform.batches = [
        Batch(items=(told(),), cursor=str(n)) for n in range(work.BATCHES_AT_ONCE + 5)
    ]

    work.fetch(monday)

    assert Item.objects.count() == work.BATCHES_AT_ONCE
    assert now_at(connection).next_try_at == monday


def test_one_worker_at_a_time_reads_a_channel(
    connection: Connection, monday: datetime, platform: FakePlatform
) -> None:
    assert leasing.claim(connection, monday)

    assert work.fetch(monday) == 0
    assert work.fetch(monday + leasing.LEASE + MINUTE) == 1


def test_a_channel_that_is_not_in_use_is_not_read(
    school_channel: Channel, david: Actor, monday: datetime, platform: FakePlatform
) -> None:
    connected(school_channel, david.person, monday)

    assert work.fetch(monday) == 0


def test_the_clock_set_back_fetches_nothing_and_loses_nothing(
    connection: Connection, monday: datetime, platform: FakePlatform
) -> None:
    platform.batches = [Batch(items=(told(),), cursor="one")]
    work.fetch(monday)

    assert work.fetch(monday - timedelta(days=1)) == 0
    assert work.fetch(monday + MINUTE) == 1
    assert Item.objects.count() == 1


def test_a_full_disk_is_told_and_tried_again(
    connection: Connection,
    monday: datetime,
    platform: FakePlatform,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    platform.batches = [Batch(items=(told(),), cursor="one")]

    def full(*_: object, **__: object) -> None:
        raise vault.NoRoom

    with monkeypatch.context() as patched:
        patched.setattr(vault, "keep", full)
        work.fetch(monday)
    assert "disk" in now_at(connection).problem
    assert not Item.objects.exists()

    work.fetch(monday + MINUTE)
    assert Item.objects.count() == 1
    assert now_at(connection).problem == ""


def test_credentials_that_cannot_be_opened_are_told(
    connection: Connection, monday: datetime
) -> None:
    work.fetch(monday)  # what `connected` keeps is no ciphertext

    assert "Connect the channel again" in now_at(connection).problem


def no_answer(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("nothing came")


FAULTS: list[tuple[str, Callable[[httpx.Request], httpx.Response], timedelta | None]]
FAULTS = [
    ("401", lambda r: answer(401, {"error": "AuthenticationRequired"}), None),
    ("429", lambda r: answer(429, {}, **{"Retry-After": "420"}), 7 * MINUTE),
    ("500", lambda r: answer(500, {"error": "InternalServerError"}), None),
    ("timeout", no_answer, None),
    ("half a JSON", lambda r: httpx.Response(200, content=b'{"did": "did:p'), None),
]


@pytest.mark.parametrize(
    ("name", "handler", "wait"), FAULTS, ids=[f[0] for f in FAULTS]
)
def test_whatever_the_platform_answers_the_problem_is_told_and_nothing_is_lost(
    connection: Connection,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    handler: Callable[[httpx.Request], httpx.Response],
    wait: timedelta | None,
) -> None:
    @contextmanager
    def reached(channel: Channel) -> Any:
        credentials = Bluesky.Credentials.model_validate(
            {"identifier": "library.test", "app_password": "abcd-efgh-ijkl-mnop"}
        )
        yield Bluesky(failing(handler), credentials)

    monkeypatch.setattr(connecting, "reached", reached)
    Connection.objects.update(cursor="where we were", heard_at=monday - MINUTE)

    work.fetch(monday)

    after = now_at(connection)
    assert after.problem
    assert after.cursor == "where we were"
    assert after.heard_at == monday - MINUTE
    assert after.lease_until is None
    assert after.next_try_at and after.next_try_at > monday
    if wait:
        assert after.next_try_at == monday + wait


def test_a_refusal_that_needs_a_person_is_a_silent_channel_at_once(
    connection: Connection, monday: datetime, platform: FakePlatform
) -> None:
    Connection.objects.update(heard_at=monday - MINUTE)
    platform.refusal = PlatformError("Connect again", permanent=True)

    work.fetch(monday)

    rows = Channel.objects.select_related("connection")
    silent = silence.silent(rows, at=monday)
    assert [(s.channel.pk, s.since) for s in silent] == [
        (connection.channel_id, monday - MINUTE)
    ]
    assert silent[0].problem == "Connect again"


def test_a_short_pause_is_no_silence_and_a_long_one_is(
    connection: Connection, monday: datetime, platform: FakePlatform
) -> None:
    work.fetch(monday)
    platform.refusal = PlatformError("wait", permanent=False)
    work.fetch(monday + MINUTE)
    rows = list(Channel.objects.select_related("connection"))

    assert silence.silent(rows, at=monday + MINUTE) == []
    assert silence.silent(rows, at=monday + 20 * MINUTE)
    assert silence.heard(rows).latest == monday
