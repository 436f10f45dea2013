"""Hearing wakes that come through Redis or Valkey. Needs the extra `redis`."""

import django_rq
from django_tasks_rq import Job
from redis.exceptions import RedisError as RedisError  # noqa: PLC0414 (known from here)
from rq import SimpleWorker

QUEUE = "default"


class InThisProcess(SimpleWorker):
    """Takes jobs where the bell hangs, and leaves signals to the worker around it."""

    def _install_signal_handlers(self) -> None:
        """Install nothing: SIGTERM must let the row in hand be finished."""


def waiting() -> int:
    """Return how many wakes nobody has taken."""
    return int(django_rq.get_queue(QUEUE, job_class=Job).count)


def take() -> None:
    """Take every wake that waits."""
    queue = django_rq.get_queue(QUEUE, job_class=Job)
    taker = InThisProcess([queue], connection=queue.connection, job_class=Job)
    taker.work(burst=True, logging_level="WARNING")
