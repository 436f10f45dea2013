"""Tell the figures of a quarter and of a year over a million items, beside bare SQL."""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bench import million

ROUNDS: Final = 20
PERIODS: Final = (("three months", 92), ("a year", 365))


def main() -> None:
    """Print p95 of the figures of all channels, and of the bare SQL for the same."""
    million.ready()
    from django.db import connection

    from uppsikt.channels.models import Channel
    from uppsikt.inbox import figures
    from uppsikt.inbox.figures import Wanted

    channels = list(Channel.objects.select_related("node"))
    for name, days in PERIODS:
        begin = million.AT - timedelta(days=days)
        wanted = Wanted(channels, begin, million.AT)
        ours = _p95(lambda w=wanted: figures.of(w, at=million.AT))  # type: ignore[misc]
        bare = _p95(lambda b=begin: _bare(connection, b))  # type: ignore[misc]
        told = f"p95 {ours:.0f} ms; bare SQL {bare:.0f} ms"
        print(f"{name}: {told} ({ours / bare:.1f} times)")


def _bare(connection: object, begin: object) -> None:
    """Run what the figures cannot do without: both clocks, and what is open."""
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        for statement in STATEMENTS:
            cursor.execute(statement, [begin, million.AT])
            cursor.fetchall()


def _p95(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.quantiles(times, n=20)[-1]


_SINCE: Final = (
    "channel_id IN (SELECT id FROM channels_channel) AND secluded = 0 AND"
    " received_at >= %s AND received_at < %s AND clock_from IS NOT NULL"
)
STATEMENTS: Final = (
    "SELECT channel_id, count(*), sum(status = 'passed_by'), sum(question) "
    f"FROM inbox_item WHERE {_SINCE} GROUP BY 1",
    "SELECT channel_id, first_took, count(*), sum(first_contact_at <= first_due_at) "
    f"FROM inbox_item WHERE {_SINCE} AND first_contact_at IS NOT NULL GROUP BY 1, 2",
    "SELECT channel_id, full_took, count(*), sum(answered_at <= full_due_at) "
    f"FROM inbox_item WHERE {_SINCE} AND status = 'answered' GROUP BY 1, 2",
    "SELECT channel_id, clock_from, first_due_at, full_due_at "
    f"FROM inbox_item WHERE {_SINCE} AND status IN ('waiting', 'promised')",
)
