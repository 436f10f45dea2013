"""The register of private messages as a person meets it."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.conftest import SignedIn
from tests.inbox.tales import fetched, told
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, PrivateMessage
from uppsikt.platforms import ItemKind

pytestmark = pytest.mark.django_db
INDEX = "/meddelanden/"


def letters(channel: Channel, *texts: str, at: datetime, root: str = "chat") -> None:
    """Take in private messages of one conversation."""
    given = {"kind": ItemKind.MESSAGE, "public": False, "parent_id": None}
    items = [told(text, root_id=root, **given) for text in texts]
    fetched(channel, *items, at=at)


@pytest.fixture
def talk(library_channel: Channel, monday: datetime) -> Conversation:
    letters(library_channel, "Hur söker vi plats?", "Hon fyller tre", at=monday)
    return Conversation.objects.get(channel=library_channel)


def weighed(talk: Conversation, way: str, **other: object) -> dict[str, object]:
    keys = list(talk.messages.values_list("pk", flat=True))
    return {"messages": keys, "way": way, "title": "", **other}


def test_the_list_shows_what_is_to_be_decided_on(
    browser: Client, talk: Conversation
) -> None:
    page = browser.get(INDEX).content.decode()

    assert "Kim" in page
    assert "2 att besluta om" in page
    assert "Meddelanden" in page


def test_a_whole_conversation_is_decided_on_in_one_go(
    browser: Client, talk: Conversation
) -> None:
    url = f"{INDEX}{talk.pk}/"
    assert "Hon fyller tre" in browser.get(url).content.decode()

    answer = browser.post(f"{url}besluta/", weighed(talk, "keep"), follow=True)

    assert "2 meddelanden är beslutade." in answer.content.decode()
    assert {m.state for m in talk.messages.all()} == {MessageLife.in_order}
    assert "Inget att besluta om" in browser.get(INDEX).content.decode()


def test_only_the_ticked_ones_are_decided_on(
    browser: Client, talk: Conversation
) -> None:
    first = talk.messages.earliest("pk")
    data = weighed(talk, "belittle") | {"messages": [first.pk]}

    browser.post(f"{INDEX}{talk.pk}/besluta/", data)

    assert talk.messages.undecided().count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"way": "register"}, "Skriv vad det gäller, till diariet."),
        ({"way": "keep", "secret": "on"}, "Det som kan vara hemligt ska diarieföras"),
        ({"way": ""}, "Välj vad som ska göras."),
        ({"way": "keep", "messages": []}, "Välj minst ett meddelande."),
    ],
)
def test_what_is_lacking_is_said(
    browser: Client, talk: Conversation, data: dict[str, object], said: str
) -> None:
    answer = browser.post(f"{INDEX}{talk.pk}/besluta/", weighed(talk, "") | data)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert talk.messages.undecided().count() == 2


def test_a_decision_is_taken_back_with_a_reason(
    browser: Client, talk: Conversation
) -> None:
    browser.post(f"{INDEX}{talk.pk}/besluta/", weighed(talk, "keep"))
    message = talk.messages.earliest("pk")

    browser.post(f"{INDEX}beslut/{message.pk}/andra/", {"why": "Hör till ett ärende"})

    assert talk.messages.undecided().get() == message
    page = browser.get(f"{INDEX}{talk.pk}/").content.decode()
    assert "Hör till ett ärende" in page


def test_one_more_message_is_entered_by_hand_and_our_own_answers_what_waits(
    browser: Client, talk: Conversation
) -> None:
    data = {
        "direction": "out",
        "text": "Hej! Sök på webben.",
        "published_at": "2026-03-02T09:30",
    }

    browser.post(f"{INDEX}{talk.pk}/skriv-in/", data)

    ours = talk.messages.latest("pk")
    assert not ours.received
    states = {m.item.status for m in talk.messages.all() if m.item}
    assert "answered" in states


def test_what_has_not_happened_is_not_entered(
    browser: Client, talk: Conversation
) -> None:
    data = {"direction": "in", "text": "Hej", "published_at": "2027-03-02T09:30"}

    answer = browser.post(f"{INDEX}{talk.pk}/skriv-in/", data)

    assert answer.status_code == 422
    assert talk.messages.count() == 2


def test_nobody_elsewhere_opens_it(
    talk: Conversation, david: Actor, now: datetime, signed_in: SignedIn
) -> None:
    client = signed_in(david.person)

    assert client.get(f"{INDEX}{talk.pk}/").status_code == 404
    assert "Kim" not in client.get(INDEX).content.decode()


def test_what_is_secret_is_not_shown_to_who_may_not_read_it(
    browser: Client,
    talk: Conversation,
    cecilia: Actor,
    now: datetime,
    signed_in: SignedIn,
) -> None:
    data = weighed(talk, "register", title="Fråga till biblioteket", secret="on")
    browser.post(f"{INDEX}{talk.pk}/besluta/", data)

    page = signed_in(cecilia.person).get(f"{INDEX}{talk.pk}/").content.decode()

    assert "Hon fyller tre" not in page
    assert "Hon fyller tre" in browser.get(f"{INDEX}{talk.pk}/").content.decode()


def test_the_inbox_says_what_is_decided_of_a_message(
    browser: Client, talk: Conversation
) -> None:
    message = talk.messages.earliest("pk")

    page = browser.get(f"/inkorg/{message.item_id}/").content.decode()

    assert f"{INDEX}{talk.pk}/" in page
    assert "Inkommet meddelande" in page


def test_pages_cost_the_same_however_much_there_is(
    browser: Client,
    talk: Conversation,
    library_channel: Channel,
    monday: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser.get(INDEX)
    with django_assert_num_queries(LIST):
        browser.get(INDEX)
    with django_assert_num_queries(SHOW):
        browser.get(f"{INDEX}{talk.pk}/")
    letters(library_channel, *(f"Nummer {n}" for n in range(20)), at=monday)
    for n in range(5):
        letters(library_channel, "Hej", at=monday, root=f"chat-{n}")

    assert PrivateMessage.objects.count() == 27
    with django_assert_num_queries(LIST):
        browser.get(INDEX)
    with django_assert_num_queries(SHOW):
        browser.get(f"{INDEX}{talk.pk}/")


LIST, SHOW = 8, 19
