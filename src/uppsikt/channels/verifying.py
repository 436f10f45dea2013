"""Is this account ours? Four answers, of which none is a guess (R-3.2-3, D-34)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from django.db.models import F, Q

from uppsikt.channels.likeness import is_like, nearness, platform_like
from uppsikt.channels.models import OPEN, CardVersion, Channel, FoundAccount
from uppsikt.platforms.accounts import (
    Account,
    NoAccount,
    canonical,
    keys_of,
    plain,
)
from uppsikt.platforms.accounts_reading import Why

_AT_MOST: Final = 3
"""How many of our channels are named as alike."""


class Answer(StrEnum):
    """What the municipality says of an account."""

    OFFICIAL = "official"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    KNOWN_FALSE = "known_false"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Former:
    """A channel that was called something else, until `until`."""

    channel: Channel
    until: datetime


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of the account that a text leads to.

    `url` is its one spelling, "" when the text was not understood; `why` says then what
    was wrong with it. `channel` is ours, open or closed, and `since` when it was
    launched, closed, or judged false. `post`: the text led to something inside the
    account. `alike` are our own channels that it could be taken for, `dressed_as` the
    platform that its host could be taken for. `former`: ours was called so once.
    """

    answer: Answer
    url: str = ""
    channel: Channel | None = None
    since: datetime | None = None
    why: Why | None = None
    site: str = ""
    post: bool = False
    alike: tuple[Channel, ...] = ()
    dressed_as: str = ""
    former: Former | None = None


def verify(text: str, *, at: datetime, site: str = "") -> Verified:
    """Return what the municipality says at `at` of the account that `text` leads to.

    `site` is where a name alone is looked for. Only a launched channel is official: one
    that is applied for, or entered and not approved, is unknown. At most
    four queries.
    """
    found = canonical(text, site=site)
    ours = _launched(at)
    if isinstance(found, NoAccount):
        alike = _named(found.name, ours) if found.name else ()
        why, there = found.why, found.site
        return Verified(Answer.NOT_UNDERSTOOD, why=why, site=there, alike=alike)
    return _answered(found, ours, at)


def account_keys(channel: Channel) -> frozenset[str]:
    """Return what the channel's account is known by."""
    return keys(channel.site, channel.handle, channel.url, channel.remote_id)


def _launched(at: datetime) -> list[Channel]:
    rows = Channel.objects.public().filter(launched_at__lte=at)
    told = ("slug", "name", "site", "handle", "url", "remote_id", "status")
    return list(rows.only(*told, "launched_at", "closed_at").order_by("-launched_at"))


@lru_cache(maxsize=2048)
def keys(site: str, handle: str, url: str, remote_id: str = "") -> frozenset[str]:
    """Return the keys that the address tells; the name's too where it tells none."""
    told = canonical(url)
    by_id = keys_of(site, "", remote_id)
    if isinstance(told, Account) and told.site == site:
        return told.keys | by_id
    elsewhere = told.keys if isinstance(told, Account) else frozenset()
    return elsewhere | by_id | keys_of(site, plain(handle))


def _answered(account: Account, ours: list[Channel], at: datetime) -> Verified:
    """Answer by the register first; one that others took over from us is false."""
    mine = [c for c in ours if account_keys(c) & account.keys]
    open_now = next((c for c in mine if c.status in OPEN), None)
    if open_now:
        return _of(Answer.OFFICIAL, account, open_now, open_now.launched_at)
    false = FoundAccount.objects.known_false().about(account).order_by("judged_at")
    if judged := false.filter(judged_at__lte=at).first():
        return _of(Answer.KNOWN_FALSE, account, None, judged.judged_at)
    closed = next((c for c in mine if c.closed_at), None)
    if closed:
        return _of(Answer.CLOSED, account, closed, closed.closed_at)
    return _unknown(account, ours, former(account, ours))


def _of(
    answer: Answer, account: Account, channel: Channel | None, since: datetime | None
) -> Verified:
    return Verified(
        answer,
        url=account.url,
        channel=channel,
        since=since,
        site=account.site,
        post=account.post,
    )


def former(account: Account, ours: Sequence[Channel]) -> Former | None:
    """Return the channel of `ours` that was called so in public, and until when.

    A name that we let go of can be taken by anybody, so it is never official again.
    """
    now_called = Q(handle=F("channel__handle"), url=F("channel__url"))
    rows = CardVersion.objects.filter(channel__in=ours).exclude(now_called)
    mine = {channel.pk: channel for channel in ours}
    for row in rows.order_by("-at", "-pk"):
        if keys(row.site, row.handle, row.url) & account.keys:
            return _until(row, mine[row.channel_id])
    return None


def _until(last: CardVersion, channel: Channel) -> Former | None:
    """Return when the version after `last` renamed it; None if nobody had read that."""
    after = channel.versions.filter(pk__gt=last.pk).order_by("pk").first()
    launched = channel.launched_at
    read = after and launched and after.at > launched
    return Former(channel, after.at) if after and read else None


def _unknown(account: Account, ours: list[Channel], former: Former | None) -> Verified:
    host = account.url.partition("://")[2].partition("/")[0]
    own = account.site in ("mastodon", "other")
    return Verified(
        Answer.UNKNOWN,
        url=account.url,
        site=account.site,
        post=account.post,
        alike=_named(account.handle, ours),
        dressed_as=platform_like(host) if own else "",
        former=former,
    )


def _named(handle: str, ours: Iterable[Channel]) -> tuple[Channel, ...]:
    """Return our open channels that a hasty reader could take this name for.

    The nearest come first: the municipality's own name is in most of the others.
    """
    name = _last(handle)
    alike = [c for c in ours if c.status in OPEN and is_like(name, _called(c))]
    alike.sort(key=lambda c: nearness(name, _called(c)), reverse=True)
    return tuple(alike[:_AT_MOST])


def _called(channel: Channel) -> str:
    """Return what people call the account; at Bluesky a name is a whole host's."""
    name = _last(channel.handle)
    return name.partition(".")[0] if channel.site == "bluesky" else name


def _last(handle: str) -> str:
    """Return the part of an account's name that people read: "lasare" in a group's."""
    return handle.partition("@")[0].rpartition("/")[2]
