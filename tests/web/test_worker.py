"""The worker carries out what was ordered, once, whatever happens to it."""

import logging
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.servers.processes import free_ports
from tests.web import fake_platform
from tests.web.fake_platform import Platform
from tests.web.household import Household, until
from uppsikt.channels import connecting
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.platforms import Seen, SeenState, Sent
from uppsikt.sending import actions as sending
from uppsikt.sending import work
from uppsikt.sending.models import Outgoing
from uppsikt.web import waking, worker
from uppsikt.web.models import WorkerBeat
from uppsikt.web.worker import Lane, Runner, Sweep

MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with fake_platform.running() as server:
        yield server


@pytest.fixture(scope="module")
def prepared(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation whose channel is connected; to be copied, never used itself."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    Household(data).do("prepare", platform.address)
    return data


@pytest.fixture
def household(prepared: Path, platform: Platform, tmp_path: Path) -> Household:
    shutil.copytree(prepared, tmp_path / "data")
    platform.records.clear()
    platform.written.clear()
    platform.calls.clear()
    return Household(tmp_path / "data")


@pytest.mark.parametrize(
    ("method", "when"),
    [
        ("createSession", "before"),
        ("getRecord", "after"),
        ("putRecord", "before"),
        ("putRecord", "after"),
        ("getPostThread", "before"),
    ],
)
def test_a_worker_killed_anywhere_leaves_an_act_that_is_done_once(
    method: str, when: str, household: Household, platform: Platform
) -> None:
    platform.hold(method, when)
    with household.started("work") as killed:
        assert platform.held.wait(60)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    platform.let_go.set()
    household.expire()

    with household.started("work") as next_one:
        until(lambda: household.state() == ["confirmed"])
        next_one.send_signal(signal.SIGTERM)
        # A second signal, as the end of the block sends, would end it at once.
        ended = next_one.wait(60)

    assert (ended, list(platform.written.values())) == (0, [1])
    assert household.sent() == 1
    assert household.run("verify").returncode == 0


def test_a_worker_told_to_end_finishes_the_row_in_hand_and_takes_no_other(
    household: Household, platform: Platform
) -> None:
    household.do("order", "2")
    platform.hold("putRecord", "before")
    with household.started("work") as told:
        assert platform.held.wait(60)
        told.send_signal(signal.SIGTERM)
        platform.let_go.set()
        assert told.wait(60) == 0

    assert household.state() == ["sent", "ordered", "ordered"]
    assert sum(platform.written.values()) == 1


def test_one_turn_does_what_is_due_and_says_how_much(household: Household) -> None:
    done = household.run("work", "--once", "--json")

    assert (done.returncode, '"send": 1' in done.stdout) == (0, True)


def test_a_second_worker_on_sqlite_is_refused(household: Household) -> None:
    with household.started("work"):
        until((household.data / "lock").exists)
        until(lambda: household.run("work", "--once").returncode == 3)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    import subprocess

    port = free_ports(1)[0]
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    assert program, "scripts/machine installs redis"
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def test_redis_wakes_the_worker(household: Household, redis: str) -> None:
    from redis import Redis

    household.settings["UPPSIKT_TASKS"] = redis
    line = Redis.from_url(redis)
    until(lambda: _answers(line.ping))
    household.do("wake")
    assert line.llen("rq:queue:default") == 1

    with household.started("work"):
        until(lambda: line.zcard("rq:finished:default") == 1)
        until(lambda: household.state() == ["confirmed"])

    assert line.llen("rq:queue:default") == 0
    line.close()


def test_nothing_fails_when_redis_is_gone(household: Household) -> None:
    household.settings["UPPSIKT_TASKS"] = f"redis://127.0.0.1:{free_ports(1)[0]}/0"
    assert household.do("wake") == 1

    with household.started("work"):
        until(lambda: household.state() == ["confirmed"])


def _answers(ask: Callable[[], object]) -> bool:
    from redis.exceptions import ConnectionError as NotThere

    try:
        return bool(ask())
    except NotThere:
        return False


# ---- One process, step by step ----------------------------------------------------


def failing(now: datetime) -> int:
    raise RuntimeError("the platform has changed its mind")


def runner(*sweeps: Sweep) -> Runner:
    return Runner(Lane("test", 10, sweeps), Event())


def test_a_sweep_that_fails_stops_no_other(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[datetime] = []

    def working(now: datetime) -> int:
        done.append(now)
        return 1

    bad, good = Sweep("bad", 1, failing), Sweep("good", 1, working)
    lane = runner(bad, good)

    with caplog.at_level(logging.ERROR):
        for sweep in (bad, good):
            lane._do(sweep)

    assert len(done) == 1
    assert "The sweep bad failed" in caplog.text


def test_a_sweep_that_goes_on_failing_waits_ever_longer(db: None) -> None:
    bad = Sweep("bad", 1, failing)
    lane = runner(bad)
    pauses = []
    for _ in range(9):
        lane._do(bad)
        pauses.append(lane._pause(bad))

    assert pauses == [1, 3, 7, 15, 31, 60, 60, 60, 60]


def test_an_order_lets_what_is_called_come_at_once_and_the_rest_in_its_time() -> None:
    called, slow = Sweep("called", 99, failing, called=True), Sweep("slow", 99, failing)
    lane = runner(called, slow)
    lane.due = dict.fromkeys(lane.due, float("inf"))

    assert lane._turn(called=False) == []
    assert lane._turn(called=True) == [called]


def test_every_lane_beats_and_the_beat_is_kept_once(db: None) -> None:
    lane = runner()
    for second in (0, 10):
        lane._beat(timezone.now() + timedelta(seconds=second))

    beat = WorkerBeat.objects.get()
    assert (beat.lane, beat.seen_at > beat.since) == ("test", True)


def test_no_sweep_stands_in_two_lanes_and_the_camera_never_delays_an_answer() -> None:
    names = [sweep.name for lane in worker.LANES for sweep in lane.sweeps]
    prompt = {sweep.name for sweep in worker.PROMPT.sweeps}

    assert len(names) == len(set(names))
    near = {sweep.name for sweep in worker.NEAR.sweeps}
    assert {"ledger", "secure"} <= near
    assert {"send", "remove"} <= prompt
    assert "preserve" not in near | prompt


def test_what_nobody_needs_any_more_is_forgotten(db: None) -> None:
    moment = timezone.now()
    Session.objects.create(session_key="old", expire_date=moment - MINUTE)
    Session.objects.create(session_key="new", expire_date=moment + MINUTE)
    old = moment - timedelta(days=2)
    WorkerBeat.objects.create(worker="dead", lane="slow", since=old, seen_at=old)

    assert worker.forget(moment) == 2
    assert Session.objects.get().session_key == "new"


@pytest.mark.parametrize(
    ("method", "status", "wakes"),
    [("post", 302, 1), ("post", 200, 1), ("get", 200, 0), ("post", 409, 0)],
)
def test_an_act_that_went_well_wakes_the_worker(
    method: str, status: int, wakes: int, db: None, rf: RequestFactory
) -> None:
    answer = waking.after_acts(lambda _: HttpResponse(status=status))

    answer(getattr(rf, method)("/"))

    assert DBTaskResult.objects.count() == wakes


def test_two_acts_wake_once_until_the_worker_has_heard(db: None) -> None:
    rings = waking.BELL.rings
    waking.call()
    waking.call()
    assert DBTaskResult.objects.count() == 1

    waking.listen("test:1")
    waking.listen("test:1")

    assert waking.BELL.rings == rings + 1


# ---- The clock is set back -----------------------------------------------------------


class Remembering:
    """A platform that takes every post, and remembers it."""

    def __init__(self) -> None:
        self.posts: list[str] = []

    def publish(self, text: str, key: str) -> Sent:
        self.posts.append(key)
        return Sent(remote_id=f"at://{key}", url="", raw={})

    def look(self, remote_id: str) -> Seen:
        return Seen(state=SeenState.VISIBLE, item=None, raw={})


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch) -> Remembering:
    platform = Remembering()

    @contextmanager
    def reached(_: Channel) -> Iterator[Remembering]:
        yield platform

    monkeypatch.setattr(work, "connecting", SimpleNamespace(reached=reached))
    monkeypatch.setattr(connecting, "can", lambda *_: True)
    return platform


def test_a_clock_set_back_does_nothing_twice_and_loses_nothing(
    library_channel: Channel, anna: Actor, monday: datetime, remembering: Remembering
) -> None:
    later, back = monday + 5 * MINUTE, monday - 60 * MINUTE
    first = sending.Letter("Ett", Outgoing.Kind.POST, "test:1")
    second = sending.Letter("Två", Outgoing.Kind.POST, "test:2")
    sending.order(library_channel, first, actor=anna, at=monday)
    work.send(later)

    sending.order(library_channel, second, actor=anna, at=monday)
    done_in_the_past = work.send(back) + work.read_back(back)
    work.send(later)
    work.read_back(later)

    assert (done_in_the_past, len(set(remembering.posts))) == (0, 2)
    assert len(remembering.posts) == 2
    assert {o.status for o in Outgoing.objects.all()} == {"confirmed"}
