"""The web server, and how a process ends when the one that started it dies."""

import os
import signal
import time
from threading import Thread

from django.core.handlers.wsgi import WSGIHandler

_LOOK_EVERY = 0.5


def serve(host: str, port: int, *, processes: int, threads: int) -> None:
    """Serve the program until somebody ends it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "uppsikt.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    )
    server.serve(target_loader=load)


def load(_: str) -> WSGIHandler:
    """Return the program to a process that serves it and dies with its parent."""
    end_with(os.getppid())
    from uppsikt.web.wsgi import application

    return application


def end_with(parent: int) -> None:
    """End this process in good order when `parent` is no longer its parent.

    Also when the parent was killed outright and could say nothing.
    """
    Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
