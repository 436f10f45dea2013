"""The gap report as rows of a table: by channel, or day by day with its entry."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from uppsikt.inbox.gaps import Record
from uppsikt.inbox.models import Tick
from uppsikt.inbox.watch_log import Day, State

Row = tuple[str, ...]


def by_channel(records: Iterable[Record]) -> Iterator[Row]:
    """Yield headings, and a row for each channel."""
    yield (
        _("Channel"),
        _("Place"),
        _("Days to watch"),
        _("Watched on the day"),
        _("Noted late"),
        _("Missed"),
        _("Longest gap, days"),
        _("From"),
        _("Through"),
        _("Watched by (days)"),
    )
    for record in records:
        yield _of_channel(record)


def by_day(records: Iterable[Record]) -> Iterator[Row]:
    """Yield headings, and a row for each day of each channel that has come."""
    yield (
        _("Channel"),
        _("Day"),
        _("Standing"),
        _("Watched by"),
        _("Entered"),
        _("Answered"),
        _("Taken to moderation"),
        _("Removed"),
        _("Not looked at"),
        _("Ledger entry"),
    )
    for record in records:
        for day in record.days:
            if day.state is not State.AHEAD:
                yield _of_day(record, day)


def _of_channel(record: Record) -> Row:
    gap = record.longest
    return (
        record.channel.name,
        record.channel.node.name,
        *(str(n) for n in (record.to_watch, record.watched, record.late)),
        str(record.missed),
        str(gap.days if gap else 0),
        gap.first.isoformat() if gap else "",
        gap.last.isoformat() if gap else "",
        ", ".join(f"{name} ({days})" for name, days in record.by),
    )


def _of_day(record: Record, day: Day) -> Row:
    told = _of_tick(day.tick) if day.tick else ("",) * 7
    return (record.channel.name, day.day.isoformat(), _(day.words), *told)


def _of_tick(tick: Tick) -> Row:
    left = ", ".join(_(str(part)) for part in tick.parts_left_out)
    number = tick.entry.number
    return (
        str(tick.by),
        f"{timezone.localtime(tick.at):%Y-%m-%d %H:%M}",
        *(str(n) for n in (tick.answered, tick.reported, tick.removed)),
        left,
        "" if number is None else str(number),
    )
