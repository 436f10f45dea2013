"""Signing in by a real identity provider, in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.browsing import Visitor
from tests.browser.conftest import Visit
from tests.browser.town import Town
from tests.servers import identity, processes

pytestmark = [pytest.mark.browser, pytest.mark.servers]


@dataclass
class TownWithProvider(Town):
    """Exempelby, where people sign in by the municipality."""

    told: dict[str, str] = field(default_factory=dict)

    def env(self) -> dict[str, str]:
        """Return the town's environment, and what it is told of the provider."""
        return {**super().env(), **self.told}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = TownWithProvider(tmp_path_factory.mktemp("provider"), host="localhost")
    (town.port,) = processes.free_ports(1)
    with identity.provider(town.folder, town.url) as told:
        town.told = told
        town.found()
        words = ("start", "--port", str(town.port))
        with town.started(*words) as program:
            processes.wait(program, town._answers, log=town.log, seconds=240)
            yield town


def by_the_municipality(visitor: Visitor, person: str) -> Any:
    """Press the button on our page, and the person's own at the provider."""
    page = visitor.go("/konto/logga-in/")
    page.get_by_role("button", name="Logga in med Exempelby kommun").click()
    page.get_by_role("button", name=person, exact=True).click()
    page.wait_for_url(visitor.town.url + "/**")
    return page


def test_who_was_asked_for_two_steps_there_is_in_at_once_and_out_of_both(
    town: Town, visit: Visit
) -> None:
    visitor = visit(town)

    page = by_the_municipality(visitor, "cecilia")
    assert page.url == town.url + "/"
    assert page.get_by_text("Cecilia").first.is_visible()

    page.get_by_role("button", name="Logga ut").first.click()
    page.get_by_role("button", name="avsluta").click()
    page.wait_for_url("**/konto/logga-in/")
    visitor.go("/")
    assert "/konto/logga-in/" in page.url


def test_who_was_asked_for_one_step_there_is_asked_for_ours(
    town: Town, visit: Visit
) -> None:
    page = by_the_municipality(visit(town), "anna")

    assert page.url.startswith(town.url + "/konto/tva-steg/")
    page.goto(town.url + "/mina-kanaler/")
    assert page.url.startswith(town.url + "/konto/tva-steg/")


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("okand", "ingen har bjudit in dig"),
        ("bengt", "ingen bekräftad e-postadress"),
        ("avbryt", "Du avbröt inloggningen"),
    ],
)
def test_who_is_not_known_for_certain_is_told_why_and_stays_outside(
    town: Town, visit: Visit, person: str, said: str
) -> None:
    page = by_the_municipality(visit(town), person)

    assert page.get_by_text(said).is_visible()
    page.goto(town.url + "/mina-kanaler/")
    assert "/konto/logga-in/" in page.url
    assert not town.value(
        "SELECT count(*) FROM governance_user WHERE email LIKE 'okand@%'"
    )
