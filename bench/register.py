"""Measure the public list, kept in memory, against a static file of the same stack.

Both are asked of the program's own WSGI application, in this process, in turn, so that
both meet the same machine: the list of 300 channels as JSON, and a style sheet that is
served straight from its folder. Time is this process's own. It prints ratios and
asserts nothing.
"""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from wsgiref.util import setup_testing_defaults

CHANNELS = 300
ROUNDS = 5
A_ROUND = 300
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLACES = {
    "static file": "/static/vendor/designsystemet/designsystemet.css",
    "register list, as page": "/kanaler",
    "register list, JSON": "/kanaler.json",
    "interface, first page": "/kanalregister/v1/kanaler",
}
Application = Callable[..., Any]


def main() -> None:
    """Print requests per second of each, and the share of the static file's."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(UPPSIKT_DATA=folder, UPPSIKT_HOSTS="localhost")
        os.environ["DJANGO_SETTINGS_MODULE"] = "uppsikt.web.settings"
        _measure()


def _measure() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    _town()
    from uppsikt.web.wsgi import application

    size = {name: _ask(application, place) for name, place in PLACES.items()}
    best = dict.fromkeys(PLACES, 0.0)
    for _ in range(ROUNDS):
        for name, place in PLACES.items():
            best[name] = max(best[name], _rate(application, place))
    floor = best["static file"]
    print(f"Requests per second, {CHANNELS} channels, the best of {ROUNDS} rounds")
    for name, rate in best.items():
        told = f"{size[name] / 1024:6.0f} kB {rate:8.0f}   {rate / floor:.2f}"
        print(f"  {name:24}{told}")
    print("  must reach: 0.50")


def _rate(application: Application, place: str) -> float:
    began = time.process_time()
    for _ in range(A_ROUND):
        _ask(application, place)
    return A_ROUND / (time.process_time() - began)


def _ask(application: Application, place: str) -> int:
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ.update(PATH_INFO=place, HTTP_HOST="localhost")
    told: list[str] = []
    answer = application(environ, lambda status, _headers, _e=None: told.append(status))
    size = sum(len(part) for part in answer)
    answer.close()
    if told != ["200 OK"]:
        raise SystemExit(f"{place}: {told}")
    return size


def _town() -> None:
    """Found a municipality with channels that have been launched."""
    from uppsikt.channels.models import Channel
    from uppsikt.governance import actors, adopting
    from uppsikt.governance.models import Node, User

    adopting.adopt_packaged(
        "tyreso", decided_by="Kommundirektör", actor=actors.CLOCK, at=START
    )
    top = Node.plant(Node.Kind.MUNICIPALITY, "Exempelby kommun")
    unit = Node.plant(Node.Kind.DEPARTMENT, "Kultur och fritid", top)
    user = User.objects.create_user("anna@exempelby.example", first_name="Anna")
    for number in range(CHANNELS):
        name = f"Kanal {number}"
        Channel.objects.create(
            node=Node.plant(Node.Kind.CHANNEL, name, unit),
            status="active",
            slug=f"bluesky-kanal-{number}",
            site="bluesky",
            handle=f"kanal{number}.example",
            url=f"https://bsky.app/profile/kanal{number}.example",
            name=name,
            purpose="Frågor och svar om verksamheten",
            description="Fråga oss om verksamheten. Vi svarar på vardagar.",
            applied_by=user,
            applied_at=START,
            launched_at=START,
            changed_at=START,
        )
