"""The demonstration lets nobody in from outside, and touches nothing that is real."""

from datetime import datetime

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from uppsikt.channels import connecting
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Adoption, User
from uppsikt.web import cli, demo
from uppsikt.web.commands import house, starting
from uppsikt.web.commands.stops import ASKED_WRONGLY, Stop

KEYS = {"identifier": "biblioteket.test", "app_password": "abcd-efgh-ijkl-mnop"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "uppsikt.example"])
def test_it_listens_on_this_machine_alone(host: str, settings: Settings) -> None:
    settings.DEMO = True

    with pytest.raises(Stop, match="den egna datorn") as refused:
        house.keep_demo_at_home(host)
    assert refused.value.code == ASKED_WRONGLY
    settings.DEMO = False
    house.keep_demo_at_home(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_is_let_be(host: str, settings: Settings) -> None:
    settings.DEMO = True
    house.keep_demo_at_home(host)


@pytest.mark.parametrize("command", ["start", "serve"])
def test_both_ways_to_start_ask_where_it_listens(
    command: str, settings: Settings
) -> None:
    settings.DEMO = True

    answer = CliRunner().invoke(cli.app, [command, "--host", "0.0.0.0"])

    assert isinstance(answer.exception, Stop)
    assert "0.0.0.0" in str(answer.exception)


def wish(*, fresh: bool) -> starting.Wishes:
    return starting.Wishes("127.0.0.1", 1, True, fresh, "", "Kommunen")


@pytest.mark.parametrize("fresh", [False, True])
def test_it_does_not_start_in_a_real_installation(
    *, fresh: bool, guideline_in_force: None
) -> None:
    with pytest.raises(Stop, match="annat än exempeldata"):
        starting._prepare(wish(fresh=fresh))

    User.objects.create_user("eva@kommunen.example")
    User.objects.create_user("anna@exempelby.example")
    with pytest.raises(Stop, match="annat än exempeldata"):
        starting._prepare(wish(fresh=fresh))
    assert Adoption.objects.count() == 1


def test_an_empty_folder_and_one_of_its_own_are_fine(db: None) -> None:
    assert demo.is_ours()
    User.objects.create_user("anna@exempelby.example")
    assert demo.is_ours()


@pytest.mark.parametrize("server", ["https://bsky.social", "https://192.0.2.9"])
def test_it_is_connected_to_no_platform(
    server: str,
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    settings: Settings,
) -> None:
    settings.DEMO = True

    with pytest.raises(connecting.OnlyMadeUp):
        told = {**KEYS, "server": server}
        connecting.connect(library_channel, told, actor=anna, at=monday)
