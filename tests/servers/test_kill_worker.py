"""A worker killed at any moment loses nothing and does nothing twice.

The real worker process is killed outright, fifty times with answers and removals in
its hands, against the real Bluesky software. Afterwards the platform itself is asked.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.town import Town, wait_for
from tests.servers.bluesky import Account, BlueskyServer, Post, until
from tests.servers.ordering import People, Workers, running

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("bluesky")]

KILLS = 50
SEED = 20261122
LONGEST = 3.0
"""Seconds from the first thing a worker does to the latest moment it is killed."""
THREADS, COMMENTS = 16, 20
ANSWERS_IN_HAND, REMOVALS_IN_HAND = 8, 3
ANSWERS_UNDER_WAY = (
    "SELECT count(*) FROM sending_outgoing WHERE status IN ('ordered', 'sent')"
)
REMOVALS_UNDER_WAY = (
    "SELECT count(*) FROM moderation_case WHERE status IN ('condemned', 'secured')"
)
MOMENT = "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 second')"
HELD = """
SELECT (SELECT count(*) FROM sending_outgoing WHERE lease_until > ?)
     + (SELECT count(*) FROM moderation_case WHERE lease_until > ?)
"""
BEATS = "SELECT count(*) FROM web_workerbeat WHERE worker LIKE ?"


@dataclass
class Scene:
    """A town with comments in its inbox, and what has been ordered about them."""

    town: Town
    server: BlueskyServer
    account: Account
    people: People
    workers: Workers
    waiting: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)

    def top_up(self) -> None:
        """Order so much that a worker always has both kinds in its hands."""
        if short := ANSWERS_IN_HAND - self.town.value(ANSWERS_UNDER_WAY):
            self.texts += self.people.do("answer", self._next(short))
        if short := REMOVALS_IN_HAND - self.town.value(REMOVALS_UNDER_WAY):
            self.cases += self.people.do("remove", self._next(short))

    def _next(self, count: int) -> list[int]:
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        assert len(taken) == max(count, 0), "more comments are needed"
        return taken

    def kill_once(self, after: float) -> None:
        """Let a worker begin, kill it outright, and note what it had in its hands."""
        began = self.town.value(MOMENT)
        with self.workers.one() as pid:
            beats = lambda: self.town.value(BEATS, f"%:{pid}")  # noqa: E731
            wait_for(beats)
            time.sleep(after)
        self.kills["held"] += bool(self.town.value(HELD, began, began))
        self.kills["answers"] += bool(self.town.value(ANSWERS_UNDER_WAY))
        self.kills["removals"] += bool(self.town.value(REMOVALS_UNDER_WAY))

    def hidden(self) -> list[str]:
        """Return what the channel's own gates hide, as the platform has them."""
        gates = self.server.records(self.account, "app.bsky.feed.threadgate")
        return [uri for gate in gates for uri in gate["value"]["hiddenReplies"]]

    def written(self) -> list[str]:
        """Return the texts of all posts in the channel's own repository."""
        where = {
            "repo": self.account.did,
            "collection": "app.bsky.feed.post",
            "limit": "100",
        }
        texts: list[str] = []
        while True:
            page = self.server.http.get("com.atproto.repo.listRecords", params=where)
            told = page.raise_for_status().json()
            texts += [record["value"]["text"] for record in told["records"]]
            if "cursor" not in told or not told["records"]:
                return texts
            where["cursor"] = told["cursor"]


