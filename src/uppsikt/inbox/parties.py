"""The parties of the municipal council: one list, kept by those who may (R-6.2-8)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from uppsikt.governance import adopted_texts, moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Party
from uppsikt.policy.roles import Right
from uppsikt.records import ledger

_LAST_LETTERS: Final = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


class StandsThere(Exception):
    """A party by that name is represented already."""


class WrongDays(Exception):
    """It cannot leave before it came."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A party with its contact link, and from which day it has a seat."""

    name: str
    url: str
    since: date


def today(at: datetime) -> list[Party]:
    """Return the parties represented at `at`, by the Swedish alphabet.

    The alphabet is the neutral order: neither size nor who governs shows in it.
    """
    on = timezone.localtime(at).date()
    return sorted(Party.objects.represented(on), key=_letters)


def must_keep(actor: Actor, *, at: datetime) -> None:
    """Raise `NotYours` for who may not keep the list."""
    moves.must(Right.KEEP_PARTIES, actor, adopted_texts.top().path, at=at)


@transaction.atomic
def add(seat: Seat, *, actor: Actor, at: datetime) -> Party:
    """Put a party into the list; raise `NotYours`, or `StandsThere`."""
    must_keep(actor, at=at)
    told = {"name": seat.name, "url": seat.url, "since": seat.since.isoformat()}
    entry = ledger.append("party.add", "parties", told, actor=actor.name, at=at)
    try:
        with transaction.atomic():
            return Party.objects.create(
                name=seat.name.strip(),
                url=seat.url,
                since=seat.since,
                by=actor.person,
                entry=entry,
            )
    except IntegrityError as e:
        raise StandsThere from e


@transaction.atomic
def end(party: Party, until: date, *, actor: Actor, at: datetime) -> None:
    """Note the last day that a party has a seat; raise `NotYours`, or `WrongDays`."""
    must_keep(actor, at=at)
    if until < party.since:
        raise WrongDays
    told = {"name": party.name, "until": until.isoformat()}
    ledger.append("party.end", "parties", told, actor=actor.name, at=at)
    Party.objects.filter(pk=party.pk).update(until=until)
    party.until = until


def _letters(party: Party) -> str:
    return party.name.casefold().translate(_LAST_LETTERS)
