"""Who watches which day in the demonstration: a week, a stretch of days, two swaps."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from uppsikt.governance import absences
from uppsikt.inbox import rota, rota_feed
from uppsikt.policy.workdays import A_DAY
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Town

BEGUN: Final = timedelta(days=20)
ASKED: Final = timedelta(hours=20)
WEDNESDAY, SATURDAY = 2, 5
LIBRARY: Final = "Exempelby bibliotek"
POOL: Final = "Exempelby simhall"


def plan(town: Town, story: Story, now: datetime) -> None:
    """Let the library share the week, and the pool ask for a swap."""
    story.at(now - BEGUN, partial(_share, town))
    story.at(now - ASKED, partial(_ask, town))


def _share(town: Town, at: datetime) -> None:
    place, anna = town.places[LIBRARY], town.actor("anna", at)
    ulla = town.people["ulla"]
    rota.set_week(place.channel, {WEDNESDAY: ulla, SATURDAY: ulla}, actor=anna, at=at)
    rota_feed.begin(actor=anna, at=at)


def _ask(town: Town, at: datetime) -> None:
    channel, day = town.places[POOL].channel, absences.today(at) + A_DAY * 5
    cecilia, lukas = town.actor("cecilia", at), town.actor("lukas", at)
    week = day + A_DAY * 7
    rota.set_days(channel, week, week + A_DAY * 6, cecilia.person, actor=lukas, at=at)
    rota.ask(channel, day, cecilia.person, None, actor=lukas, at=at)
    rota.ask(channel, week, lukas.person, day + A_DAY, actor=cecilia, at=at)
