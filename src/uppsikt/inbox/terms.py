"""By what each channel's clocks run at a moment: guideline, own terms, crisis."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.models import CrisisSwitch
from uppsikt.inbox.models import CalendarVersion, ChannelTerms
from uppsikt.policy import escalation
from uppsikt.policy.clocks import Span
from uppsikt.policy.dated_calendar import DatedCalendar
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.policy.terms import Crisis, Terms

FIRST: Final = "first_response"
FULL: Final = "full_response"
FIRST_STEPS: Final = "escalation_first"
FULL_STEPS: Final = "escalation_full"
IN_CRISIS: Final = "crisis_first_response"
Versions = tuple[tuple[date, str], ...]
MAIN: Final = None
"""The key of the municipality's own calendar among those that a channel may choose."""


def of(channels: Sequence[Channel], *, at: datetime) -> dict[int, Terms]:
    """Return, by channel, by what its clocks run; four queries, however many."""
    guideline = rules.in_force(at)
    calendars = _versions()
    own = _own(channels, at)
    crises = list(
        CrisisSwitch.objects.holding(at).values_list("node__path", "starts_at")
    )
    return {
        c.pk: _terms(guideline, own.get(c.pk), calendars, _since(c, crises))
        for c in channels
    }


def of_one(channel: Channel, *, at: datetime) -> Terms:
    """Return by what the clocks of one channel run; four queries."""
    return of([channel], at=at)[channel.pk]


def usual(*, at: datetime) -> Terms:
    """Return what holds where a channel has nothing of its own; two queries."""
    return _terms(rules.in_force(at), None, _versions(), None)


def calendar(key: int | None, *, at: datetime) -> DatedCalendar:
    """Return a calendar by its key, or the municipality's own; two queries."""
    return _dated(rules.in_force(at), _versions().get(key, ()))


def _own(channels: Sequence[Channel], at: datetime) -> dict[int, ChannelTerms]:
    rows = ChannelTerms.objects.filter(channel__in=channels, at__lte=at)
    latest = {row.channel_id: row for row in rows.order_by("at", "pk")}
    return {pk: row for pk, row in latest.items() if row.holds(at)}


def _versions() -> dict[int | None, Versions]:
    """Return the versions of each calendar in order; where two begin, the later one."""
    found: dict[int | None, dict[date, str]] = {}
    rows = CalendarVersion.objects.order_by("starts_on", "pk")
    told = rows.values_list("calendar", "calendar__main", "starts_on", "hours")
    for key, main, starts_on, hours in told:
        found.setdefault(MAIN if main else key, {})[starts_on] = hours
    return {key: tuple(rows.items()) for key, rows in found.items()}


def _since(channel: Channel, crises: Sequence[tuple[str, datetime]]) -> datetime | None:
    here = [since for path, since in crises if channel.path.startswith(path)]
    return min(here, default=None)


def _terms(
    guideline: Guideline,
    own: ChannelTerms | None,
    calendars: Mapping[int | None, Versions],
    since: datetime | None,
) -> Terms:
    if own is None:
        return _built(guideline, "", "", calendars.get(MAIN, ()), since)
    versions = calendars.get(own.calendar_id, ())
    return _built(guideline, own.first, own.full, versions, since)


@lru_cache(maxsize=1024)
def _built(
    guideline: Guideline,
    first: str,
    full: str,
    versions: Versions,
    since: datetime | None,
) -> Terms:
    return Terms(
        Span.parse(first or guideline.text(FIRST)),
        Span.parse(full or guideline.text(FULL)),
        _dated(guideline, versions),
        Crisis(since, Span.parse(guideline.text(IN_CRISIS))) if since else None,
        escalation.steps(guideline.texts(FIRST_STEPS)),
        escalation.steps(guideline.texts(FULL_STEPS)),
    )


@lru_cache(maxsize=256)
def _dated(guideline: Guideline, versions: Versions) -> DatedCalendar:
    later = [
        (starts_on, OfficeHours.model_validate_json(hours).calendar())
        for starts_on, hours in versions
    ]
    return DatedCalendar.of(guideline.working_calendar, later)
