"""Exempelby kommun: the places, the people and the channels, made by the real acts."""

import tomllib
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

from uppsikt.channels import actions as channels
from uppsikt.channels import staffing
from uppsikt.channels.models import Channel
from uppsikt.channels.staffing import SignIn
from uppsikt.governance import (
    actors,
    adopting,
    invitations,
    observations,
    organisation,
    people,
)
from uppsikt.governance.actors import Actor
from uppsikt.governance.invitations import Newcomer
from uppsikt.governance.models import Node, User
from uppsikt.governance.people import Post
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Role
from uppsikt.web.commands.preparing import GUIDELINE, OPERATOR
from uppsikt.web.demo import beginning
from uppsikt.web.signin import MADE_UP

FOUNDED: Final = timedelta(days=350)
"""How long before today the municipality began with the program."""
LAUNCHED: Final = timedelta(days=91)
"""How long before today the channels were launched; what is older is history."""
DOOR: Final = "http://localhost/konto/inbjudan/"
KEEPER: Final = "sixten"
TOLD_BY_OWNER: Final = (f.RESPONSIBILITY, f.TWO_FACTOR, f.PIXEL_OFF)
TOLD_OF_PROFILE: Final = (f.CONTACT_CHECKED, f.VISUAL_IDENTITY)


@dataclass(slots=True)
class Place:
    """A channel of the town, with who runs it and what is talked about there."""

    channel: Channel
    owner: Actor
    deputy: Actor
    talk: tuple[str, ...]
    weight: int


@dataclass(slots=True)
class Town:
    """Everything that stands before the first comment comes."""

    nodes: dict[str, Node] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def actor(self, key: str, at: datetime) -> Actor:
        """Return a person as an actor with the roles of that moment."""
        return actors.of(self.people[key], at=at)


@cache
def told(name: str) -> dict[str, Any]:
    """Return what one of our data files says."""
    text = (files("uppsikt.web.demo") / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def build(now: datetime) -> Town:
    """Found the municipality, invite its people and launch its channels."""
    town, founded = Town(), now - FOUNDED
    adopting.adopt_packaged(
        GUIDELINE,
        told("town")["values"],
        decided_by="Kommundirektör",
        actor=OPERATOR,
        at=founded,
    )
    _plant(town, founded)
    for number, row in enumerate(told("town")["person"]):
        invite(town, row, founded + timedelta(hours=2, minutes=5 * number))
    _open_channels(town, now)
    return town


def _plant(town: Town, at: datetime) -> None:
    data = told("town")
    top = organisation.found(data["municipality"], actor=OPERATOR, at=at)
    town.nodes["kommun"] = top
    for row in data["department"]:
        department = _place(Node.Kind.DEPARTMENT, row["name"], top, at)
        town.nodes[row["key"]] = department
        for key, name in row["units"].items():
            town.nodes[key] = _place(Node.Kind.UNIT, name, department, at)


def _place(kind: str, name: str, parent: Node, at: datetime) -> Node:
    return organisation.add(kind, name, parent, actor=OPERATOR, at=at)


def invite(town: Town, row: dict[str, Any], at: datetime) -> None:
    """Invite the person that a row tells of, by somebody who may."""
    first, _, last = row["name"].partition(" ")
    newcomer = Newcomer(_address(row["name"]), first, last, row["title"], row["unit"])
    role, node = Role(row["role"]), town.nodes[row["at"]]
    inviter = _inviter(town, role, node, at)
    welcome = invitations.invite(
        newcomer, Post(role, node), door=DOOR, actor=inviter, at=at
    )
    town.people[row["key"]] = welcome.user
    for place in row.get("also", ()):
        post = Post(role, town.nodes[place])
        people.assign(welcome.user, post, actor=inviter, at=at)


def _inviter(town: Town, role: Role, node: Node, at: datetime) -> Actor:
    """Return who may invite to `role` at `node`: the first who was invited before."""
    known = (actors.of(user, at=at) for user in town.people.values())
    wanted = people.APPOINTED_BY[role]
    return next((a for a in known if a.roles_at(node.path) & wanted), OPERATOR)


def _address(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().replace(" ", "."))
    return plain.encode("ascii", "ignore").decode() + MADE_UP


def _open_channels(town: Town, now: datetime) -> None:
    rows = told("town")["channel"]
    applied, launched = now - LAUNCHED - timedelta(days=12), now - LAUNCHED
    made = [
        apply(town, row, applied + timedelta(minutes=20 * n))
        for n, row in enumerate(rows)
    ]
    for n, (row, channel) in enumerate(zip(rows, made, strict=True)):
        at = launched - timedelta(days=5) + timedelta(minutes=10 * n)
        approve(town, row, channel, at)
    for n, (row, channel) in enumerate(zip(rows, made, strict=True)):
        at = launched + timedelta(minutes=15 * n)
        launch(town, row, channel, at)


def apply(town: Town, row: dict[str, Any], at: datetime) -> Channel:
    """Apply for the channel that a row tells of; the row's owner does it."""
    application = channels.Application(
        site=row["site"],
        handle=row["handle"],
        url=f"https://{row['site']}.exempelby.example/{row['handle']}",
        name=row["name"],
        owner=town.people[row["owner"]],
        deputy=town.people[row["deputy"]],
        holders=(town.people[row["owner"]], town.people[row["deputy"]]),
        card=_card(row),
    )
    unit = town.nodes[row["at"]]
    return channels.apply(unit, application, actor=town.actor(row["owner"], at), at=at)


def _card(row: dict[str, Any]) -> dict[str, object]:
    return {
        "purpose_codes": row["codes"],
        "purpose": row["purpose"],
        "audience_groups": row.get("groups", ["residents"]),
        "audience": row["audience"],
        "staffing": "Den ansvariga och ersättaren, två timmar var.",
        "goal_contribution": "Fler får svar där de redan är, och insynen ökar.",
        "benefit": "Målgruppen får veta och kan fråga utan att ringa.",
        "hours_per_week": 4,
        "horizon_months": 24,
        "description": f"{row['purpose']}. Här svarar kommunen på vardagar.",
        "contact": f"{row['at']}{MADE_UP}",
    }


def approve(town: Town, row: dict[str, Any], channel: Channel, at: datetime) -> None:
    """Approve the channel of a row, every ground confirmed."""
    ticked = beginning.confirmed(at)
    chief = town.actor(row["approver"], at)
    channels.approve(channel, confirmed=ticked, actor=chief, at=at)


def launch(town: Town, row: dict[str, Any], channel: Channel, at: datetime) -> None:
    """Launch the channel of a row, and let it be one of the town's places."""
    owner = town.actor(row["owner"], at)
    for key, method in ((row["owner"], "app"), (row["deputy"], "key")):
        guarded = SignIn.on(method, at.date())
        staffing.give_access(channel, town.people[key], guarded, actor=owner, at=at)
    beginning.receive(town, channel, town.actor(row["approver"], at), at)
    _attest(row, channel, owner, at)
    channels.launch(channel, cut_over_at=at, actor=owner, at=at)
    deputy = town.actor(row["deputy"], at)
    talk = tuple(row["talk"])
    town.places[row["name"]] = Place(channel, owner, deputy, talk, row["weight"])


def _attest(row: dict[str, Any], channel: Channel, owner: Actor, at: datetime) -> None:
    """Let the owner say what the guideline asks of them before a launch."""
    # A channel in three has not told of all its profile: there is work left.
    said = (*TOLD_BY_OWNER, *TOLD_OF_PROFILE[: 3 - len(row["name"]) % 3])
    for fact in said:
        observations.attest(fact, channel.node, value=True, actor=owner, at=at)
