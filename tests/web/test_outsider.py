"""Nobody sees or touches what is not theirs: every address is walked by an outsider."""

import pytest
from django.test import Client

from tests.conftest import MONDAY, SignedIn
from tests.web import addresses, belongings
from tests.web.addresses import Whose
from tests.web.belongings import World
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


@pytest.fixture
def david(david_user: User, signed_in: SignedIn) -> Client:
    return signed_in(david_user)


def test_every_address_is_walked() -> None:
    assert sorted(set(addresses.names())) == sorted(addresses.SAMPLES)


@pytest.mark.parametrize("name", addresses.those(Whose.OWN, Whose.SOME))
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_not_signed_in_is_asked_to_sign_in(
    client: Client, world: World, name: str, method: str
) -> None:
    answer = getattr(client, method)(addresses.path(name, world))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/logga-in/")


@pytest.mark.parametrize("name", addresses.those(Whose.SOME))
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_is_refused_and_changes_nothing(
    david: Client, world: World, name: str, method: str
) -> None:
    entries = Entry.objects.count()

    answer = getattr(david, method)(addresses.path(name, world), {"why": "Nyfiken"})

    assert answer.status_code in REFUSED
    assert belongings.told_in(answer.content.decode()) == []
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("name", addresses.those(Whose.OWN, Whose.ANYBODY))
def test_a_page_open_to_all_tells_an_outsider_nothing_of_others(
    david: Client, world: World, name: str
) -> None:
    answer = david.get(addresses.path(name, world), follow=True)

    assert belongings.told_in(answer.content.decode()) == []
