"""The worker: sweeps that look for due rows and carry them out, again and again.

Rows are the truth (`records.leasing`): a sweep may be run anywhere at any time, twice
or at once, and whoever dies leaves a lease that runs out. One process on SQLite; any
number of machines on PostgreSQL, where the database's own clock counts.
"""

import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from types import FrameType
from typing import Final

from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from uppsikt.channels import import_acts, profile_work
from uppsikt.channels import work as channels
from uppsikt.duties import farewell
from uppsikt.inbox import (
    drafting,
    escalating,
    handing_over,
    missed,
    recounting,
    rereading,
    showing,
    verdicts,
)
from uppsikt.inbox import work as inbox
from uppsikt.moderation import hiding, pictures, reporting
from uppsikt.moderation import work as moderation
from uppsikt.publishing import work as publishing
from uppsikt.records import darkroom, leasing, ledger, mail, vault
from uppsikt.sending import work as sending
from uppsikt.web import waking
from uppsikt.web.models import WorkerBeat

log = logging.getLogger(__name__)

TICK: Final = 0.25
BEAT: Final = 10.0
LONGEST_PAUSE: Final = 60.0
FORGET_AFTER: Final = timedelta(days=1)

Do = Callable[[datetime], int]


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is done, and how often, in seconds.

    One that is `called` is done at once, too, when a person has ordered something.
    """

    name: str
    every: float
    do: Do
    called: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """Sweeps that wait for each other, and for nobody in another lane.

    `patience` is how long the lane may be silent, in seconds, before it is ill.
    """

    name: str
    patience: float
    sweeps: tuple[Sweep, ...]


def number_all(now: datetime) -> int:
    """Number everything that waits in the ledger, however much it is."""
    total = 0
    while done := ledger.sequence(now):
        total += done
    return total


def forget(now: datetime) -> int:
    """Forget sessions that have ended, wakes that were heard, and dead workers."""
    old = now - FORGET_AFTER
    gone = [
        Session.objects.filter(expire_date__lt=now),
        DBTaskResult.objects.filter(enqueued_at__lt=old),
        WorkerBeat.objects.filter(seen_at__lt=old),
    ]
    return sum(rows.delete()[0] for rows in gone)


# What asks nobody outside goes in the near lane, so that evidence is sealed at once;
# what a person waits for in the prompt lane; what takes long holds up neither.
NEAR: Final = Lane(
    "near",
    60,
    (
        Sweep("ledger", 1, number_all, called=True),
        Sweep("escalate", 20, escalating.escalate),
        Sweep("note answers", 1, inbox.note_answers, called=True),
        Sweep("secure", 1, moderation.secure, called=True),
        Sweep("close", 5, moderation.close_done, called=True),
        Sweep("farewells", 5, farewell.note_sent, called=True),
    ),
)
PROMPT: Final = Lane(
    "prompt",
    600,
    (
        Sweep("send", 1, sending.send, called=True),
        Sweep("read back", 2, sending.read_back, called=True),
        Sweep("hide", 1, hiding.hide, called=True),
        Sweep("remove", 1, moderation.remove, called=True),
        Sweep("restore", 2, moderation.restore, called=True),
        Sweep("report", 2, reporting.hand_in, called=True),
        Sweep("mail", 5, mail.send_due, called=True),
    ),
)
SLOW: Final = Lane(
    "slow",
    900,
    (
        Sweep("preserve", 1, moderation.preserve, called=True),
        Sweep("decisions", 5, channels.print_decisions, called=True),
        Sweep("fetch", 2, inbox.fetch),
        Sweep("take over", 60, handing_over.by_the_hour),
        Sweep("missed days", 600, missed.raise_all),
        Sweep("recount", 10, recounting.recount),
        Sweep("rules", 60, showing.declare),
        Sweep("read again", 5, rereading.reread),
        Sweep("index again", 5, rereading.reindex),
        Sweep("learn", 900, verdicts.learn),
        Sweep("profiles", 60, profile_work.read_profiles),
        Sweep("drafts", 3600, drafting.forget),
        Sweep("vault", 3600, vault.sweep),
        Sweep("letters", 3600, mail.forget),
        Sweep("lists", 3600, import_acts.forget),
        Sweep("forget", 3600, forget),
    ),
)
# Models take seconds for a picture, and hold up nothing but other pictures.
PICTURES: Final = Lane(
    "pictures",
    300,
    (
        Sweep("pictures", 5, pictures.read, called=True),
        Sweep("own pictures", 2, publishing.read, called=True),
    ),
)
LANES: Final = (NEAR, PROMPT, SLOW, PICTURES)


def now() -> datetime:
    """Return the moment: the database's, where many machines share one; else ours."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def once(lanes: Sequence[Lane] = LANES) -> dict[str, int]:
    """Do every sweep once and return what each did; what goes wrong is raised."""
    return {sweep.name: sweep.do(now()) for lane in lanes for sweep in lane.sweeps}


def work(ending: Event, lanes: Sequence[Lane] = LANES) -> bool:
    """Do the sweeps until `ending` is set; tell whether every lane came to its end."""
    runners = [Runner(lane, ending) for lane in lanes]
    for runner in runners:
        runner.start()
    while not ending.wait(TICK) and all(r.is_alive() for r in runners):
        waking.listen(name())
    well = ending.is_set()
    ending.set()
    for runner in runners:
        runner.join()
    darkroom.close()
    WorkerBeat.objects.filter(worker=name()).delete()
    return well


def end_on_signals(ending: Event) -> None:
    """Let SIGTERM and Ctrl-C end after the row in hand; a second one ends at once."""

    def end(number: int, _: FrameType | None) -> None:
        ending.set()
        leasing.take_no_more()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def name() -> str:
    """Return what this worker is called among others: machine and process."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}"


class Runner(Thread):
    """A lane at work: each sweep when its time has come, with a beat in between."""

    def __init__(self, lane: Lane, ending: Event) -> None:
        super().__init__(name=lane.name, daemon=True)
        self.lane = lane
        self.ending = ending
        self.due = dict.fromkeys(lane.sweeps, 0.0)
        self.failures = dict.fromkeys(lane.sweeps, 0)
        self.beat = Sweep("beat", BEAT, self._beat)
        self.due[self.beat] = 0.0
        self.failures[self.beat] = 0

    def run(self) -> None:
        heard = waking.BELL.rings
        while not self.ending.is_set():
            rings = waking.BELL.wait(heard, TICK)
            for sweep in self._turn(called=rings != heard):
                self._do(sweep)
            heard = rings
        connections.close_all()

    def _turn(self, *, called: bool) -> list[Sweep]:
        moment = time.monotonic()
        return [
            s for s, at in self.due.items() if at <= moment or (called and s.called)
        ]

    def _do(self, sweep: Sweep) -> None:
        """Do one sweep. What goes wrong is logged, waits longer, and stops no other."""
        if self.ending.is_set():
            return
        close_old_connections()
        try:
            sweep.do(now())
            self.failures[sweep] = 0
        except Exception:
            self.failures[sweep] += 1
            log.exception("The sweep %s failed and is tried again.", sweep.name)
        self.due[sweep] = time.monotonic() + self._pause(sweep)

    def _pause(self, sweep: Sweep) -> float:
        longer: float = min(2.0 ** self.failures[sweep] - 1, LONGEST_PAUSE)
        return max(sweep.every, longer)

    def _beat(self, moment: datetime) -> int:
        WorkerBeat.objects.update_or_create(
            worker=name(),
            lane=self.lane.name,
            defaults={"seen_at": moment},
            create_defaults={"seen_at": moment, "since": moment},
        )
        return 1
