"""What the worker does with what people ordered: send once, then read it back."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import DatabaseError

from uppsikt.channels import connecting
from uppsikt.channels.connecting import KeyLost, NotConnected
from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.moves import TooLate
from uppsikt.platforms import PlatformError, SeenState, Sent
from uppsikt.policy.words import N_
from uppsikt.records import leasing
from uppsikt.sending.approving import NotWhatWasRead, must_be_what_was_approved
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

AT_ONCE: Final = 20
LOOKS: Final = 8
TRIES: Final = 12
"""How often a passing fault is met, over some hours, before a person is told."""
BETWEEN_LOOKS: Final = timedelta(seconds=3)
NOT_SEEN: Final = N_("Not seen on the platform yet.")
UNFORESEEN: Final = (DatabaseError, ValueError, LookupError, TypeError)
"""What a fault of our own looks like: it is logged, and keeps no other text waiting."""

log = logging.getLogger(__name__)


def send(now: datetime) -> int:
    """Send each ordered text that is due; return how many were tried.

    Safe to run twice: the key makes a second try the same post at the platform.
    """
    return _each(OutgoingLife.ordered.name, _send, now)


def read_back(now: datetime) -> int:
    """Look at the platform for each text that was sent; return how many looks.

    What does not show is looked for again, ever more seldom, until a person tells.
    """
    fresh = _each(OutgoingLife.sent.name, _read_back, now)
    return fresh + _each(OutgoingLife.unconfirmed.name, _look_again, now)


def _each(status: str, do: Callable[[Outgoing, datetime], None], now: datetime) -> int:
    rows = Outgoing.objects.filter(status=status)
    rows = rows.select_related("channel__node")
    return leasing.each(rows, partial(_guarded, do), now, at_most=AT_ONCE)


def _guarded(
    do: Callable[[Outgoing, datetime], None], outgoing: Outgoing, now: datetime
) -> None:
    try:
        do(outgoing, now)
    except TooLate:
        return  # a person was quicker: what they did stands
    except PlatformError as e:
        given_up = e.permanent or outgoing.attempts + 1 >= TRIES
        _hindered(outgoing, str(e), now, None if given_up else e)
    except NotWhatWasRead:
        problem = N_("The text has changed since it was approved, so it is not sent.")
        _hindered(outgoing, problem, now, None)
    except (NotConnected, KeyLost):
        problem = N_("The channel is not connected to the platform.")
        _hindered(outgoing, problem, now, None)
    except UNFORESEEN:
        log.exception("The text %s could not be dealt with.", outgoing.pk)
        leasing.put_off(outgoing, now, N_("Something unforeseen went wrong here."))


def _send(outgoing: Outgoing, now: datetime) -> None:
    """Send it, or look whether it has left if somebody wants it stopped."""
    if outgoing.stop_asked_at is None:
        must_be_what_was_approved(outgoing)
        _note_sent(outgoing, _sent(outgoing), now)
        return
    with connecting.reached(outgoing.channel) as platform:
        there = platform.find(outgoing.key)
    if there:
        _note_sent(outgoing, there, now)
    else:
        changes = {"problem": "", **_AT_REST}
        back = OutgoingLife.call_back
        moves.make(back, outgoing, actor=CLOCK, at=now, changes=changes)


def _sent(outgoing: Outgoing) -> Sent:
    with connecting.reached(outgoing.channel) as platform:
        if outgoing.reply_to:
            return platform.reply(_Parent(outgoing), outgoing.text, outgoing.key)
        return platform.publish(outgoing.text, outgoing.key)


def _note_sent(outgoing: Outgoing, sent: Sent, now: datetime) -> None:
    changes = {
        "remote_id": sent.remote_id,
        "remote_url": sent.url,
        "sent_at": now,
        "next_try_at": now,
        "lease_until": None,
        "attempts": 0,
        "problem": "",
    }
    moves.make(OutgoingLife.send, outgoing, actor=CLOCK, at=now, changes=changes)


class _Parent:
    """What the platform must know of the post that we answer."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.remote_id = outgoing.reply_to
        self.root_id = outgoing.reply_root or None


def _read_back(outgoing: Outgoing, now: datetime) -> None:
    """Look for what has just been sent; soon it is noted that it does not show."""
    if _is_seen(outgoing, now):
        _confirm(outgoing, now)
    elif outgoing.attempts + 1 >= LOOKS:
        _doubt(outgoing, NOT_SEEN, now)
    else:
        leasing.put_off(outgoing, now, NOT_SEEN, wait=BETWEEN_LOOKS)


def _look_again(outgoing: Outgoing, now: datetime) -> None:
    if _is_seen(outgoing, now):
        _confirm(outgoing, now)
    else:
        leasing.put_off(outgoing, now, NOT_SEEN)


def _is_seen(outgoing: Outgoing, now: datetime) -> bool:
    """Look at the platform, and note the moment if it says that it is not there."""
    with connecting.reached(outgoing.channel) as platform:
        seen = platform.look(outgoing.remote_id)
    gone = seen.state is SeenState.GONE
    if gone:
        Outgoing.objects.filter(pk=outgoing.pk).update(missed_at=now)
    return not gone


def _confirm(outgoing: Outgoing, now: datetime) -> None:
    changes = {"confirmed_at": now, "problem": "", **_AT_REST}
    moves.make(OutgoingLife.confirm, outgoing, actor=CLOCK, at=now, changes=changes)


def _hindered(
    outgoing: Outgoing, problem: str, now: datetime, passing: PlatformError | None
) -> None:
    """Meet a fault: try again if it is passing, else tell what is so and no more.

    What has been sent is out for all we know, whatever stops us from seeing it.
    """
    if passing or outgoing.status == OutgoingLife.unconfirmed.name:
        wait = passing.retry_after if passing else None
        leasing.put_off(outgoing, now, problem, wait=wait)
    elif outgoing.status == OutgoingLife.sent.name:
        _doubt(outgoing, problem, now)
    else:
        changes = {"problem": problem[:300], **_AT_REST}
        moves.make(OutgoingLife.fail, outgoing, actor=CLOCK, at=now, changes=changes)


def _doubt(outgoing: Outgoing, problem: str, now: datetime) -> None:
    changes = {
        "problem": problem[:300],
        "next_try_at": now + BETWEEN_LOOKS,
        "lease_until": None,
        "attempts": 0,
    }
    moves.make(OutgoingLife.doubt, outgoing, actor=CLOCK, at=now, changes=changes)


_AT_REST: dict[str, object] = {"next_try_at": None, "lease_until": None}
