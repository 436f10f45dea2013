"""How the town's channels begin, by the real acts: grounds, notice, rights, orders."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from uppsikt.channels import actions, grounds, handing, ordering, starting
from uppsikt.channels.models import Channel, Handover, PresenceOrder
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.platforms.catalogue import SITES

if TYPE_CHECKING:
    from uppsikt.web.demo.story import Story
    from uppsikt.web.demo.town import Town

OFFICE = "sara"
"""Who of the communications office receives notices and rights."""
CHIEF = "johan"


def plan(town: "Town", story: "Story", now: datetime) -> None:
    """Let an account be found, and a change be ordered, so that both wait today."""
    story.at(now - timedelta(days=9), partial(find, town))
    name = next(iter(town.places))
    story.at(now - timedelta(days=4), partial(order, town, name))


def confirmed(at: datetime) -> Sequence[str]:
    """Return every ground that a manager confirms when they approve."""
    return [control.fact for control in grounds.asked(rules.in_force(at))]


def receive(town: "Town", channel: Channel, giver: Actor, at: datetime) -> None:
    """Let the office receive the notice, and the rights that `giver` hands over."""
    office = town.actor(OFFICE, at)
    for notice in channel.start_notices.all():
        starting.receive(notice, actor=office, at=at)
    role = Handover.Kind.ROLE
    handed = handing.Handing(town.people[OFFICE], role, "Administratör för kontot")
    given = handing.give(channel, handed, actor=giver, at=at)
    handing.confirm(given, actor=office, at=at)


def find(town: "Town", at: datetime) -> Channel:
    """Enter an account that somebody opened long ago and nobody has approved."""
    site = SITES["instagram"]
    found = actions.Application(
        site=site.name,
        handle="exempelbypark",
        url="https://www.instagram.com/exempelbypark/",
        name="Parkerna i Exempelby",
        card={"purpose": "Bilder från parkerna"},
    )
    office = town.actor(OFFICE, at)
    return actions.enter(town.nodes["gata"], found, actor=office, at=at)


def order(town: "Town", name: str, at: datetime) -> PresenceOrder:
    """Let the head of communications order a change of a channel of the town."""
    wanted = ordering.Order(
        PresenceOrder.Kind.CHANGE,
        "Byt profilbild till den som följer den grafiska profilen.",
        "Kanalen går inte att känna igen som kommunens.",
        (at + timedelta(days=14)).date(),
    )
    chief = town.actor(CHIEF, at)
    return ordering.give(town.places[name].channel, wanted, actor=chief, at=at)
