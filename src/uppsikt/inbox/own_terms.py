"""A channel's own response times: shorter than the guideline, or by an exemption."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Exemption
from uppsikt.inbox import terms
from uppsikt.inbox.models import Calendar, ChannelTerms
from uppsikt.policy.clocks import Span
from uppsikt.policy.roles import Right
from uppsikt.policy.terms import is_longer
from uppsikt.policy.workdays import WorkingCalendar
from uppsikt.records import ledger

CONTROLS = {"first": "6.2-first-contact", "full": "6.2-full-answer"}
"""The demand that a longer time is exempt from, by the field it stands in."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a channel is to have: a span that is "" is the guideline's."""

    first: str = ""
    full: str = ""
    calendar: Calendar | None = None


class TooLong(Exception):
    """The guideline gives no more than `most`, and no exemption holds (R-6-3)."""

    def __init__(self, field: str, most: Span) -> None:
        super().__init__(f"{field}: {most}")
        self.field = field
        self.most = most


class NotHere(Exception):
    """The calendar is of another part of the organisation."""


@transaction.atomic
def decide(
    channel: Channel, wanted: Wanted, *, why: str, actor: Actor, at: datetime
) -> ChannelTerms:
    """Decide by what the channel's clocks run from now on (R-6.2-1, R-6.2-5).

    Raises:
        moves.NotYours: the guideline does not let the actor here.
        clocks.UnknownSpan: a time is written in a way that is not understood.
        TooLong, NotHere, moves.NoReason: as they say.
    """
    moves.must(Right.SET_TERMS, actor, channel.path, at=at)
    if not why.strip():
        raise moves.NoReason
    if wanted.calendar and not serves(wanted.calendar, channel):
        raise NotHere
    ends_at = min(_ends(channel, wanted, at), default=None)
    told: dict[str, ledger.JsonValue] = {
        "first": wanted.first,
        "full": wanted.full,
        "calendar": wanted.calendar.name if wanted.calendar else "",
        "why": why,
    }
    entry = ledger.append(
        "channel.terms", channel.subject, told, actor=actor.name, at=at
    )
    return ChannelTerms.objects.create(
        channel=channel,
        calendar=wanted.calendar,
        first=wanted.first,
        full=wanted.full,
        why=why,
        at=at,
        ends_at=ends_at,
        by=actor.person,
        entry=entry,
    )


def serves(calendar: Calendar, channel: Channel) -> bool:
    """Tell whether the channel lies where the calendar is for, and may be chosen."""
    return not calendar.main and channel.path.startswith(calendar.node.path)


def _ends(channel: Channel, wanted: Wanted, at: datetime) -> Iterator[datetime]:
    """Yield when the exemption ends that each longer time rests on."""
    guideline = rules.in_force(at)
    usual = terms.usual(at=at).calendar
    for field, said, most in (
        ("first", wanted.first, guideline.text(terms.FIRST)),
        ("full", wanted.full, guideline.text(terms.FULL)),
    ):
        if said and _is_longer(said, most, usual, at):
            yield _exempt(channel, field, Span.parse(most), at)


def _is_longer(said: str, most: str, usual: WorkingCalendar, at: datetime) -> bool:
    return is_longer(Span.parse(said), Span.parse(most), usual, since=at)


def _exempt(channel: Channel, field: str, most: Span, at: datetime) -> datetime:
    rows = Exemption.objects.holding(at).filter(control=CONTROLS[field])
    here = [
        row.ends_at
        for row in rows.select_related("node")
        if row.ends_at and channel.path.startswith(row.node.path)
    ]
    if not here:
        raise TooLong(field, most)
    return max(here)
