"""What the worker does for the inbox: fetch what is new, and see what went out."""

import logging
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.db import DatabaseError

from uppsikt.channels import connecting
from uppsikt.channels.connecting import KeyLost, NotConnected
from uppsikt.channels.models import OPEN, Connection
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.moves import TooLate
from uppsikt.inbox import withdrawal
from uppsikt.inbox.intake import take_in
from uppsikt.inbox.models import Item
from uppsikt.inbox.noting import UNNOTED, note
from uppsikt.platforms import PlatformError
from uppsikt.policy.words import N_
from uppsikt.records import leasing, vault

BETWEEN_FETCHES: Final = timedelta(minutes=1)
# What a person must put right is tried now and then all the same: it may have been.
AFTER_REFUSAL: Final = timedelta(hours=1)
HISTORY: Final = timedelta(days=30)
"""How far before the cut-over a channel without a cursor is read."""
AT_ONCE: Final = 50
UNFORESEEN: Final = (DatabaseError, ValueError, LookupError, TypeError)
"""What a fault of our own looks like: it is logged, and keeps nothing else waiting."""
BATCHES_AT_ONCE: Final = 20
"""Batches of one channel before the others have their turn; well within a lease."""

log = logging.getLogger(__name__)


def fetch(now: datetime) -> int:
    """Read each connection that is due; return how many were tried.

    Safe to run twice: an item is one row, and each batch is kept with its cursor.
    """
    rows = Connection.objects.filter(channel__status__in=OPEN)
    rows = rows.select_related("channel__node")
    return leasing.each(rows, _guarded, now, at_most=AT_ONCE)


def note_answers(now: datetime) -> int:
    """Move the items whose text has gone out, or has failed to; return how many."""
    rows = Item.objects.filter(UNNOTED).select_related("outgoing", "channel__node")
    noted = 0
    for item in rows.order_by("pk")[:AT_ONCE]:
        try:
            note(item, at=now)
        except TooLate:
            continue  # a person was quicker: what they did stands
        except UNFORESEEN:
            log.exception("What became of item %s could not be noted.", item.pk)
            continue
        noted += 1
    return noted


def _guarded(connection: Connection, now: datetime) -> None:
    try:
        _fetch(connection, now)
    except PlatformError as e:
        wait = AFTER_REFUSAL if e.permanent else e.retry_after
        leasing.put_off(connection, now, str(e), wait=wait)
    except NotConnected:
        return  # disconnected while we were about to read
    except KeyLost:
        words = N_(
            "The stored credentials cannot be opened. Connect the channel again."
        )
        leasing.put_off(connection, now, words, wait=AFTER_REFUSAL)
    except vault.NoRoom:
        words = N_("The disk is full, so nothing could be kept.")
        leasing.put_off(connection, now, words)
    except UNFORESEEN:
        log.exception("Channel %s could not be read.", connection.channel_id)
        leasing.put_off(connection, now, N_("Something unforeseen went wrong here."))


def _fetch(connection: Connection, now: datetime) -> None:
    channel = connection.channel
    since = (channel.cut_over_at or now) - HISTORY
    read = 0
    with connecting.reached(channel) as platform:
        batches = platform.read(connection.cursor or None, since)
        for batch in islice(batches, BATCHES_AT_ONCE):
            take_in(channel, batch, how=Item.How.API, actor=CLOCK, at=now)
            read += 1
        if gone := withdrawal.look_up(connection, platform):
            take_in(channel, gone, how=Item.How.API, actor=CLOCK, at=now)
    Connection.objects.filter(pk=connection.pk).update(heard_at=now)
    more = read == BATCHES_AT_ONCE
    leasing.settle(connection, next_try_at=now if more else now + BETWEEN_FETCHES)
