"""What the worker does for profiles: read each one daily, and try its links."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from uppsikt.channels import connecting, profile_acts, proving
from uppsikt.channels.connecting import KeyLost, NotConnected
from uppsikt.channels.models import OPEN, Channel, ProfileTurn
from uppsikt.platforms import Can, PlatformError
from uppsikt.policy.words import N_
from uppsikt.records import leasing

BETWEEN: Final = timedelta(days=1)
AFTER_REFUSAL: Final = timedelta(hours=6)
AT_ONCE: Final = 20
UNFORESEEN: Final = (DatabaseError, ValueError, LookupError, TypeError)

log = logging.getLogger(__name__)


def read_profiles(now: datetime) -> int:
    """Read each profile that is due; return how many were tried.

    Safe to run twice: each channel has one turn, claimed before it is taken.
    """
    _give_turns(now)
    rows = ProfileTurn.objects.filter(channel__status__in=OPEN)
    rows = rows.select_related("channel__node", "channel__connection")
    return leasing.each(rows, _guarded, now, at_most=AT_ONCE)


def _give_turns(now: datetime) -> None:
    waiting = Channel.objects.open().filter(profile_turn=None)
    turns = [ProfileTurn(channel=c, next_try_at=now) for c in waiting]
    ProfileTurn.objects.bulk_create(turns, ignore_conflicts=True)


def _guarded(turn: ProfileTurn, now: datetime) -> None:
    try:
        _take(turn.channel, now)
    except PlatformError as e:
        wait = AFTER_REFUSAL if e.permanent else e.retry_after
        leasing.put_off(turn, now, str(e), wait=wait)
    except KeyLost:
        words = N_(
            "The stored credentials cannot be opened. Connect the channel again."
        )
        leasing.put_off(turn, now, words, wait=AFTER_REFUSAL)
    except UNFORESEEN:
        log.exception("The profile of %s could not be read.", turn.channel_id)
        leasing.put_off(turn, now, N_("Something unforeseen went wrong here."))
    else:
        leasing.settle(turn, next_try_at=now + BETWEEN)


def _take(channel: Channel, now: datetime) -> None:
    if connecting.can(channel, Can.PROFILE):
        try:
            profile_acts.read(channel, at=now)
        except NotConnected:
            return  # disconnected while we were about to read
    # The demonstration asks nobody outside.
    if proving.provable(channel) and not settings.DEMO:
        proving.prove(channel, at=now)
