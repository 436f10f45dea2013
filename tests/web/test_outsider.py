"""Nobody sees or touches what is not theirs: every address is walked by an outsider."""

import pytest
from django.test import Client

from tests.conftest import MONDAY, SignedIn
from tests.web import addresses, belongings
from tests.web.belongings import World
from tests.web.filling import Whose
from uppsikt.channels.models import Channel
from uppsikt.governance import actors, invitations
from uppsikt.governance.models import Node, User
from uppsikt.governance.people import Post
from uppsikt.policy.roles import Role
from uppsikt.records.models import Entry

REFUSED = {403, 404, 405}


@pytest.fixture
def world(
    library_channel: Channel, anna_user: User, bengt_user: User, library: Node
) -> World:
    newcomer = invitations.Newcomer(
        "ny@exempelby.example", "Nina", "Ny", "vikarie", "Biblioteket"
    )
    welcome = invitations.invite(
        newcomer,
        Post(Role.EMPLOYEE, library),
        door="https://uppsikt.exempelby.example/",
        actor=actors.of(bengt_user, at=MONDAY),
        at=MONDAY,
    )
    return belongings.of(library_channel, anna_user, welcome.token, MONDAY)


def test_every_address_is_walked() -> None:
    assert sorted(set(addresses.names())) == sorted(addresses.SAMPLES)


# One world is enough for all addresses: nobody who walks here may change it.
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_not_signed_in_is_asked_to_sign_in(world: World, method: str) -> None:
    let_in = []
    for name in addresses.those(Whose.OWN, Whose.SOME):
        answer = getattr(Client(), method)(addresses.path(name, world))
        asked = answer.headers.get("Location", "").startswith("/konto/logga-in/")
        if answer.status_code != 302 or not asked:
            let_in.append((name, answer.status_code))

    assert let_in == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_is_refused_and_changes_nothing(
    david_user: User, signed_in: SignedIn, world: World, method: str
) -> None:
    david, entries = signed_in(david_user), Entry.objects.count()
    faults: list[tuple[object, ...]] = []
    for name in addresses.those(Whose.SOME):
        answer = getattr(david, method)(addresses.path(name, world), {"why": "Nyfiken"})
        told = belongings.told_in(answer.content.decode())
        if answer.status_code not in REFUSED or told:
            faults.append((name, answer.status_code, told))
        if Entry.objects.count() != entries:
            faults.append((name, "changes something"))

    assert faults == []


def test_a_page_open_to_all_tells_an_outsider_nothing_of_others(
    david_user: User, signed_in: SignedIn, world: World
) -> None:
    faults = []
    for name in addresses.those(Whose.OWN, Whose.ANYBODY):
        david = signed_in(david_user)
        answer = david.get(addresses.path(name, world), follow=True)
        if told := belongings.told_in(answer.content.decode()):
            faults.append((name, told))

    assert faults == []
