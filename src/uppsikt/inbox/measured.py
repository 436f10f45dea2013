"""How long a first word and the full answer took: written when each was given."""

from datetime import datetime

from uppsikt.inbox import deadlines, terms
from uppsikt.inbox.models import Item
from uppsikt.inbox.models.pause import stood_still


def said(item: Item, said_at: datetime, *, at: datetime) -> dict[str, object]:
    """Return the fields of an item that got its first word at `said_at`.

    One that had a word already keeps what that took.
    """
    if item.first_contact_at:
        return {}
    by = terms.of_one(item.channel, at=at)
    return {"first_took": deadlines.took(item, said_at, by)}


def answered(item: Item, answered_at: datetime, *, at: datetime) -> dict[str, object]:
    """Return the fields of an item that was answered in full at `answered_at`."""
    by = terms.of_one(item.channel, at=at)
    pauses = stood_still([item]).get(item.pk, ())
    fields: dict[str, object] = {
        "full_took": deadlines.took(item, answered_at, by, pauses)
    }
    if item.first_contact_at is None:
        fields["first_took"] = deadlines.took(item, answered_at, by)
    return fields
