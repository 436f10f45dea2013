"""What a Bluesky post looks like on the wire, and as an item of ours.

Lexicons: app.bsky.feed.defs, app.bsky.feed.post, app.bsky.embed.*
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from uppsikt.platforms.base import Author, ItemKind, Media, PlatformError, PlatformItem
from uppsikt.platforms.xrpc import shaped
from uppsikt.policy.words import N_

POST = "app.bsky.feed.post"
URI = re.compile(r"at://(did:[a-z]+:[\w.:%-]+)/([a-zA-Z0-9.-]+)/([\w.~:-]{1,512})")
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
BELIEVABLE = timedelta(days=1)
KEY_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
KEY_EPOCH = 1_704_067_200_000_000  # 2024-01-01 in microseconds


class Uri(NamedTuple):
    """The parts of an at:// address: whose, what kind, which."""

    did: str
    collection: str
    rkey: str


class Ref(BaseModel):
    """A thing and the version of it that is meant."""

    uri: str
    cid: str


class ReplyRef(BaseModel):
    root: Ref
    parent: Ref


class Record(BaseModel):
    """What the author wrote."""

    text: str = ""
    created_at: str = Field(default="", alias="createdAt")
    reply: ReplyRef | None = None
    embed: dict[str, JsonValue] | None = None


class AuthorView(BaseModel):
    did: str
    handle: str
    display_name: str = Field(default="", alias="displayName")


class GateRecord(BaseModel):
    hidden: list[str] = Field(default=[], alias="hiddenReplies")


class GateView(BaseModel):
    record: GateRecord = GateRecord()


class PostView(BaseModel):
    """A post as the AppView shows it."""

    model_config = ConfigDict(frozen=True)

    uri: str
    cid: str
    author: AuthorView
    record: Record
    indexed_at: AwareDatetime = Field(alias="indexedAt")
    embed: dict[str, JsonValue] | None = None
    replies: int = Field(default=0, alias="replyCount")
    threadgate: GateView | None = None

    @property
    def ref(self) -> Ref:
        return Ref(uri=self.uri, cid=self.cid)


def is_post(uri: str) -> bool:
    """Tell whether `uri` is an address that a post can have."""
    return URI.fullmatch(uri) is not None


def parts(uri: str) -> Uri:
    """Take an at:// address apart."""
    found = URI.fullmatch(uri)
    if not found:
        raise PlatformError(
            N_("This is not the address of a Bluesky post."), permanent=True
        )
    return Uri(*found.groups())


def link(uri: str) -> str:
    """Return the web page of a post. The account's lasting name outlives its handle."""
    did, _, rkey = parts(uri)
    return f"https://bsky.app/profile/{did}/post/{rkey}"


def item(raw: JsonValue, me: str) -> PlatformItem:
    """Return a post as an item, told for the account `me` (a did)."""
    post = shaped(raw, PostView)
    reply, own = post.record.reply, post.author.did == me
    return PlatformItem(
        remote_id=post.uri,
        parent_id=reply.parent.uri if reply else None,
        root_id=reply.root.uri if reply else None,
        kind=_kind(post, me),
        author=_author(post.author),
        text=post.record.text,
        published_at=published_at(post, me),
        url=link(post.uri),
        public=True,
        own=own,
        media=tuple(_media(post.embed)),
        raw=raw,
    )


def published_at(post: PostView, me: str) -> datetime:
    """Return when the post came.

    The author writes `createdAt` and may write anything. A stranger's moment is
    believed when it lies within a day before Bluesky saw the post, so that nobody
    slips past a clock with an old date; our own moment whenever it is not later.
    """
    created = _parsed(post.record.created_at)
    seen = post.indexed_at.astimezone(UTC)
    if created is None or created > seen:
        return seen
    if post.author.did != me and seen - created > BELIEVABLE:
        return seen
    return created


def _parsed(moment: str) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(moment)
        return parsed.astimezone(UTC) if parsed.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _author(author: AuthorView) -> Author:
    return Author(
        handle=author.handle,
        display_name=author.display_name or author.handle,
        remote_id=author.did,
    )


def _kind(post: PostView, me: str) -> ItemKind:
    """Tell what a post is to us by what it hangs on, so that it is always the same."""
    reply = post.record.reply
    if post.author.did == me:
        return ItemKind.REPLY if reply else ItemKind.POST
    mine = f"at://{me}/"
    if reply and (reply.root.uri.startswith(mine) or reply.parent.uri.startswith(mine)):
        return ItemKind.REPLY
    if any(uri.startswith(mine) for uri in _quoted(post.record.embed)):
        return ItemKind.QUOTE
    return ItemKind.MENTION


def _quoted(embed: Any) -> Iterator[str]:
    """Yield the address that an embed quotes, alone or beside pictures."""
    while isinstance(embed, dict):
        if isinstance(embed.get("uri"), str) and "cid" in embed:
            yield embed["uri"]
        embed = embed.get("record")


def _media(embed: Any) -> Iterator[Media]:
    """Yield what hangs on a post as it is shown, with its description."""
    if not isinstance(embed, dict):
        return
    for image in _dicts(embed.get("images")):
        yield _medium(image, "fullsize", "alt", "image")
    if isinstance(embed.get("playlist"), str):
        yield _medium(embed, "playlist", "alt", "video")
    for external in _dicts([embed.get("external")]):
        yield _medium(external, "uri", "title", "link")
    yield from _media(embed.get("media"))


def _dicts(values: Any) -> Iterator[dict[str, JsonValue]]:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict):
            yield value


def _medium(shown: dict[str, JsonValue], url: str, alt: str, kind: str) -> Media:
    return Media(
        url=str(shown.get(url) or ""), alt=str(shown.get(alt) or ""), kind=kind
    )


def link_facets(text: str) -> list[JsonValue]:
    """Return where in `text` the links lie, counted in bytes, so that they work."""
    return [
        {
            "index": {
                "byteStart": len(text[: found.start()].encode()),
                "byteEnd": len(text[: found.end()].encode()),
            },
            "features": [
                {"$type": "app.bsky.richtext.facet#link", "uri": found.group()}
            ],
        }
        for found in LINK.finditer(text)
    ]


def record_key(key: str) -> str:
    """Return the record key that belongs to `key`, always the same.

    A post's key must be a TID (atproto.com/specs/tid): 53 bits of microseconds and
    10 of a clock's name. Ours carries a hash, placed in a stretch of the past so
    that no server takes it for a post from the future.
    """
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    moment, clock = KEY_EPOCH + (digest >> 20), digest & 0x3FF
    number = moment << 10 | clock
    return "".join(KEY_LETTERS[number >> shift & 31] for shift in range(60, -1, -5))
