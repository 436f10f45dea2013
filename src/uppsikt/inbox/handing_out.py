"""Find and hand out what is ours of a channel and a period (R-6.4-12, TF 2:15).

What few may read is left out and counted, as are private messages: they are weighed one
by one before anybody gets them (OSL 6:3). What a special case seals off is not even
counted. Nobody is asked who wants it, or why (TF 2:18).
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item, Items, ItemVersion
from uppsikt.inbox.rows import KINDS
from uppsikt.policy.roles import Right
from uppsikt.records import ledger, table_files, vault
from uppsikt.records.media import MEBIBYTE

MOST: Final = 20_000
MOST_BYTES: Final = 200 * MEBIBYTE
_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
ZIP: Final = "application/zip"


class TooMuch(Exception):
    """There is more in the period than is handed out at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which channel, from which day to which, both included."""

    channel: Channel
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Found:
    """What is handed out, and how much is left out, by the reason."""

    items: list[Item]
    restricted: int
    private: int


@transaction.atomic
def hand_out(asked: Asked, kind: str, *, actor: Actor, at: datetime) -> bytes:
    """Return the file of what was asked for: `xlsx`, `csv`, or `zip` with pictures.

    Raises:
        TooMuch: more than `MOST` items, or pictures of more than `MOST_BYTES`.
        moves.NotYours: the actor may not hand out anything of the channel.
    """
    moves.must(Right.HAND_OUT, actor, asked.channel.path, at=at)
    found = find(asked)
    content = _CONTENTS[kind](asked, found)
    facts: dict[str, ledger.JsonValue] = {
        "from": str(asked.first),
        "to": str(asked.last),
        "kind": kind,
        "items": len(found.items),
        "restricted": found.restricted,
        "private": found.private,
    }
    subject = asked.channel.subject
    ledger.append("channel.hand_out", subject, facts, actor=actor.name, at=at)
    return content


def find(asked: Asked) -> Found:
    """Return what is handed out of the period, oldest first, and what is not.

    Raises `TooMuch` where there is more than is handed out at once.
    """
    rows = _of(asked)
    open_ = rows.filter(public=True, restricted=False).order_by("published_at", "pk")
    items = list(open_[: MOST + 1])
    if len(items) > MOST:
        raise TooMuch
    return Found(
        items,
        restricted=rows.filter(public=True, restricted=True).count(),
        private=rows.filter(public=False).count(),
    )


def _of(asked: Asked) -> Items:
    begins = timezone.make_aware(datetime.combine(asked.first, time()))
    ends = timezone.make_aware(datetime.combine(asked.last + timedelta(days=1), time()))
    rows = Item.objects.filter(channel=asked.channel, secluded=False)
    return rows.filter(published_at__gte=begins, published_at__lt=ends)


def _table(asked: Asked, found: Found) -> Iterator[list[str]]:
    yield [
        _("Written"),
        _("Kind"),
        _("Direction"),
        _("Author"),
        _("Text"),
        _("Link"),
        _("Status"),
        _("Taken away by the author"),
        _("Removed by us"),
        _("Taken in"),
        _("Number"),
    ]
    for it in found.items:
        yield _row(it)
    yield []
    yield [_left_out(asked, found)]


def _row(it: Item) -> list[str]:
    return [
        _moment(it.published_at),
        _(KINDS.get(it.kind, it.kind)),
        _("Ours") if it.own else _("Received"),
        it.author,
        it.text,
        it.url,
        str(it.state),
        _moment(it.gone_at),
        _moment(it.removed_at),
        _moment(it.received_at),
        str(it.pk),
    ]


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _left_out(asked: Asked, found: Found) -> str:
    told = {
        "channel": asked.channel.name,
        "first": str(asked.first),
        "last": str(asked.last),
        "restricted": found.restricted,
        "private": found.private,
    }
    words = _(
        "%(channel)s, %(first)s to %(last)s. Left out, to be weighed one by one: "
        "%(restricted)d that may be secret, %(private)d private messages."
    )
    return words % told


def _xlsx(asked: Asked, found: Found) -> bytes:
    return table_files.as_excel(_("Documents"), _table(asked, found))


def _csv(asked: Asked, found: Found) -> bytes:
    return table_files.as_csv(_table(asked, found))


def _zip(asked: Asked, found: Found) -> bytes:
    """Return the table together with the pictures that people entered."""
    out, size = io.BytesIO(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("handlingar.xlsx", _xlsx(asked, found))
        for version in _pictured(asked):
            picture = version.picture
            if picture is None or picture.media_type not in _ENDINGS:
                continue
            size += picture.size
            if size > MOST_BYTES:
                raise TooMuch
            ending = _ENDINGS[picture.media_type]
            name = f"bilder/{version.item_id}-{version.number}.{ending}"
            packed.writestr(name, vault.open_(picture))
    return out.getvalue()


def _pictured(asked: Asked) -> Iterator[ItemVersion]:
    open_ = _of(asked).filter(public=True, restricted=False)
    rows = ItemVersion.objects.filter(item__in=open_, picture__restricted=False)
    rows = rows.filter(picture__disposed_at=None).select_related("picture")
    yield from rows.order_by("item", "number")


_CONTENTS: Final = {"xlsx": _xlsx, "csv": _csv, "zip": _zip}
TYPES: Final = {"xlsx": table_files.XLSX, "csv": table_files.CSV, "zip": ZIP}
