"""The last post of a channel that closes: proposed, ordered, and noted when it is out.

Where the program can publish it sends the post as any other, once and read back. Where
it cannot, a person posts it and tells where (`closing.note_farewell`).
"""

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from uppsikt.channels import closing as plans
from uppsikt.channels import connecting
from uppsikt.channels.models import Closing
from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.platforms import Can
from uppsikt.policy.guideline import Guideline
from uppsikt.sending import actions as sending
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

TEXT: Final = "farewell_text"
_GONE: Final = (OutgoingLife.stopped.name, OutgoingLife.failed.name)
_OUT: Final = OutgoingLife.confirmed.name


class ByHand(Exception):
    """The program cannot publish there: a person posts it and tells where."""


class NoReasonYet(Exception):
    """The followers are told the reason and the day, so both are written first."""


def proposed(closing: Closing, guideline: Guideline) -> str:
    """Return the guideline's farewell with reason, day and successor filled in."""
    day = closing.closes_on
    told = {
        "date": f"{day.day}/{day.month} {day.year}" if day else "…",
        "reason": closing.reason or "…",
        "instead": _instead(closing),
    }
    return " ".join((guideline.text(TEXT) % told).split())


def sends(closing: Closing) -> bool:
    """Tell whether the program can publish the farewell."""
    return connecting.can(closing.channel, Can.PUBLISH)


def ordered(closing: Closing) -> Outgoing | None:
    """Return the farewell that was ordered last, however it went."""
    rows = Outgoing.objects.about(closing.subject)
    return rows.order_by("-written_at", "-pk").first()


def is_on_its_way(closing: Closing) -> bool:
    """Tell whether a farewell is ordered, and neither stopped nor given up."""
    last = ordered(closing)
    return last is not None and last.status not in _GONE


def order(closing: Closing, text: str, *, actor: Actor, at: datetime) -> Outgoing:
    """Order the farewell to be posted from the channel (R-9-5).

    Raises:
        ByHand, NoReasonYet: nothing is ordered.
        moves.TooLate: it is out, or on its way.
        sending.Empty, sending.TooLong: the text cannot be a post there.
    """
    plans.must_plan(closing, actor, at=at)
    if not sends(closing):
        raise ByHand
    if not (closing.reason and closing.closes_on):
        raise NoReasonYet
    if closing.farewell_on or is_on_its_way(closing):
        raise moves.TooLate
    letter = sending.Letter(text, Outgoing.Kind.POST, closing.subject)
    return sending.order(closing.channel, letter, actor=actor, at=at)


def note_sent(now: datetime) -> int:
    """Put down the farewells that are seen at the platform; tell how many."""
    waiting = Closing.objects.under_way().filter(farewell_on=None)
    noted = 0
    for closing in waiting.select_related("channel__node"):
        last = ordered(closing)
        if last and last.status == _OUT:
            _put(closing, last, now)
            noted += 1
    return noted


def _put(closing: Closing, out: Outgoing, now: datetime) -> None:
    sent = out.sent_at or out.confirmed_at or now
    day = timezone.localtime(sent).date()
    plans.put_farewell(closing, out.text, out.remote_url, day, actor=CLOCK, at=now)


def _instead(closing: Closing) -> str:
    if closing.successor:
        where = f"{closing.successor.name} ({closing.successor.url})"
    else:
        where = " ".join(filter(None, [closing.elsewhere, closing.elsewhere_url]))
    return _("You find us here instead: %(where)s") % {"where": where} if where else ""
