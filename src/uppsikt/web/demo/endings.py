"""Channels late in their lives: due for review, silent, being closed, and closed."""

from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any, Final

from django.utils import timezone
from PIL import Image

from uppsikt.channels import actions, closing, reviewing, staffing
from uppsikt.channels.models import Channel, Closing
from uppsikt.governance.actors import Actor
from uppsikt.inbox import watch
from uppsikt.policy.roles import Role
from uppsikt.web.demo import town as towns
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Place, Town

WATCHED: Final = 32
"""How many days back a round of each channel is shown."""
OFFICER: Final = Role.COMMUNICATIONS_OFFICER
MANAGER: Final = Role.LINE_MANAGER
_DAY: Final = timedelta(days=1)
_INTO: Final = "Ungdomens hus"


def plan(town: Town, story: Story, now: datetime) -> None:
    """Launch the channels, and let what happens to each happen in its time."""
    rows = {row["key"]: row for row in towns.told("endings")["channel"]}
    places = {key: _opened(town, row, now) for key, row in rows.items()}
    for key, place in places.items():
        _told(place, rows[key], story, now)
        _rounds(place, story, now, ended=30 if key == "closed" else 0)
    story.at(now - 6 * _DAY, partial(_wind_down, town, story, places["closing"], now))
    story.at(now - 44 * _DAY, partial(_close, town, story, places["closed"]))


def _opened(town: Town, row: dict[str, Any], now: datetime) -> Place:
    """Launch the channel of a row, and take it out of the daily talk of the town."""
    launched = now - row["days"] * _DAY
    channel = towns.apply(town, row, launched - 3 * _DAY)
    towns.approve(town, row, channel, launched - _DAY)
    towns.launch(town, {**row, "talk": (), "weight": 0}, channel, launched)
    return town.places.pop(row["name"])


def _told(place: Place, row: dict[str, Any], story: Story, now: datetime) -> None:
    """Let the owner say when the last post came, where no program sees it."""
    day = timezone.localtime(now - row["posted"] * _DAY).date()
    say = partial(reviewing.tell_last_post, place.channel, day, actor=place.owner)
    at = now - min(row["posted"], 60) * _DAY
    story.at(at, lambda then: say(at=then))


def _rounds(place: Place, story: Story, now: datetime, *, ended: int) -> None:
    for ago in range(max(1, ended + 1), WATCHED + ended):
        story.at(days_before(now, ago), partial(_tick, place))


def days_before(now: datetime, ago: int) -> datetime:
    """Return the same time on the clock so many days ago.

    Counted in hours, two of them would fall on the day when summer time ends.
    """
    return timezone.localtime(now) - ago * _DAY


def _tick(place: Place, at: datetime) -> None:
    watch.tick(place.channel, watch.today(at), actor=place.owner, at=at)


def _wind_down(
    town: Town, story: Story, place: Place, now: datetime, at: datetime
) -> None:
    """Begin to close; the officer is heard, the followers told, the manager not yet."""
    why = "Vi hinner inte med två kanaler, och de flesta följer oss på Facebook."
    actions.wind_down(place.channel, why=why, actor=place.owner, at=at)
    told = {
        "reason": "Vi samlar simhallens nyheter på en kanal.",
        "closes_on": timezone.localtime(now + 12 * _DAY).date(),
        "successor": town.places["Exempelby simhall"].channel,
        "impact": "480 följare. Länkad från entrén och från två äldre affischer.",
        "account": Closing.Account.LOCKED.value,
    }
    plan = _plan(place.channel)
    closing.plan(plan, told, actor=place.owner, at=at)
    opinion = "Bra. Sätt upp en skylt i entrén samma vecka."
    cecilia = town.actor("cecilia", at)
    closing.consult(plan, OFFICER, opinion, actor=cecilia, at=at + _DAY / 4)
    story.at(at + 2 * _DAY, partial(_farewell, plan, place.owner))


def _close(town: Town, story: Story, place: Place, at: datetime) -> None:
    """Close the whole way, by the plan."""
    why = "Sommaren är slut, och Ungdomens hus har en kanal som lever hela året."
    actions.wind_down(place.channel, why=why, actor=place.owner, at=at)
    told = {
        "reason": "Sommarlovet är slut, och vi fortsätter på Ungdomens hus kanal.",
        "closes_on": timezone.localtime(at + 14 * _DAY).date(),
        "successor": town.places[_INTO].channel,
        "impact": "310 följare. Namnet kan ingen annan ta, eftersom kontot är kvar.",
        "account": Closing.Account.LOCKED.value,
    }
    plan = _plan(place.channel)
    closing.plan(plan, told, actor=place.owner, at=at)
    for side, who in ((OFFICER, "cecilia"), (MANAGER, "bengt")):
        person = town.actor(who, at)
        closing.consult(plan, side, "Klokt.", actor=person, at=at + _DAY / 4)
    _farewell(plan, place.owner, at + _DAY / 4)
    story.at(at + 13 * _DAY, partial(_finish, plan, place))
    story.at(at + 14 * _DAY, partial(_end, town, place))


def _finish(plan: Closing, place: Place, at: datetime) -> None:
    day = timezone.localtime(at).date()
    done = ("exported_on", "ads_stopped_on", "links_updated_on")
    closing.plan(plan, dict.fromkeys(done, day), actor=place.owner, at=at)
    closing.keep_picture(plan, _drawn(), actor=place.owner, at=at)
    for holder in closing.holders(plan):
        staffing.end_access(holder, actor=place.owner, at=at)


def _end(town: Town, place: Place, at: datetime) -> None:
    manager = town.actor("bengt", at)
    channel = Channel.objects.get(pk=place.channel.pk)
    actions.close(channel, why="Planen är följd.", actor=manager, at=at)


def _farewell(plan: Closing, owner: Actor, at: datetime) -> None:
    day = timezone.localtime(at).date()
    text = f"{plan.reason} Tack till alla er som har följt, frågat och tyckt till!"
    url = f"{plan.channel.url}/avsked"
    closing.note_farewell(plan, text, url, day, actor=owner, at=at)


def _plan(channel: Channel) -> Closing:
    return Closing.objects.under_way().get(channel=channel)


def _drawn() -> bytes:
    """Return a plain picture: in the demonstration there is no page to picture."""
    out = BytesIO()
    Image.new("RGB", (600, 400), "white").save(out, "PNG")
    return out.getvalue()
