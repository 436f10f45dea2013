"""My day: what falls to each role, and that it goes away when it is done."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.conftest import GROUNDS, LONG_AGO, SignedIn
from uppsikt.channels import actions as channels
from uppsikt.channels.models import Channel
from uppsikt.duties import matrix, plan
from uppsikt.governance import actors, observations
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import watch
from uppsikt.policy import facts as f
from uppsikt.policy.verdict import Outcome


def titles(actor: Actor, at: datetime) -> dict[str, int]:
    return {g.title: g.total for g in plan.of(actor, at=at)}


def test_a_line_manager_sees_the_application_until_it_is_decided(
    applied_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    assert titles(bengt, monday) == {"Applications to decide": 1}
    channels.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)
    assert "Applications to decide" not in titles(bengt, monday)


def test_the_owner_is_asked_to_watch_today_until_the_tick(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    assert titles(anna, monday)["Today's watch"] == 1
    watch.tick(library_channel, monday.date(), actor=anna, at=monday)
    assert "Today's watch" not in titles(anna, monday)
    tomorrow = monday + timedelta(days=1)
    assert titles(anna, tomorrow)["Today's watch"] == 1


def test_an_outsider_has_nothing_to_do_here(
    library_channel: Channel, david: Actor, monday: datetime
) -> None:
    for group in plan.of(david, at=monday):
        assert library_channel.name not in {d.place for d in group.duties}


def test_what_must_be_confirmed_is_asked_of_those_who_may(
    library_channel: Channel, anna: Actor, rut: Actor, monday: datetime
) -> None:
    [(channel, findings)] = matrix.attestations(anna, at=monday)
    assert channel == library_channel
    assert {x.control.id for x in findings} >= {"5.1-two-factor", "6.6-pixel"}
    assert matrix.attestations(rut, at=monday) == []

    observations.attest(f.TWO_FACTOR, library_channel.node, True, actor=anna, at=monday)
    [(_, still)] = matrix.attestations(anna, at=monday)
    assert "5.1-two-factor" not in {x.control.id for x in still}


def test_silence_is_never_counted_as_met(
    library_channel: Channel, monday: datetime
) -> None:
    [row] = matrix.of([library_channel], at=monday).rows
    found = {x.control.id: x.verdict.outcome for x in row.findings}
    assert found["6.1-sender"] is Outcome.NOT_ASSESSED
    assert found["6.4-watch"] is Outcome.NOT_MET
    assert found["4-owner"] is Outcome.MET


@pytest.mark.parametrize("copies", [1, 12])
def test_the_matrix_takes_a_fixed_number_of_queries(
    library_channel: Channel,
    anna_user: User,
    monday: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
    copies: int,
) -> None:
    for number in range(copies):
        application = channels.Application(
            site="facebook",
            handle=f"kanal{number}",
            url=f"https://www.facebook.com/kanal{number}",
            name=f"Kanal {number}",
            owner=anna_user,
        )
        channels.apply(
            library_channel.node.parent,  # type: ignore[arg-type]
            application,
            actor=actors.of(anna_user, at=LONG_AGO),
            at=LONG_AGO,
        )
    many = list(
        Channel.objects.select_related("node", "proposed_owner", "proposed_deputy")
    )
    with django_assert_num_queries(QUERIES):
        matrix.of(many, at=monday)


QUERIES = 47


@pytest.mark.parametrize("who", ["anna", "bengt", "cecilia", "rut", "david"])
def test_every_role_opens_the_day_and_the_table(
    who: str,
    request: pytest.FixtureRequest,
    library_channel: Channel,
    signed_in: SignedIn,
) -> None:
    actor: Actor = request.getfixturevalue(who)
    client = signed_in(actor.person)
    assert client.get("/").status_code == 200
    assert client.get("/efterlevnad/").status_code == 200
    assert client.get("/efterlevnad/?brister=1").status_code == 200
