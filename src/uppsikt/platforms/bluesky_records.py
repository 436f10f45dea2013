"""Write in our own Bluesky repository: safe to do twice, losing no one's change."""

from collections.abc import Callable, Mapping
from datetime import datetime

from pydantic import BaseModel, JsonValue

from uppsikt.platforms.base import PlatformError
from uppsikt.platforms.bluesky_posts import POST, link_facets, parts, record_key
from uppsikt.platforms.xrpc import Xrpc
from uppsikt.policy.words import N_

GATE = "app.bsky.feed.threadgate"
MOST_HIDDEN = 300
TRIES = 4

Record = dict[str, JsonValue]
Change = Callable[[list[str]], list[str]]


class Written(BaseModel):
    """A record that stands in our repository, or the receipt for one."""

    uri: str
    cid: str = ""
    value: Record = {}


class Repository:
    """The records of the account that is signed in."""

    def __init__(self, xrpc: Xrpc) -> None:
        self.xrpc = xrpc

    def write_once(self, key: str, text: str, more: Callable[[], Record]) -> Written:
        """Write a post under the record key that `key` gives, unless it is there."""
        rkey = record_key(key)
        there = self.record(POST, rkey)
        if there is None:
            post = self._post(text) | more()
            there = self._put(POST, rkey, post, None) or self.record(POST, rkey)
        if there is None:
            raise _both_at_once()
        return there

    def written(self, key: str) -> Written | None:
        """Return the post that `key` wrote, or None."""
        return self.record(POST, record_key(key))

    def change_gate(self, root_id: str, change: Change) -> Written:
        """Change the list of what is hidden below `root_id`, a post of our own.

        Raises a permanent `PlatformError` when the thread is another's, and a
        passing one when somebody else keeps changing the same list.
        """
        root = parts(root_id)
        if root.did != self.xrpc.did:
            words = N_(
                "Somebody else began this thread, and only they can hide answers in it."
                " You can report the answer to Bluesky."
            )
            raise PlatformError(words, permanent=True, code="NotOurThread")
        for _ in range(TRIES):
            if done := self._try_gate(root_id, root.rkey, change):
                return done
        raise _both_at_once()

    def record(self, collection: str, rkey: str) -> Written | None:
        """Return a record of our own repository, or None."""
        params = {"repo": self.xrpc.did, "collection": collection, "rkey": rkey}
        try:
            return self.xrpc.query("com.atproto.repo.getRecord", params, Written)
        except PlatformError as error:
            if error.code == "RecordNotFound":
                return None
            raise

    def _try_gate(self, root_id: str, rkey: str, change: Change) -> Written | None:
        """Write the changed list if nobody wrote since we read it."""
        there = self.record(GATE, rkey)
        record = there.value if there else self._gate(root_id)
        was = _texts(record.get("hiddenReplies"))
        hidden = list(dict.fromkeys(change(was)))
        if hidden == was:
            return there or Written(uri=f"at://{self.xrpc.did}/{GATE}/{rkey}")
        if len(hidden) > MOST_HIDDEN:
            words = N_("Bluesky hides at most 300 answers below one post.")
            raise PlatformError(words, permanent=True)
        changed: Record = {**record, "hiddenReplies": list[JsonValue](hidden)}
        return self._put(GATE, rkey, changed, there.cid if there else None)

    def _put(
        self, collection: str, rkey: str, record: Record, replaces: str | None
    ) -> Written | None:
        """Write a record in place of version `replaces` (None: of nothing).

        Returns None when another version stands there.
        """
        body: Mapping[str, JsonValue] = {
            "repo": self.xrpc.did,
            "collection": collection,
            "rkey": rkey,
            "record": record,
            "swapRecord": replaces,
        }
        try:
            made = self.xrpc.procedure("com.atproto.repo.putRecord", body, Written)
        except PlatformError as error:
            if error.code == "InvalidSwap":
                return None
            raise
        return made.model_copy(update={"value": record})

    def _post(self, text: str) -> Record:
        """Return a post dated by the platform's clock, which the look before told."""
        return {
            "$type": POST,
            "text": text,
            "langs": ["sv"],
            "facets": link_facets(text),
            "createdAt": _stamp(self.xrpc.clock),
        }

    def _gate(self, root_id: str) -> Record:
        """Return a gate that lets everybody answer: `allow` left out means that."""
        return {"$type": GATE, "post": root_id, "createdAt": _stamp(self.xrpc.clock)}


def _both_at_once() -> PlatformError:
    words = N_("Somebody else changed the same thing at the same moment.")
    return PlatformError(words, permanent=False, code="InvalidSwap")


def _texts(value: JsonValue) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _stamp(moment: datetime) -> str:
    """Write a moment as the AT Protocol does."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
