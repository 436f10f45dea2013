"""Working times and response times in Exempelby: the library is open on Saturdays."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from uppsikt.governance import crisis
from uppsikt.governance.models import Node
from uppsikt.inbox import calendars, escalating, own_terms, pausing
from uppsikt.inbox.calendars import Wanted as Hours
from uppsikt.inbox.models import Item
from uppsikt.inbox.own_terms import Wanted
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Town

LIBRARY: Final = OfficeHours(
    hours={
        **dict.fromkeys(
            ("monday", "tuesday", "wednesday", "thursday"), ("10:00-19:00",)
        ),
        "friday": ("10:00-17:00",),
        "saturday": ("11:00-15:00",),
    },
    eves_free=frozenset({"midsommarafton", "julafton", "nyårsafton", "påskafton"}),
)
"""When the library in the town is open."""
DECIDED: Final = timedelta(days=60)
PAUSED: Final = timedelta(hours=30)
TOLD: Final = timedelta(hours=2)
CRISIS: Final = timedelta(days=25)


def plan(town: Town, story: Story, now: datetime) -> None:
    """Give the library hours and a promise of its own; let a pipe burst."""
    story.at(now - DECIDED, partial(_library, town))
    story.at(now - PAUSED, partial(_pause, town))
    story.at(now - TOLD, escalating.escalate)
    story.at(now - CRISIS, partial(_crisis, town))


def _library(town: Town, at: datetime) -> None:
    officer, department = town.actor("cecilia", at), town.nodes["kff"]
    hours = Hours(LIBRARY, at.date(), "Biblioteket har öppet på lördagar")
    calendar = calendars.begin(
        department, "Bibliotekets öppettider", hours, actor=officer, at=at
    )
    channel = town.places["Exempelby bibliotek"].channel
    wanted = Wanted(first="6 working hours", calendar=calendar)
    why = "Biblioteket lovar svar samma dag när det har öppet"
    own_terms.decide(channel, wanted, why=why, actor=officer, at=at)


def _pause(town: Town, at: datetime) -> None:
    """Let a question that was promised an answer wait for another authority."""
    places = {p.channel.pk: p for p in town.places.values()}
    open_ = Item.objects.filter(status="promised", channel__in=places)
    item = open_.select_related("channel__node").order_by("-pk").first()
    if item is None:
        return
    pausing.pause(
        item,
        "authority",
        at.date() + timedelta(days=10),
        note="Trafikverket svarar om vägen",
        actor=places[item.channel_id].owner,
        at=at,
    )


def _crisis(town: Town, at: datetime) -> None:
    crisis.switch_on(
        Node.objects.get(parent=None),
        "Vattenläcka i Kvarnby",
        "Många frågor om dricksvattnet",
        at + timedelta(hours=24),
        actor=town.actor("johan", at),
        at=at,
    )
