"""Two workers on PostgreSQL share the work, and never do a row twice."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from django.db import connection

from tests.web import fake_platform
from tests.web.household import Household, until

TEXTS = 24

pytestmark = pytest.mark.postgres


@pytest.fixture
def own_database(db: None) -> Iterator[str]:
    """A database of its own on the server that DATABASE_URL names."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        pytest.skip("needs PostgreSQL: DATABASE_URL")
    name = f"workers_{uuid4().hex}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def test_two_workers_never_send_a_row_twice(own_database: str, tmp_path: Path) -> None:
    household = Household(tmp_path / "data", {"DATABASE_URL": own_database})
    with fake_platform.running() as platform:
        household.do("prepare", platform.address)
        household.do("order", str(TEXTS))
        with household.started("work"), household.started("work"):
            until(lambda: sum(platform.written.values()) == TEXTS + 1)
            until(lambda: set(household.do("state")) == {"confirmed"})

    assert (platform.calls["getRecord"], platform.calls["putRecord"]) == (
        TEXTS + 1,
        TEXTS + 1,
    )
    assert household.do("sent") == TEXTS + 1
