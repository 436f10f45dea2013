"""What people write to the made-up municipality in private, and what is decided."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from uppsikt.inbox import by_hand, lapsing, telling, weighing
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, Item
from uppsikt.inbox.telling import InPerson
from uppsikt.inbox.weighing import Weighed
from uppsikt.platforms import ItemKind
from uppsikt.records.models import Registration
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Place, Town, told

_HOUR: Final = timedelta(hours=1)


def plan(town: Town, story: Story, now: datetime) -> None:
    """Let people write in private, and the staff answer and decide on most of it."""
    places = list(town.places.values())
    for number, row in enumerate(told("letters")["talk"]):
        place = places[number % len(places)]
        at = now - timedelta(days=row["days"], hours=3)
        story.at(at, partial(_write, story, place, row))
    for row in told("letters")["lapse"]:
        at = now - timedelta(days=row["days"])
        story.at(at, partial(_report, places[row["place"]], row))
    story.at(now - timedelta(hours=20), partial(_tell, places[0]))
    story.at(now - timedelta(hours=5), partial(_ask_twice, places))


def _ask_twice(places: list[Place], at: datetime) -> None:
    """Let somebody ask the same in two channels at one platform."""
    site, row = places[0].channel.site, told("letters")["twice"]
    for place in [p for p in places if p.channel.site == site][:2]:
        letter = by_hand.Told(row["said"], row["party"], at, kind=ItemKind.REPLY)
        by_hand.enter(place.channel, letter, actor=place.owner, at=at)


def _write(story: Story, place: Place, row: dict[str, Any], at: datetime) -> None:
    root = ""
    for text in row["said"]:
        it = _enter(place, text, row["party"], root, at)
        root = it.root_id
    if row["answer"]:
        answer = partial(_answer, place, row, root, it.remote_id)
        story.at(at + _HOUR, answer)
    if row["way"]:
        story.at(at + 2 * _HOUR, partial(_decide, place, row, root))


def _enter(place: Place, text: str, party: str, root: str, at: datetime) -> Item:
    letter = by_hand.Told(
        text, party, at, kind=ItemKind.MESSAGE, public=False, root=root
    )
    return by_hand.enter(place.channel, letter, actor=place.owner, at=at)


def _answer(
    place: Place, row: dict[str, Any], root: str, parent: str, at: datetime
) -> None:
    letter = by_hand.Told(
        row["answer"],
        row["party"],
        at,
        kind=ItemKind.MESSAGE,
        public=False,
        own=True,
        root=root,
        parent=parent,
    )
    by_hand.enter(place.channel, letter, actor=place.owner, at=at)


def _decide(place: Place, row: dict[str, Any], root: str, at: datetime) -> None:
    talk = Conversation.objects.get(channel=place.channel, root_id=root)
    rows = talk.messages.select_related("conversation__node", "item", "outgoing")
    found = Weighed(MessageLife.moves[row["way"]], row["title"])
    weighing.weigh(list(rows), found, actor=place.owner, at=at)


def _tell(place: Place, at: datetime) -> None:
    """Let somebody hand in what came to their own account."""
    row = told("letters")["in_person"]
    moment = at - _HOUR
    way = Registration.Direction.RECEIVED
    in_person = InPerson(place.channel, way, row["party"], moment, row["said"])
    telling.tell(in_person, actor=place.deputy, at=at)


def _report(place: Place, row: dict[str, Any], at: datetime) -> None:
    """Let the deputy report a text of ours, and the owner judge the oldest one."""
    seen = lapsing.Seen(row["kind"], row["quoted"], said=row["said"])
    lapse = lapsing.report(place.channel, seen, actor=place.deputy, at=at)
    if row["found"]:
        lapsing.uphold(lapse, why=row["found"], actor=place.owner, at=at)
        lapsing.correct(lapse, row["text"], actor=place.owner, at=at)
