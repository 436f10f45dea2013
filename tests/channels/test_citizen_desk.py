"""The staff's pages on what citizens send: each sees and does what is theirs."""

from datetime import datetime

import pytest
from django.test import Client

from tests.channels.conftest import SignIn
from uppsikt.channels import finding, suggesting
from uppsikt.channels.found_life import FoundLife
from uppsikt.channels.models import Channel, Feedback, FoundAccount
from uppsikt.duties import plan
from uppsikt.governance import actors
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.platforms.accounts import Account, canonical
from uppsikt.records.models import Mail

ANYBODY = Actor("anyone", None, ())
FALSE = "https://www.instagram.com/bibliioteket/"


@pytest.fixture
def browser(kim_user: User, signed_in: SignIn) -> Client:
    return signed_in(kim_user)


@pytest.fixture
def anna_client(anna_user: User, signed_in: SignIn) -> Client:
    return signed_in(anna_user)


@pytest.fixture
def found(library_channel: Channel, monday: datetime) -> FoundAccount:
    account = canonical(FALSE)
    assert isinstance(account, Account)
    return finding.report(account, "Ber om pengar", actor=ANYBODY, at=monday)


@pytest.fixture
def left(library_channel: Channel, monday: datetime) -> Feedback:
    return suggesting.leave(
        library_channel,
        "Fler bilder",
        contact="kim@example.org",
        actor=ANYBODY,
        at=monday,
    )


def titles(user: User, at: datetime) -> set[str]:
    return {g.title for g in plan.of(actors.of(user, at=at), at=at)}


def test_the_office_follows_a_false_account_to_the_end(
    browser: Client, kim_user: User, found: FoundAccount, monday: datetime
) -> None:
    assert "Reported accounts" in titles(kim_user, monday)
    page = f"/anmalda-konton/{found.pk}/"
    assert FALSE in browser.get("/anmalda-konton/").content.decode()
    assert "Ber om pengar" in browser.get(page).content.decode()

    browser.post(f"{page}condemn/", {"why": "Härmar logotypen"})
    half = browser.post(
        f"{page}tell_platform/", {"reference": "IG-1", "police": "reported"}
    )
    assert half.status_code == 422
    assert "IG-1" in half.content.decode()
    told = {"reference": "IG-1", "police": "reported", "note": "5000-K1-26"}
    browser.post(f"{page}tell_platform/", told)
    browser.post(f"{page}vanish/")

    found.refresh_from_db()
    assert (found.state, found.police_note) == (FoundLife.gone, "5000-K1-26")
    assert "Reported accounts" not in titles(kim_user, monday)
    browser.post(f"{page}retract/", {"why": "En förening"})
    found.refresh_from_db()
    assert found.state is FoundLife.nothing


def test_a_private_account_is_let_go_and_shown_nowhere(
    browser: Client, client: Client, found: FoundAccount
) -> None:
    browser.post(f"/anmalda-konton/{found.pk}/release/")

    shown = browser.get(f"/anmalda-konton/{found.pk}/").content.decode()
    listed = browser.get("/anmalda-konton/?status=alla").content.decode()
    assert "bibliioteket" not in shown + listed
    assert found.receipt in listed
    assert (
        "inte i vår förteckning"
        in client.get("/kontroll", {"url": FALSE}).content.decode()
    )


def test_an_account_of_ours_leads_to_where_it_is_entered(
    browser: Client, found: FoundAccount
) -> None:
    page = f"/anmalda-konton/{found.pk}/"
    browser.post(f"{page}claim/", {"why": "Startades 2019"})

    assert "/kanal/befintlig/?url=https%3A%2F%2F" in browser.get(page).content.decode()
    answer = browser.post(f"{page}register/", follow=True)
    assert "För in kontot i förteckningen först" in answer.content.decode()


@pytest.mark.parametrize("name", sorted(FoundLife.moves))
def test_nobody_else_opens_or_judges_it(
    anna_client: Client, found: FoundAccount, name: str
) -> None:
    page = f"/anmalda-konton/{found.pk}/"
    assert anna_client.get(page).status_code == 404
    assert anna_client.post(f"{page}{name}/", {"why": "skäl"}).status_code == 404


def test_a_move_that_does_not_exist_is_not_there(
    browser: Client, found: FoundAccount
) -> None:
    page = f"/anmalda-konton/{found.pk}/"
    assert browser.post(f"{page}report/").status_code == 404
    assert browser.post(f"{page}forstor/").status_code == 404


def test_the_owner_answers_a_suggestion(
    anna_client: Client, anna_user: User, left: Feedback, monday: datetime
) -> None:
    assert "Suggestions from visitors" in titles(anna_user, monday)
    page = f"/synpunkter/{left.pk}/"
    assert "Fler bilder" in anna_client.get("/synpunkter/").content.decode()
    assert anna_client.post(f"{page}hantera/", {"answer": ""}).status_code == 422

    anna_client.post(f"{page}hantera/", {"answer": "Det blir fler."})

    assert Mail.objects.filter(
        to="kim@example.org", body__contains="Det blir fler"
    ).exists()
    assert "Suggestions from visitors" not in titles(anna_user, monday)
    done = anna_client.get("/synpunkter/?flik=klara").content.decode()
    assert left.reference in done


def test_a_suggestion_is_handed_over_and_the_owner_is_told_how(
    anna_client: Client, left: Feedback
) -> None:
    page = f"/synpunkter/{left.pk}/lamna-over/"
    unsaid = anna_client.post(page, {"why": ""}, follow=True)
    assert "Skriv varför" in unsaid.content.decode()

    answer = anna_client.post(page, {"why": "Gäller bussen"}, follow=True)

    assert "Kommunens synpunktshantering" in answer.content.decode()
    left.refresh_from_db()
    assert left.status == "handed_over"


def test_an_outsider_sees_no_suggestion(
    left: Feedback, david_user: User, signed_in: SignIn
) -> None:
    david = signed_in(david_user)
    assert "Fler bilder" not in david.get("/synpunkter/").content.decode()
    assert david.get(f"/synpunkter/{left.pk}/").status_code == 404


def test_who_may_look_but_not_act_is_told_who_may(
    left: Feedback, rut_user: User, signed_in: SignIn
) -> None:
    rut = signed_in(rut_user)
    page = f"/synpunkter/{left.pk}/"
    assert 'aria-disabled="true"' in rut.get(page).content.decode()
    assert rut.post(f"{page}hantera/", {"answer": "Hej"}).status_code == 403
