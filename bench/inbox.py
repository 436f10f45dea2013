"""Measure the inbox over a million items in 300 channels, beside the bare SQL.

Each page is asked of the whole program as a browser asks for it, by a communications
officer who sees every channel and by one who publishes in a tenth of them. Beside it
stands the time of the same questions asked of the database alone, each row read: what
no program in front of this database can be quicker than. Time is this process's own,
so that a busy machine does not blur it. It prints p95 and asserts nothing.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from bench import million

if TYPE_CHECKING:
    from django.test import Client

ROUNDS: Final = 20
PAGES: Final = {
    "inbox": "/inkorg/",
    "department": "/inkorg/?flik=forvaltning",
    "department, page 20": "/inkorg/?flik=forvaltning&page=20",
    "done": "/inkorg/?flik=klara",
    "one channel": "/inkorg/?flik=forvaltning&kanal=7",
    "one item": "/inkorg/990001/",
    "search, rare word": "/inkorg/?flik=klara&q=simhallskonsert",
    "search, common word": "/inkorg/?flik=klara&q=snart",
    "search, two words": "/inkorg/?flik=klara&q=snart+varför",
}
Asked = list[tuple[str, Sequence[object]]]


def main() -> None:
    """Print p95 of each page and of its bare questions, for both people."""
    folder = million.ready()
    with patch("django.utils.timezone.now", lambda: million.AT):
        for email in (million.OFFICER, million.LIBRARIAN):
            print(f"\n{email.split('@')[0]}: p95 in ms of {ROUNDS} rounds")
            print(f"  {'':22}{'page':>7}{'bare SQL':>10}{'ratio':>7}{'questions':>11}")
            _measure(folder, _browser(email))
    print("  must reach: page p95 < 100 ms and 3 times the bare SQL; search 2 times")


def _browser(email: str) -> "Client":
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth as totp
    from django.test import Client

    from uppsikt.governance.models import User

    user = User.objects.get(email=email)
    if not Authenticator.objects.filter(user=user).exists():
        totp.TOTP.activate(user, totp.generate_totp_secret())
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(user)
    return browser


def _measure(folder: Path, browser: "Client") -> None:
    with closing(sqlite3.connect(folder / "uppsikt.sqlite3")) as base:
        for name, place in PAGES.items():
            asked = _asked(browser, place)
            page = _p95(lambda place=place: browser.get(place))  # type: ignore[misc]
            bare = _p95(lambda asked=asked: _ask(base, asked))  # type: ignore[misc]
            ratio = page / bare
            print(f"  {name:22}{page:7.1f}{bare:10.2f}{ratio:7.1f}{len(asked):11}")


def _asked(browser: "Client", place: str) -> Asked:
    """Return the questions that the page asks of the database."""
    from django.db import connection

    asked: Asked = []

    def note(
        execute: Callable[..., object],
        sql: str,
        params: Sequence[object] | None,
        many: bool,  # noqa: FBT001 (Django's own order)
        context: object,
    ) -> object:
        if sql.startswith("SELECT"):
            asked.append((sql.replace("%s", "?"), _plain(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = browser.get(place)
    if answer.status_code != 200:
        raise SystemExit(f"{place}: {answer.status_code}")
    return asked


def _plain(params: Sequence[object]) -> tuple[object, ...]:
    return tuple(
        value if isinstance(value, int | float | bytes) or value is None else str(value)
        for value in params
    )


def _ask(base: sqlite3.Connection, asked: Asked) -> None:
    for sql, params in asked:
        base.execute(sql, params).fetchall()


def _p95(act: Callable[[], object]) -> float:
    """Return the 95th percentile of the milliseconds that `act` takes."""
    act()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        taken.append((time.process_time() - began) * 1000)
    return quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    main()
