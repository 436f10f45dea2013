"""What the worker does with what people ordered: send once, then read it back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from uppsikt.channels import connecting
from uppsikt.channels.connecting import KeyLost, NotConnected
from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.moves import TooLate
from uppsikt.platforms import PlatformError, SeenState
from uppsikt.policy.words import N_
from uppsikt.records import leasing
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

AT_ONCE: Final = 20
LOOKS: Final = 8
TRIES: Final = 12
"""How often a passing fault is met, over some hours, before a person is told."""
BETWEEN_LOOKS: Final = timedelta(seconds=3)


def send(now: datetime) -> int:
    """Send each ordered text that is due; return how many were tried.

    Safe to run twice: the key makes a second try the same post at the platform.
    """
    return _each(OutgoingLife.ordered.name, _send, now)


def read_back(now: datetime) -> int:
    """Look at the platform for each sent text; return how many were looked for."""
    return _each(OutgoingLife.sent.name, _read_back, now)


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
        _after_refusal(outgoing, e, now)
    except (NotConnected, KeyLost):
        _fail(outgoing, N_("The channel is not connected to the platform."), now)


def _send(outgoing: Outgoing, now: datetime) -> None:
    with connecting.reached(outgoing.channel) as platform:
        if outgoing.reply_to:
            sent = platform.reply(_Parent(outgoing), outgoing.text, outgoing.key)
        else:
            sent = platform.publish(outgoing.text, outgoing.key)
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
    with connecting.reached(outgoing.channel) as platform:
        seen = platform.look(outgoing.remote_id)
    if seen.state is not SeenState.GONE:
        changes = {"confirmed_at": now, "next_try_at": None, "lease_until": None}
        moves.make(OutgoingLife.confirm, outgoing, actor=CLOCK, at=now, changes=changes)
    elif outgoing.attempts + 1 >= LOOKS:
        _fail(outgoing, N_("It was sent but cannot be seen on the platform."), now)
    else:
        problem = N_("Not seen on the platform yet.")
        leasing.put_off(outgoing, now, problem, wait=BETWEEN_LOOKS)


def _after_refusal(outgoing: Outgoing, refusal: PlatformError, now: datetime) -> None:
    given_up = outgoing.attempts + 1 >= TRIES
    if refusal.permanent or given_up:
        _fail(outgoing, str(refusal), now)
    else:
        leasing.put_off(outgoing, now, str(refusal), wait=refusal.retry_after)


def _fail(outgoing: Outgoing, problem: str, now: datetime) -> None:
    changes = {"problem": problem[:300], "next_try_at": None, "lease_until": None}
    moves.make(OutgoingLife.fail, outgoing, actor=CLOCK, at=now, changes=changes)
