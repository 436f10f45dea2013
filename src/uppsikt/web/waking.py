"""Waking the worker, so that what a person ordered is carried out at once.

Due rows are the truth (`records.leasing`), and the worker looks for them by itself. A
lost wake costs a second and loses nothing, so nothing fails because of one. The Django
tasks API carries it: through the database, or through Redis where `UPPSIKT_TASKS` says.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Condition
from types import ModuleType
from typing import Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django_tasks import task, task_backends
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_FAILED = 400


class Bell:
    """Tells the lanes of this process that somebody has ordered something."""

    def __init__(self) -> None:
        self._changed = Condition()
        self.rings = 0

    def ring(self) -> None:
        """Let everybody who waits go on."""
        with self._changed:
            self.rings += 1
            self._changed.notify_all()

    def wait(self, heard: int, seconds: float) -> int:
        """Wait for a ring after number `heard`, or so long; return the latest one's."""
        with self._changed:
            self._changed.wait_for(lambda: self.rings != heard, seconds)
            return self.rings


BELL: Final = Bell()


@task()
def wake() -> None:
    """Ring in the worker that takes this."""
    BELL.ring()


def call() -> None:
    """Ask a worker to look now, unless one is asked already and has not looked yet."""
    with _nothing_fails("Nobody could be woken"):
        if not _waiting():
            wake.enqueue()


def after_acts(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Call the worker after each request that may have ordered something."""

    def called(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if request.method not in _SAFE and response.status_code < _FAILED:
            call()
        return response

    return called


def listen(worker: str) -> None:
    """Take the wakes that wait, as the worker of that name."""
    with _nothing_fails("Wakes cannot be heard"):
        if not _waiting():
            return
        if by_redis():
            redis_waking().take()
        else:
            _taker(worker).run()


def by_redis() -> bool:
    """Tell whether wakes go through Redis."""
    return type(task_backends["default"]).__module__.startswith("django_tasks_rq")


def redis_waking() -> ModuleType:
    """Return what speaks with Redis; imported only where it is used."""
    return import_module("uppsikt.web.redis_waking")


def _waiting() -> bool:
    if by_redis():
        return bool(redis_waking().waiting())
    ready = DBTaskResult.objects.ready()
    return bool(ready.filter(task_path=wake.module_path).exists())


def _taker(name: str) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


@contextmanager
def _nothing_fails(said: str) -> Iterator[None]:
    """Say what stopped a wake, and go on: the rows that are due are still there."""
    faults: tuple[type[Exception], ...] = (DatabaseError, OSError)
    if by_redis():
        faults += (redis_waking().RedisError,)
    try:
        yield
    except faults as fault:
        log.warning("%s: %s", said, fault)
