"""What was seen on profiles, put as facts: the platform's answer before a person's."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from uppsikt.channels.models import Channel, ProfileReading
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Fact, Seen, Value

TEXTS: tuple[tuple[Fact, str], ...] = (
    (f.DESCRIPTION_SHOWN, "description_seen"),
    (f.CONTACT_SHOWN, "contact_seen"),
    (f.RULES_SHOWN, "rules_seen"),
    (f.VISIBILITY_SHOWN, "visibility_seen"),
)
_API = ProfileReading.Source.API


def of(channels: Sequence[Channel], *, at: datetime) -> dict[int, list[Seen]]:
    """Return what is known of each channel's profile at `at`, by one query."""
    found: dict[int, list[ProfileReading]] = {}
    for row in ProfileReading.objects.newest([c.pk for c in channels], at=at):
        found.setdefault(row.channel_id, []).append(row)
    return {pk: list(_facts(rows, at)) for pk, rows in found.items()}


def _facts(rows: Iterable[ProfileReading], at: datetime) -> Iterator[Seen]:
    """Yield the facts of a channel's latest readings, at most one of each source."""
    ordered = sorted(rows, key=lambda row: row.source != _API)
    sender = _deciding(ordered, "sender_seen")
    yield _seen(f.SENDER_STATED, sender, bool(sender.sender_seen))
    for fact, column in TEXTS:
        row = _deciding(ordered, column)
        yield _seen(fact, row, getattr(row, column))
    for row in ordered:
        if row.source == _API:
            yield _seen(f.PROFILE_CHANGED, row, row.pending(at))
        elif row.rules_impossible:
            yield _seen(f.RULES_IMPOSSIBLE, row, row.rules_impossible)


def _deciding(ordered: Sequence[ProfileReading], column: str) -> ProfileReading:
    """Return the reading to go by: the platform's, unless only a person has seen it.

    A connector reads no pinned post: what a person saw there, and showed, counts.
    """
    return next((row for row in ordered if getattr(row, column)), ordered[0])


def _seen(fact: Fact, row: ProfileReading, value: Value) -> Seen:
    by = str(row.by) if row.by else ""
    return Seen(fact, fact.checked(value), row.at, by=by, note=row.place)
