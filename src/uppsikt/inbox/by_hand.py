"""What a person tells us of: pasted in from a platform that no program reaches."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from django.db import transaction
from django.db.models import Q

from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import arriving
from uppsikt.inbox.intake import take_in
from uppsikt.inbox.keeping import identifier
from uppsikt.inbox.models import Item, Items
from uppsikt.platforms import Author, Batch, ItemKind, PlatformItem
from uppsikt.policy.roles import Right
from uppsikt.records import media, vault
from uppsikt.records.models import Blob

PICTURES = (media.PNG, media.JPEG, media.WEBP)
"""Who the guideline lets take in an item by hand; its own rule is asked as well."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person saw at the platform, in their own copy of it."""

    text: str
    author: str
    published_at: datetime
    url: str = ""
    kind: ItemKind = ItemKind.REPLY
    public: bool = True
    picture: bytes = b""
    # Of a private message: what we wrote ourselves, and where it belongs.
    own: bool = False
    root: str = ""
    parent: str = ""


class AlreadyHere(Exception):
    """The same link with the same text is in the inbox already."""

    def __init__(self, item: Item) -> None:
        super().__init__(str(item))
        self.item = item


class SealedOff(Exception):
    """It is on the special path: nothing more of it is taken in, a picture least."""


class NotYet(Exception):
    """It is said to have been written later than now."""


@transaction.atomic
def enter(channel: Channel, told: Told, *, actor: Actor, at: datetime) -> Item:
    """Take in what a person saw; the link makes it one item, a new text a version.

    Raises:
        AlreadyHere: nothing in it is new.
        SealedOff: it is on the special path.
        NotYet: it was written in the future.
        media.NotWhatItSays: the picture is none.
        moves.NotYours: the actor may not enter anything here.
    """
    moves.must(Right.ENTER, actor, channel.path, at=at)
    if told.published_at > at:
        raise NotYet
    name = same_address(told.url) or f"by-hand:{uuid.uuid4().hex}"
    known = _known(channel, name, told.url.strip())
    if known.filter(secluded=True).exists():
        raise SealedOff  # before a byte of a picture is looked at or kept
    restricted = known.filter(restricted=True).exists()
    picture = _picture(told.picture, at, restricted=restricted)
    batch = Batch(items=(_as_item(channel, told, name),), cursor="")
    manual = Item.How.MANUAL
    came = take_in(channel, batch, how=manual, actor=actor, at=at, picture=picture)
    item = Item.objects.get(channel=channel, remote_id=identifier(name))
    if not (came.new or came.changed):
        raise AlreadyHere(item)
    if told.own:
        arriving.name_party(item, told.author)
    return item


def same_address(url: str) -> str:
    """Return `url` as we tell two apart: without fragment and tail of the name."""
    parts = urlsplit(url.strip())
    path = parts.path.rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, parts.query, ""))


def _known(channel: Channel, name: str, url: str) -> Items:
    """Return what we hold of the same thing, however it came in."""
    same = Q(remote_id=identifier(name))
    return Item.objects.filter(same | Q(url=url) if url else same, channel=channel)


def _picture(data: bytes, at: datetime, *, restricted: bool) -> Blob | None:
    if not data:
        return None
    kind = media.checked(data, PICTURES)
    return vault.keep(data, kind, at=at, restricted=restricted)


def _as_item(channel: Channel, told: Told, name: str) -> PlatformItem:
    text = told.text.strip()
    author = channel.name if told.own else told.author
    return PlatformItem(
        remote_id=name,
        parent_id=told.parent or None,
        root_id=told.root or None,
        kind=told.kind,
        author=Author(handle=author, display_name=author, remote_id=""),
        text=text,
        published_at=told.published_at,
        url=told.url.strip(),
        public=told.public,
        own=told.own,
        raw={
            "text": told.text,
            "author": told.author,
            "published_at": told.published_at.isoformat(),
            "url": told.url,
        },
    )
