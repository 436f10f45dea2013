"""How the staff share the work of the last days: handed on, put aside, noted."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from uppsikt.inbox import assigning, internal_notes, snoozing
from uppsikt.inbox.models import Item
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Place, Town

NOTES: Final = (
    "Vaktmästaren kollar på plats i eftermiddag. Vänta med svaret till dess.",
    "Samma fråga kom per telefon i går. Kundcenter har ett svar vi kan låna.",
)
AGO: Final = timedelta(minutes=20)
AT_MOST: Final = timedelta(days=4)


def plan(town: Town, story: Story, now: datetime) -> None:
    """Let the people of each channel share what waits, just before now."""
    for number, place in enumerate(town.places.values()):
        at = now - AGO + timedelta(minutes=number)
        story.at(at, partial(_share, place, NOTES[number % len(NOTES)]))


def _share(place: Place, note: str, at: datetime) -> None:
    """Give what is most urgent to the substitute, and put aside what can wait."""
    rows = Item.objects.open().filter(channel=place.channel, due_at__gt=at)
    rows = rows.filter(in_case=None, secluded=False).order_by("due_at", "pk")
    waiting = list(rows.select_related("channel__node"))
    if not waiting:
        return
    internal_notes.add(waiting[0], note, actor=place.owner, at=at)
    to = place.deputy.person
    assigning.assign(waiting[0], to, actor=place.owner, at=at)
    for item in waiting[1:][-1:]:
        why = "Svaret finns efter dagens möte."
        until = at + AT_MOST
        snoozing.snooze(item, until, why=why, actor=place.owner, at=at)