@pytest.fixture(scope="module")
def scene(
    bluesky: BlueskyServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """Comments by a citizen on the real server, taken in by the real worker."""
    account = bluesky.create_account("biblioteket", display_name="Biblioteket")
    citizen = bluesky.create_account("medborgare", display_name="Åsa Öberg")
    town = Town(tmp_path_factory.mktemp("kills"), lease=1)
    town.found(account.handle)
    _comment(bluesky, account, citizen)
    with (
        running(town, "tests.servers.orders") as orders,
        running(town, "tests.servers.workers") as workers,
    ):
        people = People(orders)
        channel = town.known["channels"]["library"]
        told = (account.handle, account.app_password, bluesky.url)
        people.do("connect", channel, *told)
        town.command("work", "--once").check_returncode()
        rows = town.rows("SELECT id FROM inbox_item WHERE status = 'waiting'")
        assert len(rows) == THREADS * COMMENTS
        ids = [pk for (pk,) in rows]
        random.Random(SEED).shuffle(ids)
        yield Scene(town, bluesky, account, people, Workers(workers), ids)


def _comment(server: BlueskyServer, account: Account, citizen: Account) -> None:
    """Write the comments at once, and wait until the last of them can be seen."""
    roots = [server.post(account, f"Fråga oss, tråd {n}") for n in range(THREADS)]
    last: list[Post] = []
    for root in roots:
        strong = {"uri": root.uri, "cid": root.cid}
        for n in range(COMMENTS):
            record = {
                "$type": "app.bsky.feed.post",
                "text": f"Köp billiga klockor? Nummer {n} under {root.rkey}",
                "reply": {"root": strong, "parent": strong},
            }
            written = server.write(citizen, "app.bsky.feed.post", record)
        last.append(written)
    for post in last:
        until(lambda uri=post.uri: server.posts(uri))  # type: ignore[misc]


def test_a_worker_killed_fifty_times_loses_nothing_and_does_nothing_twice(
    scene: Scene, tmp_path: Path
) -> None:
    moments = random.Random(SEED)
    while min(scene.kills["answers"], scene.kills["removals"]) < KILLS:
        scene.top_up()
        scene.kill_once(moments.uniform(0, LONGEST))
    _let_it_finish(scene)

    assert scene.kills["held"] > KILLS / 2
    written = Counter(scene.written())
    assert {text: written[text] for text in scene.texts} == dict.fromkeys(
        scene.texts, 1
    )
    _each_removal_is_done_once(scene)
    _nothing_is_lost(scene)
    assert wait_for(lambda: scene.town.browsers() == [])


def _let_it_finish(scene: Scene) -> None:
    left = f"SELECT ({ANSWERS_UNDER_WAY}) + ({REMOVALS_UNDER_WAY})"
    with scene.town.started("work"):
        wait_for(lambda: scene.town.value(left) == 0, seconds=180)
        wait_for(lambda: not scene.town.value(UNNUMBERED))


UNNUMBERED = "SELECT count(*) FROM records_entry WHERE number IS NULL"
REMOTE = (
    "SELECT i.remote_id FROM moderation_case c JOIN inbox_item i ON i.id = c.item_id"
)
MOVES = "SELECT subject, count(*) FROM governance_step WHERE move = ? GROUP BY subject"
EVIDENCE = """
SELECT case_id, moment, count(*) FROM moderation_evidence GROUP BY case_id, moment
"""


def _each_removal_is_done_once(scene: Scene) -> None:
    town = scene.town
    remote = [uri for (uri,) in town.rows(REMOTE)]
    hidden = Counter(scene.hidden())
    assert hidden == dict.fromkeys(remote, 1)
    assert town.value("SELECT count(*) FROM moderation_case") == len(scene.cases)
    for move in ("case.secure", "case.remove"):
        assert dict(town.rows(MOVES, move)) == {f"case:{pk}": 1 for pk in scene.cases}
    kept = {(pk, moment): n for pk, moment, n in town.rows(EVIDENCE)}
    expected = {(pk, m): 1 for pk in scene.cases for m in ("before", "after")}
    assert kept == expected


def _nothing_is_lost(scene: Scene) -> None:
    town = scene.town
    answered = "SELECT count(*) FROM inbox_item WHERE status = 'answered'"
    assert town.value(answered) == len(scene.texts)
    assert set(dict(town.rows(MOVES, "outgoing.send")).values()) == {1}
    registered = "SELECT subject, count(*) FROM records_registration GROUP BY subject"
    told = dict(town.rows(registered))
    assert {pk: told.get(f"case:{pk}") for pk in scene.cases} == dict.fromkeys(
        scene.cases, 1
    )
    verified = town.command("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
