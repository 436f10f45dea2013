"""A real Bluesky network on this machine, and people who write on it.

python -m tests.servers.bluesky      run it until Ctrl-C and print its address
"""

import secrets
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

from tests.servers.shared import hold

MAIN_PASSWORD = "not-a-secret-on-loopback"
T = TypeVar("T")


@dataclass(frozen=True)
class Account:
    """Somebody with an account on the local network."""

    handle: str
    did: str
    password: str
    app_password: str
    token: str


@dataclass(frozen=True)
class Post:
    """A record that was written, with the two names that point at it."""

    uri: str
    cid: str

    @property
    def rkey(self) -> str:
        return self.uri.rsplit("/", 1)[1]


class BlueskyServer:
    """The servers, and the acts of the citizens on them.

    Every method that writes returns when the AppView shows what was written: a
    reply whose parent is not yet indexed can lose its notification for good.
    """

    def __init__(self, run: str | None = None) -> None:
        self.run = run or secrets.token_hex(6)
        self.held = ExitStack()

    def start(self) -> "BlueskyServer":
        """Start the servers, or join those that this run has started already."""
        addresses = self.held.enter_context(hold(self.run))
        self.url = addresses["pds"]
        self.appview = addresses["appview"]
        self.ozone = addresses["ozone"]
        self.http = self.held.enter_context(
            httpx.Client(base_url=f"{self.url}/xrpc/", timeout=30, trust_env=False)
        )
        return self

    def stop(self) -> None:
        """Let go of the servers: they stop when nobody holds them."""
        self.held.close()

    def ready(self) -> bool:
        """Tell whether the servers answer."""
        try:
            return self.http.get("_health").is_success
        except httpx.HTTPError:
            return False

    def create_account(self, handle: str, *, display_name: str = "") -> Account:
        """Sign somebody up. A name without a dot gets an ending of its own."""
        if "." not in handle:
            handle = f"{handle[:11]}-{secrets.token_hex(3)}.test"
        mail = f"{handle}@example.com"
        body = {"handle": handle, "email": mail, "password": MAIN_PASSWORD}
        made = self.call("com.atproto.server.createAccount", body)
        token, did = made["accessJwt"], made["did"]
        app = self.call(
            "com.atproto.server.createAppPassword", {"name": "uppsikt"}, token
        )
        account = Account(handle, did, MAIN_PASSWORD, app["password"], token)
        self._show_profile(account, display_name)
        return account

    def post(self, account: Account, text: str, **more: Any) -> Post:
        """Write a post; `more` is set in the record (facets, embed, reply)."""
        record = {"$type": "app.bsky.feed.post", "text": text, **more}
        written = self.write(account, "app.bsky.feed.post", record)
        until(lambda: self.posts(written.uri))
        return written

    def reply(self, account: Account, parent_uri: str, text: str) -> Post:
        """Answer the post at `parent_uri`."""
        parent = self.posts(parent_uri)[0]
        strong = {"uri": parent["uri"], "cid": parent["cid"]}
        root = parent["record"].get("reply", {}).get("root", strong)
        return self.post(account, text, reply={"root": root, "parent": strong})

    def mention(self, account: Account, who: Account, text: str) -> Post:
        """Write a post that begins with the name of `who`, as a real mention."""
        name = f"@{who.handle}"
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": who.did}
        where = {"byteStart": 0, "byteEnd": len(name.encode())}
        facet = {"index": where, "features": [feature]}
        return self.post(account, f"{name} {text}", facets=[facet])

    def quote(self, account: Account, quoted: Post, text: str) -> Post:
        """Write a post that shows another inside it."""
        record = {"uri": quoted.uri, "cid": quoted.cid}
        embed = {"$type": "app.bsky.embed.record", "record": record}
        return self.post(account, text, embed=embed)

    def delete(self, account: Account, post: Post) -> None:
        """Delete an own post, and wait until it is gone from the AppView."""
        body = {"repo": account.did, "rkey": post.rkey}
        body["collection"] = "app.bsky.feed.post"
        self.call("com.atproto.repo.deleteRecord", body, account.token)
        until(lambda: not self.posts(post.uri))

    def thread(self, uri: str, *, other: bool = False) -> list[dict[str, Any]]:
        """Return the public thread below `uri`, or (`other`) what is hidden in it."""
        name = "getPostThreadOtherV2" if other else "getPostThreadV2"
        answer = self.public(f"app.bsky.unspecced.{name}", {"anchor": uri})
        return list(answer["thread"])

    def posts(self, uri: str) -> list[dict[str, Any]]:
        """Return the post as the public sees it, or nothing."""
        answer = self.public("app.bsky.feed.getPosts", {"uris": uri})
        return list(answer["posts"])

    def records(self, account: Account, collection: str) -> list[dict[str, Any]]:
        """Return what stands in the account's own repository, newest first."""
        where = {"repo": account.did, "collection": collection, "limit": "100"}
        answer = self.http.get("com.atproto.repo.listRecords", params=where)
        return list(answer.raise_for_status().json()["records"])

    def write(self, account: Account, collection: str, record: dict[str, Any]) -> Post:
        """Write any record, dated now."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        dated = {"createdAt": moment, **record}
        body = {"repo": account.did, "collection": collection, "record": dated}
        made = self.call("com.atproto.repo.createRecord", body, account.token)
        return Post(made["uri"], made["cid"])

    def call(self, method: str, body: dict[str, Any], token: str = "") -> Any:
        """Call a procedure and return its answer."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.http.post(method, json=body, headers=headers)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def public(self, method: str, params: dict[str, str]) -> Any:
        """Ask the AppView as somebody who is not signed in."""
        answer = self.http.get(f"{self.appview}/xrpc/{method}", params=params)
        return answer.raise_for_status().json()

    def _show_profile(self, account: Account, display_name: str) -> None:
        record = {
            "$type": "app.bsky.actor.profile",
            "displayName": display_name or account.handle.partition(".")[0],
        }
        body = {"repo": account.did, "collection": "app.bsky.actor.profile"}
        whole = {**body, "rkey": "self", "record": record}
        self.call("com.atproto.repo.putRecord", whole, account.token)
        until(lambda: self._profile_name(account) == record["displayName"])

    def _profile_name(self, account: Account) -> str:
        who = {"actors": account.did}
        found = self.public("app.bsky.actor.getProfiles", who)["profiles"]
        return str(found[0].get("displayName", "")) if found else ""


def until(look: Callable[[], T | None], *, seconds: float = 30) -> T:
    """Look until there is something to see; a real server needs a moment."""
    ends = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > ends:
            raise TimeoutError("the server never showed it")
        time.sleep(0.1)
    return seen


def main() -> None:
    """Run the servers until the keyboard says stop."""
    began = time.monotonic()
    server = BlueskyServer().start()
    took = time.monotonic() - began
    sys.stdout.write(f"{server.url} (after {took:.1f} s), Ctrl-C stops\n")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
