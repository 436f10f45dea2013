"""A small cast, so that every test is about the same town.

Anna owns the library's channel, Bengt is her manager, Cecilia the department's
communicator, Rut the registrar, and David owns a channel in another department.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import hypothesis
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.town import Kept, all_rows, keep
from uppsikt.channels import actions as channels
from uppsikt.channels import handing, staffing, starting
from uppsikt.channels.models import Channel, Handover
from uppsikt.channels.staffing import SignIn
from uppsikt.governance import actors, adopting, observations
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Role

pytest_plugins = ["tests.records.flushing", "tests.servers.fixtures"]

# A slow property test on a busy machine is no fault of the property.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CARD = {
    "purpose_codes": ["dialogue", "service"],
    "purpose": "Läslust och frågor om biblioteket",
    "audience_groups": ["residents"],
    "audience": "Unga och vuxna i kommunen",
    "goal_contribution": "Fler läser",
    "benefit": "Svar där de är",
    "hours_per_week": 4,
    "horizon_months": 24,
    "staffing": "Anna och Bengt",
    "description": "Biblioteket i Exempelby. Fråga oss om böcker och öppettider.",
    "contact": "biblioteket@exempelby.example",
}


def pytest_configure() -> None:
    """Hash passwords quickly: the tests make many people, and guard nobody."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def monday() -> datetime:
    """Monday 2 March 2026, 10.00 in Stockholm: a working day, within hours."""
    return MONDAY


Founded = dict[str, Any] | None
_TOWNS: dict[str, Kept] = {}


@pytest.fixture
def town(request: pytest.FixtureRequest, db: None) -> Founded:
    """Return the people and places of the town, where the test is about its channel."""
    if "library_channel" not in request.fixturenames:
        return None
    if kept := _TOWNS.get(connection.vendor):
        return kept.set_up()
    before = all_rows()
    things = found()
    _TOWNS[connection.vendor] = keep(things, before)
    return things


def found() -> dict[str, Any]:
    """Found the town, up to the library's channel, launched a year ago."""
    adopt()
    municipality = Node.plant(Node.Kind.MUNICIPALITY, "Exempelby kommun")
    culture = Node.plant(Node.Kind.DEPARTMENT, "Kultur och fritid", municipality)
    library = Node.plant(Node.Kind.UNIT, "Biblioteket", culture)
    anna = employ("Anna", "bibliotekarie", Role.PUBLISHER, library)
    bengt = employ("Bengt", "enhetschef", Role.LINE_MANAGER, library)
    cecilia = employ("Cecilia", "kommunikatör", Role.COMMUNICATIONS_OFFICER, culture)
    channel = apply_for(library, anna, bengt, LONG_AGO)
    launch(channel, anna, bengt, cecilia, LONG_AGO)
    return {
        "municipality": municipality,
        "culture": culture,
        "library": library,
        "anna": anna,
        "bengt": bengt,
        "cecilia": cecilia,
        "channel": channel,
    }


def adopt() -> None:
    """Adopt the guideline that the program ships, with what only we can know."""
    adopting.adopt_packaged(
        "tyreso",
        {
            "privacy_notice": "https://www.exempelby.example/personuppgifter",
            "records_contact": "registrator@exempelby.example",
            "vision_url": "https://www.exempelby.example/var-vision",
        },
        decided_by="Kommundirektör",
        actor=actors.CLOCK,
        at=LONG_AGO,
    )


@pytest.fixture
def guideline_in_force(town: Founded) -> None:
    if not town:
        adopt()


@pytest.fixture
def municipality(town: Founded, guideline_in_force: None) -> Node:
    if town:
        return cast("Node", town["municipality"])
    return Node.plant(Node.Kind.MUNICIPALITY, "Exempelby kommun")


@pytest.fixture
def culture(town: Founded, municipality: Node) -> Node:
    if town:
        return cast("Node", town["culture"])
    return Node.plant(Node.Kind.DEPARTMENT, "Kultur och fritid", municipality)


@pytest.fixture
def library(town: Founded, culture: Node) -> Node:
    if town:
        return cast("Node", town["library"])
    return Node.plant(Node.Kind.UNIT, "Biblioteket", culture)


@pytest.fixture
def school(municipality: Node) -> Node:
    department = Node.plant(Node.Kind.DEPARTMENT, "Utbildning", municipality)
    return Node.plant(Node.Kind.UNIT, "Skogsskolan", department)


Cast = Callable[..., User]


def employ(name: str, title: str, role: Role | None = None, *at: Node) -> User:
    """Add a person, with a role at a node if given."""
    user = User.objects.create_user(
        f"{name.lower()}@exempelby.example",
        "ett-langt-losenord-1",
        first_name=name,
        title=title,
        unit="Biblioteket",
    )
    for node in at if role else ():
        Assignment.objects.create(
            user=user, role=str(role), node=node, starts_at=LONG_AGO
        )
    return user


@pytest.fixture
def person(town: Founded) -> Cast:
    """Return a function that adds a person, with a role at a node if given."""
    return employ


@pytest.fixture
def anna_user(town: Founded, library: Node) -> User:
    if town:
        return cast("User", town["anna"])
    return employ("Anna", "bibliotekarie", Role.PUBLISHER, library)


