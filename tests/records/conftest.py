"""A home of its own for each test, and a database that threads can share."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import DjangoDbBlocker, Settings

from uppsikt.records import keys

Act = Callable[[], object]


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.DATA = tmp_path / "data"
    settings.VAULT = tmp_path / "data" / "vault"
    settings.UPPSIKT_ORIGIN = "test.example/liggare"
    monkeypatch.delenv(keys.ENVIRONMENT, raising=False)
    return tmp_path / "data"


@pytest.fixture
def shared_database(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give the test a database of its own, which each thread opens for itself."""
    ordinary, known = connections["default"], connections.settings["default"]
    name = f"records_{uuid4().hex}"
    with django_db_blocker.unblock():
        if ordinary.vendor == "sqlite":
            connections.settings["default"] = {**known, "NAME": tmp_path / name}
        else:
            _server(f'CREATE DATABASE "{name}"')
            connections.settings["default"] = {**known, "NAME": name}
        del connections["default"]
        try:
            call_command("migrate", "records", verbosity=0, skip_checks=True)
            yield
        finally:
            connection.close()
            connections.settings["default"] = known
            connections["default"] = ordinary
            if ordinary.vendor != "sqlite":
                _server(f'DROP DATABASE "{name}"')


def _server(statement: str) -> None:
    """Run a statement beside the databases themselves."""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def at_once() -> Callable[[Sequence[Act]], list[object]]:
    """Return what runs acts at the same time and gives what each returned or raised."""
    return _run


def _run(acts: Sequence[Act]) -> list[object]:
    gate = threading.Barrier(len(acts))
    answers: list[object] = [None] * len(acts)

    def go(place: int, act: Act) -> None:
        gate.wait()
        try:
            answers[place] = act()
        except Exception as fault:
            answers[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
