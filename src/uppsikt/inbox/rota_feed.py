"""The secret address of a person's days of watch, and what stands there."""

from datetime import datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from uppsikt.channels.models import Channel
from uppsikt.governance import absences, actors
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import ical
from uppsikt.inbox.models import RotaFeed
from uppsikt.inbox.schedule import Schedule
from uppsikt.records import ledger

AHEAD: Final = timedelta(days=92)
MOST: Final = 500
"""Channels that are looked through; a person's own are far fewer."""
_SIGNER: Final = Signer(salt="uppsikt.inbox.rota_feed", sep=".")


@transaction.atomic
def begin(*, actor: Actor, at: datetime) -> RotaFeed:
    """Make an address for the actor's own days; one made before no longer works."""
    _end(actor, at)
    ledger.append("rota.feed", _subject(actor), {}, actor=actor.name, at=at)
    return RotaFeed.objects.create(user=actor.person, made_at=at)


@transaction.atomic
def end(*, actor: Actor, at: datetime) -> None:
    """Let the actor's address work no longer; twice is once."""
    if _end(actor, at):
        ledger.append("rota.feed_end", _subject(actor), {}, actor=actor.name, at=at)


def token(user: User) -> str:
    """Return what stands in the person's address, or "" where they have none."""
    feed = RotaFeed.objects.filter(user=user, ended_at=None).first()
    return _SIGNER.sign(str(feed.pk)) if feed else ""


def reader(told: str) -> User | None:
    """Return whose days stand at an address, or None where nothing does."""
    try:
        pk = int(_SIGNER.unsign(told))
    except (BadSignature, ValueError):
        return None
    feed = RotaFeed.objects.filter(pk=pk, ended_at=None, user__is_active=True)
    found = feed.select_related("user").first()
    return found.user if found else None


def of(user: User, *, host: str, at: datetime) -> bytes:
    """Return the person's days of watch to come, as a calendar."""
    actor = actors.of(user, at=at)
    rows = Channel.objects.visible_to(actor).open().select_related("node")
    channels = list(rows.order_by("name", "pk")[:MOST])
    first = absences.today(at)
    schedule = Schedule.of(channels, first, first + AHEAD, at=at)
    days = (first + timedelta(days=n) for n in range(AHEAD.days + 1))
    mine = [
        (day, _("Oversight: %(channel)s") % {"channel": channel.name})
        for day in days
        for channel in channels
        if schedule.line(channel, day).user == user
    ]
    return ical.calendar(mine, host=host, at=at)


def _end(actor: Actor, at: datetime) -> int:
    standing = RotaFeed.objects.filter(user=actor.person, ended_at=None)
    return standing.update(ended_at=at)


def _subject(actor: Actor) -> str:
    return f"user:{actor.person.pk}"
