"""How far the reading of a Bluesky account has come, so that it can go on there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ValidationError,
)

from uppsikt.platforms.base import Batch, PlatformItem
from uppsikt.platforms.bluesky_posts import PostView, item
from uppsikt.platforms.xrpc import Params, Xrpc, shaped

PAGE = 100
AT_ONCE = 25
THREADS = 25
DEPTH = 100
REASONS = ("reply", "mention", "quote")
OVERLAP = timedelta(hours=2)


class Stage(StrEnum):
    """Which list is being read. A sweep goes through them in this order."""

    NOTICES = "notices"
    FEED = "feed"
    THREADS = "threads"


class Place(BaseModel):
    """A place in a sweep: back to when, begun when, in which list, on which page.

    The moments are those of the platform's clock.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: AwareDatetime
    began: AwareDatetime | None = None
    stage: Stage = Stage.NOTICES
    page: str | None = None

    @classmethod
    def after(cls, cursor: str | None, since: datetime) -> "Place":
        """Return where to go on; a cursor that cannot be read starts over."""
        if cursor is None:
            return cls(since=since)
        try:
            return cls.model_validate_json(cursor)
        except ValidationError:
            return cls(since=since)

    def on(self, page: str | None, then: Stage, began: datetime) -> "Place":
        """Return the place after this page: the next page, or the next list."""
        began = self.began or began
        if page and page != self.page:
            return self.model_copy(update={"page": page, "began": began})
        return Place(since=self.since, began=began, stage=then)

    def done(self) -> "Place":
        """Return where the next sweep begins: some of it again, for what came late."""
        began = self.began or self.since
        return Place(since=max(began - OVERLAP, self.since))


class Notice(BaseModel):
    uri: str
    reason: str
    indexed_at: AwareDatetime = Field(alias="indexedAt")


class Notices(BaseModel):
    notifications: list[Notice]
    cursor: str | None = None


class FeedEntry(BaseModel):
    """An own post, and under `reply` what it answers as that stands now."""

    post: JsonValue
    reply: dict[str, JsonValue] = {}


class Feed(BaseModel):
    feed: list[FeedEntry]
    cursor: str | None = None


class Posts(BaseModel):
    posts: list[JsonValue]


class Thread(BaseModel):
    thread: dict[str, JsonValue]


def sweep(xrpc: Xrpc, place: Place) -> Iterator[Batch]:
    """Yield what came in: notices, then our own feed, then our latest threads."""
    while True:
        last = place.stage is Stage.THREADS
        batch, place = READERS[place.stage](xrpc, place)
        yield batch
        if last:
            return


def notices(xrpc: Xrpc, place: Place) -> tuple[Batch, Place]:
    """Read one page of who answered, named or quoted us."""
    params: Params = {"limit": PAGE, "reasons": REASONS, **_page(place)}
    name = "app.bsky.notification.listNotifications"
    page = xrpc.query(name, params, Notices)
    found = page.notifications
    fresh = [n for n in found if n.indexed_at >= place.since]
    whole = len(fresh) == len(found) > 0
    after = place.on(page.cursor if whole else None, Stage.FEED, xrpc.clock)
    uris = list(dict.fromkeys(n.uri for n in fresh if n.reason in REASONS))
    return _batch(tuple(posts(xrpc, uris)), after), after


def feed(xrpc: Xrpc, place: Place) -> tuple[Batch, Place]:
    """Read one page of our own posts and answers, also those made in the app."""
    params: Params = {"limit": PAGE, "filter": "posts_with_replies", **_page(place)}
    page = _author_feed(xrpc, params)
    own = [i for i in (item(e.post, xrpc.did) for e in page.feed) if i.own]
    fresh = tuple(i for i in own if i.published_at >= place.since)
    whole = len(fresh) == len(own) and bool(page.feed)
    after = place.on(page.cursor if whole else None, Stage.THREADS, xrpc.clock)
    gone = (uri for e in page.feed for uri in missing(e))
    return _batch(fresh, after, tuple(dict.fromkeys(gone))), after


def threads(xrpc: Xrpc, place: Place) -> tuple[Batch, Place]:
    """Read below our latest posts: what lies deep there sends no notice."""
    params: Params = {"limit": THREADS, "filter": "posts_no_replies"}
    shown = [shaped(e.post, PostView) for e in _author_feed(xrpc, params).feed]
    roots = [p.uri for p in shown if p.author.did == xrpc.did and p.replies]
    fresh: list[PlatformItem] = []
    for root in dict.fromkeys(roots):
        below = thread(xrpc, root)
        fresh += (i for i in walk(below, xrpc.did) if _came(i, place.since))
    after = place.done()
    return _batch(tuple(fresh), after), after


def posts(xrpc: Xrpc, uris: list[str]) -> Iterator[PlatformItem]:
    """Yield the posts that still stand, asked for in lots of 25."""
    for i in range(0, len(uris), AT_ONCE):
        params = {"uris": uris[i : i + AT_ONCE]}
        for raw in xrpc.query("app.bsky.feed.getPosts", params, Posts).posts:
            yield item(raw, xrpc.did)


def thread(xrpc: Xrpc, uri: str, *, depth: int = DEPTH) -> dict[str, JsonValue]:
    """Return the tree around a post, hidden answers too."""
    params: Params = {"uri": uri, "depth": depth, "parentHeight": depth}
    return xrpc.query("app.bsky.feed.getPostThread", params, Thread).thread


def walk(tree: Any, me: str) -> Iterator[PlatformItem]:
    """Yield the posts of a tree, each after what it answers."""
    yield from (item(node["post"], me) for node in _nodes(tree) if "post" in node)


def missing(entry: FeedEntry) -> Iterator[str]:
    """Yield what we have answered and Bluesky says is gone."""
    for above in entry.reply.values():
        if isinstance(above, dict) and above.get("notFound") is True:
            yield str(above.get("uri"))


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the nodes of a tree: what is above, the post, what is below."""
    above = []
    node = tree.get("parent") if isinstance(tree, dict) else None
    while isinstance(node, dict):
        above.append(node)
        node = node.get("parent")
    yield from reversed(above)
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            replies = node.get("replies")
            waiting += reversed(replies) if isinstance(replies, list) else ()


def _author_feed(xrpc: Xrpc, params: Params) -> Feed:
    name = "app.bsky.feed.getAuthorFeed"
    return xrpc.query(name, {"actor": xrpc.did, **params}, Feed)


def _page(place: Place) -> dict[str, str]:
    return {"cursor": place.page} if place.page else {}


def _batch(
    items: tuple[PlatformItem, ...], after: Place, withdrawn: tuple[str, ...] = ()
) -> Batch:
    cursor = after.model_dump_json(exclude_none=True)
    return Batch(items=items, cursor=cursor, withdrawn=withdrawn)


def _came(it: PlatformItem, since: datetime) -> bool:
    """Tell whether Bluesky saw the post after `since`, whatever its author says."""
    return shaped(it.raw, PostView).indexed_at >= since


READERS = {Stage.NOTICES: notices, Stage.FEED: feed, Stage.THREADS: threads}
