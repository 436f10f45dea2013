"""Bluesky, over XRPC with an app password. https://docs.bsky.app/docs/api"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import httpx
from pydantic import BaseModel, Field, JsonValue, SecretStr, field_validator

from uppsikt.platforms import bluesky_reading as reading
from uppsikt.platforms.base import (
    Batch,
    Can,
    Parent,
    Platform,
    PlatformError,
    PlatformItem,
    Profile,
    ReportCategory,
    Secrets,
    Seen,
    SeenState,
    Sent,
)
from uppsikt.platforms.bluesky_posts import (
    PostView,
    is_post,
    item,
    link,
    parts,
)
from uppsikt.platforms.bluesky_records import Repository, Written
from uppsikt.platforms.writing import bluesky_length
from uppsikt.platforms.xrpc import Xrpc, shaped
from uppsikt.policy.watch_scope import Part
from uppsikt.policy.words import N_

APP_PASSWORD = re.compile(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}")
REASONS = {
    ReportCategory.SPAM: "reasonSpam",
    ReportCategory.RULES: "reasonViolation",
    ReportCategory.MISLEADING: "reasonMisleading",
    ReportCategory.SEXUAL: "reasonSexual",
    ReportCategory.HARASSMENT: "reasonRude",
    ReportCategory.ILLEGAL: "reasonViolation",
    ReportCategory.OTHER: "reasonOther",
}
GONE = N_("The post is no longer at Bluesky.")


class Report(BaseModel):
    id: int


class ProfileView(BaseModel):
    did: str
    handle: str
    display_name: str = Field(default="", alias="displayName")
    description: str = ""
    followers: int | None = Field(default=None, alias="followersCount")


class Anything(BaseModel, extra="allow"):
    """An answer that nothing is read from."""


class Bluesky(Platform):
    """A Bluesky account.

    Posts cannot be edited there: a changed text is a new post. Only who began a
    thread can hide answers in it; elsewhere one can answer and report.
    """

    name = "bluesky"
    label = "Bluesky"
    can = frozenset(Can)
    max_length = 300
    hides_truthfully = N_(
        "The answer is moved away from the thread below your post. Whoever asks to see"
        " hidden answers, or opens it by its own address, still finds it."
    )
    watches = frozenset({Part.COMMENTS, Part.OLD_THREADS, Part.MENTIONS})
    profile_fields = frozenset({"display_name", "description", "url", "followers"})

    class Credentials(Secrets):
        """An app password, which can be taken back without touching the account."""

        identifier: str = Field(
            title=N_("Account name"),
            description=N_("For example kommunen.bsky.social."),
            min_length=3,
            max_length=253,
        )
        app_password: SecretStr = Field(
            title=N_("App password"),
            description=N_(
                "Make one at Bluesky under Settings, Privacy and security, App"
                " passwords. Never enter the password of the account itself."
            ),
        )
        server: str = Field(
            default="https://bsky.social",
            title=N_("Server"),
            description=N_("Leave as it is unless the account lies elsewhere."),
            pattern=r"^https?://[A-Za-z0-9.-]+(:\d+)?/?$",
        )

        @field_validator("identifier")
        @classmethod
        def _bare_name(cls, name: str) -> str:
            return name.removeprefix("@").lower()

        @field_validator("app_password")
        @classmethod
        def _is_app_password(cls, password: SecretStr) -> SecretStr:
            if not APP_PASSWORD.fullmatch(password.get_secret_value()):
                raise ValueError(N_("An app password looks like xxxx-xxxx-xxxx-xxxx."))
            return password

    credentials: Credentials

    @classmethod
    def length(cls, text: str) -> int:
        """Count what the reader sees as one sign as one."""
        return bluesky_length(text)

    def __init__(self, http: httpx.Client, credentials: Credentials) -> None:
        super().__init__(http, credentials)
        self.xrpc = Xrpc(
            http, credentials.server, credentials.identifier, credentials.app_password
        )
        self.own = Repository(self.xrpc)

    def profile(self) -> Profile:
        """Return the account's public profile."""
        params = {"actor": self.xrpc.did}
        raw = self.xrpc.query("app.bsky.actor.getProfile", params, Anything)
        shown = raw.model_dump(mode="json")
        view = shaped(shown, ProfileView)
        return Profile(
            handle=view.handle,
            display_name=view.display_name,
            description=view.description,
            url=f"https://bsky.app/profile/{view.handle}",
            remote_id=view.did,
            followers=view.followers,
            raw=shown,
        )

    def read(self, cursor: str | None, since: datetime) -> Iterator[Batch]:
        """Yield own posts and answers, and who answered, named or quoted us.

        The latest 25 threads are read through, since an answer deep in a thread
        sends no notice. Stopped half-way, it goes on from the last kept cursor.
        """
        return reading.sweep(self.xrpc, reading.Place.after(cursor, since))

    def thread(self, remote_id: str) -> tuple[PlatformItem, ...]:
        """Return the conversation around a post, each after what it answers."""
        near = reading.thread(self.xrpc, remote_id)
        found = {i.remote_id: i for i in reading.walk(near, self.xrpc.did)}
        if remote_id not in found:
            raise PlatformError(GONE, permanent=True, code="NotFound")
        root = found[remote_id].root_id
        whole = reading.thread(self.xrpc, root) if root else {}
        all_below = {i.remote_id: i for i in reading.walk(whole, self.xrpc.did)}
        return tuple((all_below | found).values())

    def look(self, remote_id: str) -> Seen:
        """Look at one post now: it stands, is hidden in its thread, or is gone."""
        node: Any = self._node(remote_id)
        if node is None or node.get("notFound"):
            return Seen(state=SeenState.GONE, item=None, raw=node)
        if "post" not in node:  # the author blocks us; the public still sees it
            return Seen(state=SeenState.VISIBLE, item=None, raw=node)
        seen = item(node["post"], self.xrpc.did)
        root: Any = self._node(seen.root_id) if seen.root_id else None
        hidden = remote_id in _hidden_in(root)
        return Seen(
            state=SeenState.HIDDEN if hidden else SeenState.VISIBLE,
            item=seen,
            raw={"thread": node, "root": root},
        )

    def missing(self, remote_ids: Sequence[str]) -> tuple[str, ...]:
        """Return the posts that are gone; the many that stand cost one call for 25.

        Bluesky also leaves out posts of those who block us, which stand all the same:
        only what a look finds gone is gone.
        """
        asked = [name for name in remote_ids if is_post(name)]
        stand = {p.remote_id for p in reading.posts(self.xrpc, asked)}
        return super().missing([name for name in asked if name not in stand])

    def reply(self, parent: Parent, text: str, key: str) -> Sent:
        """Answer `parent`. The same `key` twice is one answer."""
        return self._sent(
            self.own.write_once(key, text, lambda: self._reply_to(parent))
        )

    def publish(self, text: str, key: str) -> Sent:
        """Publish a post. The same `key` twice is one post."""
        return self._sent(self.own.write_once(key, text, dict))

    def find(self, key: str) -> Sent | None:
        """Return the receipt for the post that was written with `key`, or None."""
        there = self.own.written(key)
        return self._sent(there) if there else None

    def delete(self, remote_id: str) -> None:
        """Delete a post of our own. Bluesky lets nobody delete another's."""
        where = parts(remote_id)
        if where.did != self.xrpc.did:
            words = N_("Bluesky lets nobody delete what somebody else has written.")
            raise PlatformError(words, permanent=True)
        body = {"repo": where.did, "collection": where.collection, "rkey": where.rkey}
        self.xrpc.procedure("com.atproto.repo.deleteRecord", body, Anything)

    def hide(self, remote_id: str, root_id: str) -> Sent:
        """Hide an answer below our own post `root_id`. Safe to do twice."""
        parts(remote_id)
        gate = self.own.change_gate(root_id, lambda was: [*was, remote_id])
        return Sent(remote_id=gate.uri, url=link(root_id), raw=gate.model_dump())

    def unhide(self, remote_id: str, root_id: str) -> Sent:
        """Show an answer below our own post again. Safe to do twice."""
        shown = remote_id
        gate = self.own.change_gate(root_id, lambda was: [u for u in was if u != shown])
        return Sent(remote_id=gate.uri, url=link(root_id), raw=gate.model_dump())

    def report(self, remote_id: str, reason: str, category: ReportCategory) -> str:
        """Report a post to Bluesky's moderators and return the report's number."""
        ref = self._standing(remote_id).ref.model_dump()
        subject = {"$type": "com.atproto.repo.strongRef", **ref}
        body: dict[str, JsonValue] = {
            "reasonType": f"com.atproto.moderation.defs#{REASONS[category]}",
            "reason": reason,
            "subject": subject,
        }
        name = "com.atproto.moderation.createReport"
        return str(self.xrpc.procedure(name, body, Report).id)

    def _sent(self, post: Written) -> Sent:
        return Sent(remote_id=post.uri, url=link(post.uri), raw=post.model_dump())

    def _node(self, uri: str) -> dict[str, JsonValue] | None:
        """Return one post as a thread of its own, or None if Bluesky has none."""
        try:
            return reading.thread(self.xrpc, uri, depth=0)
        except PlatformError as error:
            if error.code == "NotFound":
                return None
            raise

    def _standing(self, uri: str) -> PostView:
        """Return a post as it stands now; raise a permanent error if it is gone."""
        found = self.xrpc.query(
            "app.bsky.feed.getPosts", {"uris": [uri]}, reading.Posts
        )
        for view in (shaped(p, PostView) for p in found.posts):
            if view.uri == uri:
                return view
        raise PlatformError(GONE, permanent=True, code="NotFound")

    def _reply_to(self, parent: Parent) -> dict[str, JsonValue]:
        """Return what a reply must say of its place: below what, in which thread."""
        above = self._standing(parent.remote_id)
        thread = above.record.reply
        root = thread.root if thread else above.ref
        return {"reply": {"root": root.model_dump(), "parent": above.ref.model_dump()}}


def _hidden_in(root: Any) -> list[str]:
    """Return what the root post, as the AppView shows it, hides."""
    if not isinstance(root, dict) or "post" not in root:
        return []
    gate = shaped(root["post"], PostView).threadgate
    return gate.record.hidden if gate else []
