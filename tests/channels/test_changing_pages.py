"""The office sees what waits, before and after, and decides on one page (R-3.2-3)."""

from datetime import datetime

import pytest

from tests.channels.conftest import SignIn
from uppsikt.channels import changing
from uppsikt.channels.models import CardChange, Channel
from uppsikt.duties import plan
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User

NEW = {"description": "Nu med kvällsöppet.", "purpose_codes": ["dialogue"]}


@pytest.fixture
def waiting(library_channel: Channel, anna: Actor, monday: datetime) -> CardChange:
    edited = changing.edit_card(library_channel, NEW, actor=anna, at=monday)
    assert edited.waiting
    return edited.waiting


def test_the_office_reads_before_and_after_and_publishes(
    signed_in: SignIn, library_channel: Channel, waiting: CardChange, kim_user: User
) -> None:
    kim = signed_in(kim_user)
    page = kim.get("/kortandringar/").content.decode()
    for told in ("Nu med kvällsöppet.", "Fråga oss om böcker", "Skapa dialog"):
        assert told in page

    kim.post(f"/kortandringar/{waiting.pk}/publicera/")

    library_channel.refresh_from_db()
    assert library_channel.description == "Nu med kvällsöppet."
    assert "kvällsöppet" not in kim.get("/kortandringar/").content.decode()


def test_a_refusal_without_a_reason_is_asked_for_one(
    signed_in: SignIn, waiting: CardChange, kim_user: User
) -> None:
    kim = signed_in(kim_user)
    kim.post(f"/kortandringar/{waiting.pk}/avsla/", {"why": ""})
    assert CardChange.objects.waiting().exists()
    kim.post(f"/kortandringar/{waiting.pk}/avsla/", {"why": "Lova inget"})
    assert not CardChange.objects.waiting().exists()


def test_whoever_proposed_sees_that_it_waits_and_takes_it_back(
    signed_in: SignIn, library_channel: Channel, waiting: CardChange, anna_user: User
) -> None:
    anna = signed_in(anna_user)
    page = anna.get(f"/kanal/{library_channel.pk}/").content.decode()
    assert f"/kortandringar/{waiting.pk}/aterkalla/" in page
    assert f"/kortandringar/{waiting.pk}/publicera/" not in page

    anna.post(f"/kortandringar/{waiting.pk}/aterkalla/")

    assert not CardChange.objects.waiting().exists()


def test_an_outsider_finds_nothing_there(
    signed_in: SignIn, waiting: CardChange, david: Actor, david_user: User
) -> None:
    browser = signed_in(david_user)
    assert "kvällsöppet" not in browser.get("/kortandringar/").content.decode()
    assert browser.post(f"/kortandringar/{waiting.pk}/publicera/").status_code == 404


def test_it_is_the_offices_duty_and_nobody_elses(
    waiting: CardChange, kim: Actor, anna: Actor, monday: datetime
) -> None:
    def urls(actor: Actor) -> set[str]:
        return {group.url for group in plan.of(actor, at=monday)}

    assert "/kortandringar/" in urls(kim)
    assert "/kortandringar/" not in urls(anna)
