"""The library's own working times, and a crisis."""

from datetime import datetime, timedelta

from uppsikt.channels.models import Channel
from uppsikt.governance.models import CrisisSwitch, User
from uppsikt.inbox.models import Calendar, CalendarVersion
from uppsikt.records import ledger
from uppsikt.records.models import Entry


def give(channel: Channel, written: str, anna: User, at: datetime) -> None:
    """Give the library hours of its own, and a crisis."""
    hours = '{"hours":{"monday":["10:00-18:00"]}}'
    CalendarVersion.objects.create(
        calendar=Calendar.objects.create(node=channel.node, name=written),
        starts_on=at.date(),
        hours=hours,
        why=written,
        at=at,
        by=anna,
        entry=_entry("calendar.change", at),
    )
    CrisisSwitch.objects.create(
        node=channel.node,
        event=written,
        why=written,
        starts_at=at,
        until=at + timedelta(hours=1),
        by=anna,
        entry=_entry("crisis.on", at),
    )


def _entry(act: str, at: datetime) -> Entry:
    return ledger.append(act, "channel:1", {}, actor="user:1", at=at)


def calendar() -> Calendar:
    """Return the library's own working times."""
    return Calendar.objects.get(main=False)


def crisis() -> CrisisSwitch:
    """Return the crisis at the library."""
    return CrisisSwitch.objects.earliest("pk")