@pytest.fixture
def bengt_user(town: Founded, library: Node) -> User:
    if town:
        return cast("User", town["bengt"])
    return employ("Bengt", "enhetschef", Role.LINE_MANAGER, library)


@pytest.fixture
def cecilia_user(town: Founded, culture: Node) -> User:
    if town:
        return cast("User", town["cecilia"])
    return employ("Cecilia", "kommunikatör", Role.COMMUNICATIONS_OFFICER, culture)


@pytest.fixture
def rut_user(person: Cast, municipality: Node) -> User:
    return person("Rut", "registrator", Role.REGISTRAR, municipality)


@pytest.fixture
def david_user(person: Cast, school: Node) -> User:
    return person("David", "lärare", Role.PUBLISHER, school)


@pytest.fixture
def bengt(bengt_user: User) -> Actor:
    return actors.of(bengt_user, at=MONDAY)


@pytest.fixture
def cecilia(cecilia_user: User) -> Actor:
    return actors.of(cecilia_user, at=MONDAY)


@pytest.fixture
def rut(rut_user: User) -> Actor:
    return actors.of(rut_user, at=MONDAY)


# What a manager confirms, each by itself, in order to approve (section 4).
GROUNDS = (
    "purpose_clear",
    "goal_confirmed",
    "benefit_confirmed",
    "resources",
    "owner_confirmed",
    "continuity_confirmed",
)


def apply_for(unit: Node, owner: User, deputy: User, at: datetime) -> Channel:
    """Apply for a channel at `unit`, through the real act."""
    application = channels.Application(
        site="bluesky",
        handle=f"{unit.name.lower()}.test",
        url=f"https://bsky.app/profile/{unit.name.lower()}.test",
        name=unit.name,
        owner=owner,
        deputy=deputy,
        card=CARD,
    )
    return channels.apply(unit, application, actor=actors.of(owner, at=at), at=at)


def fulfil(channel: Channel, owner: User, manager: User, at: datetime) -> None:
    """Do what the guideline demands of a channel before it is launched."""
    mine = actors.of(owner, at=at)
    for user in (owner, manager):
        guarded = SignIn.on("app", at.date())
        staffing.give_access(channel, user, guarded, actor=mine, at=at)
    for fact in (f.RESPONSIBILITY, f.TWO_FACTOR, f.PIXEL_OFF):
        observations.attest(fact, channel.node, True, actor=mine, at=at)


def hand_over(channel: Channel, owner: User, officer: User, at: datetime) -> None:
    """Hand administrator rights over to the officer, who confirms it (R-4-9)."""
    role = handing.Handing(officer, Handover.Kind.ROLE, "Administratör för sidan")
    given = handing.give(channel, role, actor=actors.of(owner, at=at), at=at)
    handing.confirm(given, actor=actors.of(officer, at=at), at=at)


def launch(
    channel: Channel, owner: User, manager: User, officer: User, at: datetime
) -> None:
    """Lead a channel that is applied for through all that the guideline demands."""
    chief, mine = actors.of(manager, at=at), actors.of(officer, at=at)
    channels.approve(channel, confirmed=GROUNDS, actor=chief, at=at)
    fulfil(channel, owner, manager, at)
    hand_over(channel, owner, officer, at)
    [notice] = channel.start_notices.all()
    starting.receive(notice, actor=mine, at=at)
    theirs = actors.of(owner, at=at)
    channels.launch(channel, cut_over_at=at, actor=theirs, at=at)


@pytest.fixture
def applied_channel(
    town: Founded, library: Node, anna_user: User, bengt_user: User
) -> Channel:
    if town:
        return cast("Channel", town["channel"])
    return apply_for(library, anna_user, bengt_user, LONG_AGO)


@pytest.fixture
def library_channel(
    town: Founded, applied_channel: Channel, cecilia_user: User
) -> Channel:
    """The library's channel, launched a year ago as the guideline demands."""
    if not town:
        anna, bengt = applied_channel.proposed_owner, applied_channel.proposed_deputy
        assert anna and bengt
        launch(applied_channel, anna, bengt, cecilia_user, LONG_AGO)
    return applied_channel


@pytest.fixture
def anna(library_channel: Channel, anna_user: User) -> Actor:
    """Anna, who owns the library's channel."""
    return actors.of(anna_user, at=MONDAY)


@pytest.fixture
def school_channel(
    school: Node, david_user: User, person: Cast, cecilia_user: User
) -> Channel:
    """David's channel, approved in another department."""
    head = person("Disa", "rektor", Role.LINE_MANAGER, school)
    channel = apply_for(school, david_user, head, LONG_AGO)
    chief = actors.of(head, at=LONG_AGO)
    channels.approve(channel, confirmed=GROUNDS, actor=chief, at=LONG_AGO)
    return channel


@pytest.fixture
def david(school_channel: Channel, david_user: User) -> Actor:
    """David, who has a role at another node and none here."""
    return actors.of(david_user, at=MONDAY)


SignedIn = Callable[[User], Client]


@pytest.fixture
def signed_in() -> SignedIn:
    """Return a function that gives a browser in which a person is fully signed in."""

    def sign_in(user: User) -> Client:
        if not Authenticator.objects.filter(user=user).exists():
            totp.TOTP.activate(user, totp.generate_totp_secret())
        client = Client()
        client.force_login(user)
        return client

    return sign_in
