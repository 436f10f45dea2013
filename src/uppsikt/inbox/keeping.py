"""Write down what a fetch brought: one blob, one entry, each item and its version."""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from uppsikt.channels.models import Channel
from uppsikt.checks.text import ANALYSIS_VERSION, Signal
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import (
    arriving,
    deadlines,
    elsewhere,
    pausing,
    pointing,
    stirring,
    twins,
    withdrawal,
)
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import DONE, Item, ItemVersion
from uppsikt.inbox.pointing import pointed_at
from uppsikt.inbox.texts import not_out_yet
from uppsikt.platforms import PlatformItem
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.terms import Terms
from uppsikt.policy.words import N_
from uppsikt.records import bulk, ledger, search, vault
from uppsikt.records.models import Blob, Entry
from uppsikt.records.openings import JsonValue

CHANGED: Final = N_("The author has changed the text.")
# What no database keeps: a null byte, and half of a surrogate pair. The raw answer in
# the vault still has them.
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
INSTEAD: Final = "\ufffd"
LONGEST_URL: Final = 1000
LONGEST_NAME: Final = 500
VERSION: Final = (
    "item_id",
    "number",
    "text",
    "media",
    "seen_at",
    "raw_id",
    "entry_id",
    "picture_id",
    "analysis",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One item as it was told, with its text made storable and analysed.

    `seen` are those signals whose rules are shown, not silent.
    """

    source: PlatformItem
    text: str
    signals: tuple[Signal, ...]
    seen: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Fetch:
    """All that one act of taking in brings, sorted by what is to be done with it."""

    channel: Channel
    how: Item.How
    actor: Actor
    at: datetime
    guideline: Guideline
    terms: Terms
    new: Sequence[Told]
    changed: Sequence[tuple[Item, Told]]
    gone: Sequence[Item]
    back: Sequence[Item]
    picture: Blob | None = None
    taken: list[tuple[Item, Told]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.new or self.changed or self.gone or self.back)


def storable(text: str) -> str:
    """Return `text` with a sign in the place of what no database can keep."""
    return UNSTORABLE.sub(INSTEAD, text)


def identifier(name: str) -> str:
    """Return a platform's name of a thing as we keep it: always the same, and fitting.

    One too long for the database is cut, with a digest of the whole in the place of
    the rest, so that two are never mixed up and a thread still hangs together.
    """
    name = storable(name)
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"{name[: LONGEST_NAME - len(digest) - 1]}#{digest}"


def keep(fetch: Fetch) -> int:
    """Store all of it, and return how many items a colleague had answered."""
    raw = _raw(fetch)
    entry = _entry(fetch)
    _begin(fetch)
    new = [it for it, _ in fetch.taken]
    arriving.note(fetch.channel, new, fetch.guideline, at=fetch.at)
    _change(fetch)
    _note_presence(fetch)
    pausing.end_by_authors(fetch.channel, [it for it, _ in fetch.taken], at=fetch.at)
    if fetch.taken:
        _keep_versions(fetch, raw, entry)
        _index(fetch)
    taken = [it for it, _ in fetch.taken]
    stirring.stir(taken, at=fetch.at)
    return elsewhere.note(fetch.channel, taken, at=fetch.at)


def _raw(fetch: Fetch) -> Blob:
    sources = [*fetch.new, *(told for _, told in fetch.changed)]
    answers = {
        "items": [told.source.raw for told in sources],
        "withdrawn": [it.remote_id for it in fetch.gone],
    }
    packed = gzip.compress(json.dumps(answers).encode(), compresslevel=3, mtime=0)
    return vault.keep(packed, "application/gzip", at=fetch.at)


def _entry(fetch: Fetch) -> Entry:
    members = [
        *(_member("new", t.source.remote_id, t.text) for t in fetch.new),
        *(_member("changed", it.remote_id, t.text) for it, t in fetch.changed),
        *(_member("withdrawn", it.remote_id) for it in fetch.gone),
        *(_member("back", it.remote_id) for it in fetch.back),
    ]
    return ledger.append_batch(
        "inbox.take_in",
        fetch.channel.subject,
        members,
        {"how": fetch.how.value, "count": len(members)},
        actor=fetch.actor.name,
        at=fetch.at,
    )


def _member(change: str, remote_id: str, text: str = "") -> Mapping[str, JsonValue]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"item": storable(remote_id), "change": change, "text": digest}


def _begin(fetch: Fetch) -> None:
    rows: dict[Move, list[tuple[Item, Told]]] = {}
    for told in fetch.new:
        move = _first_move(fetch, told.source)
        rows.setdefault(move, []).append((_item(fetch, move, told), told))
    for move, pairs in rows.items():
        things = [it for it, _ in pairs]
        moves.begin_all(move, things, fetch.guideline, actor=fetch.actor)
        fetch.taken.extend(pairs)


def _first_move(fetch: Fetch, told: PlatformItem) -> Move:
    if told.own:
        return ItemLife.note
    cut_over = fetch.channel.cut_over_at
    if cut_over and told.published_at < cut_over:
        return ItemLife.file
    return ItemLife.receive


def _item(fetch: Fetch, move: Move, told: Told) -> Item:
    source = told.source
    clocks: dict[str, object] = {}
    if move is ItemLife.receive:
        # What claims to come from the future starts now.
        began = min(source.published_at, fetch.at)
        clocks = deadlines.started(began, fetch.terms)
    values = {
        **_blank(),
        "channel_id": fetch.channel.pk,
        "remote_id": identifier(source.remote_id),
        "kind": source.kind.value,
        "parent_id": identifier(source.parent_id or ""),
        "root_id": identifier(source.root_id or source.remote_id),
        "author_handle": storable(source.author.handle)[:200],
        "author_name": storable(source.author.display_name)[:300],
        "author_id": storable(source.author.remote_id)[:200],
        "text": told.text,
        "twin": _twin(fetch, told),
        "url": storable(source.url) if len(source.url) <= LONGEST_URL else "",
        "own": source.own,
        "public": source.public,
        "how": fetch.how,
        "published_at": source.published_at,
        "received_at": fetch.at,
        **pointed_at(told.seen, fetch.guideline),
        **clocks,
    }
    # By place, because Django takes keywords at thrice the cost.
    it = Item(*values.values())
    it.channel = fetch.channel
    return it


def _twin(fetch: Fetch, told: Told) -> str:
    author = told.source.author
    known = "" if told.source.own else author.remote_id or author.handle
    return twins.of(fetch.channel.site, known, told.text)


@cache
def _blank() -> Mapping[str, object]:
    """Return what each field of an item is unless told, in their order."""
    return {f.attname: f.get_default() for f in Item._meta.concrete_fields}


def _change(fetch: Fetch) -> None:
    for it, told in fetch.changed:
        told_of_it: dict[str, object] = {
            "text": told.text,
            "twin": _twin(fetch, told),
            "versions_seen": it.versions_seen + 1,
            "changed_at": fetch.at,
            **pointed_at(told.seen, fetch.guideline),
        }
        for name, value in told_of_it.items():
            setattr(it, name, value)
        it.save(update_fields=[*told_of_it])
        if it.status in DONE and not it.removed_at:
            _bring_back(it, fetch)
        fetch.taken.append((it, told))


def _bring_back(it: Item, fetch: Fetch) -> None:
    """Open again what was dealt with: a person has not seen what it says now.

    A text that is still to go out stays with it, so that nobody writes a second one.
    """
    changes = {
        **deadlines.started(fetch.at, fetch.terms),
        "first_contact_at": None,
        "promised_for": None,
        "answered_at": None,
        "outgoing": not_out_yet(it),
    }
    moves.make(
        ItemLife.reopen,
        it,
        actor=fetch.actor,
        at=fetch.at,
        why=_(CHANGED),
        changes=changes,
    )


def _note_presence(fetch: Fetch) -> None:
    for rows, gone_at in ((fetch.gone, fetch.at), (fetch.back, None)):
        ids = [it.pk for it in rows]
        if ids:
            Item.objects.filter(pk__in=ids).update(gone_at=gone_at)
    for it in fetch.gone:
        withdrawal.close(it, at=fetch.at)
    for it in fetch.back:
        withdrawal.bring_back(it, at=fetch.at)


def _keep_versions(fetch: Fetch, raw: Blob, entry: Entry) -> None:
    picture = fetch.picture and fetch.picture.pk
    rows = [
        (
            it.pk,
            it.versions_seen,
            told.text,
            [asdict(m) for m in told.source.media],
            fetch.at,
            raw.pk,
            entry.pk,
            picture,
            ANALYSIS_VERSION,
        )
        for it, told in fetch.taken
    ]
    versions = bulk.insert(ItemVersion, VERSION, rows)
    pairs = zip(versions, (told for _, told in fetch.taken), strict=True)
    pointing.keep((version, told.signals) for version, told in pairs)


def _index(fetch: Fetch) -> None:
    path = fetch.channel.path
    texts = [
        (it.subject, path, told.text)
        for it, told in fetch.taken
        if it.public and not (it.restricted or it.secluded)
    ]
    search.index_many(texts, at=fetch.at)
