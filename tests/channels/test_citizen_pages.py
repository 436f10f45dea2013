"""The public pages: clear answers, receipts, and nothing kept that need not be."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from uppsikt.channels import finding, reception
from uppsikt.channels.found_life import FoundLife
from uppsikt.channels.models import Channel, Feedback, FoundAccount
from uppsikt.governance.actors import Actor
from uppsikt.platforms.accounts import Account, canonical
from uppsikt.records.models import Entry

FALSE = "https://www.instagram.com/bibliioteket/"
ANYBODY = Actor("anyone", None, ())


@pytest.fixture(autouse=True)
def _unhurried() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def checked(client: Client, text: str, **more: str) -> str:
    answer = client.get("/kontroll", {"url": text, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def report(text: str, at: datetime) -> FoundAccount:
    account = canonical(text)
    assert isinstance(account, Account)
    return finding.report(account, "Ber om pengar", actor=ANYBODY, at=at)


def test_the_page_asks_before_it_answers(client: Client, db: None) -> None:
    page = checked(client, "")
    assert "Är kontot vårt?" in page
    assert 'id="answer"' not in page


def test_our_account_is_ours_with_a_way_to_its_card(
    client: Client, library_channel: Channel
) -> None:
    page = checked(client, "bsky.app/profile/Biblioteket.test")

    assert "Ja, kontot är vårt" in page
    assert f"/kanaler/{library_channel.slug}" in page


def test_a_closed_account_is_told_as_closed(
    client: Client, library_channel: Channel, monday: datetime
) -> None:
    rows = Channel.objects.filter(pk=library_channel.pk)
    rows.update(status="closed", closed_at=monday)

    page = checked(client, library_channel.url)

    assert "Kontot var vårt, men är avslutat" in page
    assert "2 mars 2026" in page


def test_a_look_alike_is_warned_of_and_can_be_told_of(
    client: Client, library_channel: Channel
) -> None:
    page = checked(client, "https://www.instagram.com/bib1ioteket/")

    assert "Kontot står inte i vår förteckning" in page
    assert "men är en annan adress" in page
    assert (
        "/kontroll/anmal?url=https%3A%2F%2Fwww.instagram.com%2Fbib1ioteket%2F" in page
    )
    assert "https://help.instagram.com/" in page


def test_a_false_account_is_warned_of(
    client: Client, library_channel: Channel, monday: datetime
) -> None:
    found = report(FALSE, monday)
    rows = FoundAccount.objects.filter(pk=found.pk)
    rows.update(status=FoundLife.false.name, judged_at=monday)

    page = checked(client, FALSE)

    assert "Nej, kontot är falskt" in page
    assert "Ber om pengar" not in page


def test_a_name_is_checked_where_it_is(
    client: Client, library_channel: Channel
) -> None:
    alone = checked(client, "@biblioteket.test")
    assert "Vi kan inte svara på det här" in alone
    assert f"/kanaler/{library_channel.slug}" in alone

    there = checked(client, "@biblioteket.test", plattform="bluesky")
    assert "Ja, kontot är vårt" in there


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "\x00",
        "x" * 3000,
        "x" * 10_000,
        "\u202eybelpmexe",
        "https://facebook.com@evil.example",
    ],
)
def test_nonsense_gets_an_answer_and_never_a_yes(
    client: Client, library_channel: Channel, text: str
) -> None:
    page = checked(client, text)

    assert "Vi kan inte svara på det här</h2>" in page
    assert "<title>Vi kan inte svara på det här – " in page
    assert "<script>alert" not in page
    assert "x" * 2001 not in page


def test_an_unknown_platform_does_not_hide_the_answer(
    client: Client, library_channel: Channel
) -> None:
    page = checked(client, library_channel.url, plattform="myspace")

    assert "Ja, kontot är vårt" in page


def test_nothing_of_a_question_is_kept(
    client: Client, library_channel: Channel
) -> None:
    entries = Entry.objects.count()

    answer = client.get("/kontroll", {"url": FALSE})

    assert Entry.objects.count() == entries
    assert not FoundAccount.objects.exists()
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_who_asks_too_often_waits(client: Client, library_channel: Channel) -> None:
    for _ in range(60):
        assert client.get("/kontroll", {"url": "x"}).status_code == 200

    answer = client.get("/kontroll", {"url": "x"})
    assert answer.status_code == 429
    assert "Vänta en stund" in answer.content.decode()
    elsewhere = client.get("/kontroll", {"url": "x"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_who_has_a_whole_network_is_one_asker(address: str, whose: str) -> None:
    assert reception.network(address) == whose


def test_anybody_tells_of_an_account_and_follows_it_by_number(
    client: Client, library_channel: Channel
) -> None:
    answer = client.post(
        "/kontroll/anmal", {"url": FALSE, "said": "Ber om pengar"}, follow=True
    )

    found = FoundAccount.objects.get()
    page = answer.content.decode()
    assert "Tack, vi har tagit emot det" in page
    assert f'value="{found.receipt}"' in page
    assert (found.url, found.said) == (FALSE, "Ber om pengar")

    later = client.get("/kvitto", {"nummer": f" {found.receipt.lower()}"})
    assert "Väntar på bedömning" in later.content.decode()
    assert "bibliioteket" not in later.content.decode()


def test_an_address_as_long_as_deceivers_write_is_taken_in_whole(
    client: Client, library_channel: Channel
) -> None:
    long = "https://evil.example/in?to=" + "a" * 1900
    assert client.post("/kontroll/anmal", {"url": long}).status_code == 302

    found = FoundAccount.objects.get()
    assert found.url == long
    assert len(found.key) <= 300  # as the database measures


def test_our_own_account_is_not_taken_for_a_report(
    client: Client, library_channel: Channel
) -> None:
    answer = client.post("/kontroll/anmal", {"url": library_channel.url})

    assert answer.status_code == 422
    assert f"/kanaler/{library_channel.slug}" in answer.content.decode()
    assert not FoundAccount.objects.exists()


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("/kontroll/anmal", {"url": ""}, "url"),
    ("/kontroll/anmal", {"url": "https://t.co/x"}, "url"),
    ("/kontroll/anmal", {"url": FALSE, "said": "x" * 2001}, "said"),
    ("/synpunkt", {"kanal": "finns-inte", "text": "Hej"}, "kanal"),
    ("/synpunkt", {"text": ""}, "text"),
    ("/synpunkt", {"text": "x" * 4001}, "text"),
    ("/synpunkt", {"text": "Hej", "epost": "kim"}, "epost"),
]


@pytest.mark.parametrize(("page", "told", "field"), WRONG)
def test_what_is_wrong_is_pointed_at_and_nothing_is_lost(
    client: Client,
    library_channel: Channel,
    page: str,
    told: dict[str, Any],
    field: str,
) -> None:
    sent = {"kanal": library_channel.slug, **told}

    answer = client.post(page, sent)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert (sent.get("text") or "") in answer.content.decode()
    assert not FoundAccount.objects.exists()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("page", "told"),
    [("/kontroll/anmal", {"url": FALSE}), ("/synpunkt", {"text": "Köp billigt"})],
)
def test_a_program_that_fills_in_everything_sends_nothing(
    client: Client, library_channel: Channel, page: str, told: dict[str, str]
) -> None:
    sent = {"kanal": library_channel.slug, "webbplats": "https://spam.example", **told}

    answer = client.post(page, sent)

    assert answer.status_code == 422
    assert "Lämna det här tomt" in answer.content.decode()
    assert not FoundAccount.objects.exists()
    assert not Feedback.objects.exists()


def test_a_suggestion_is_left_from_the_channels_card(
    client: Client, library_channel: Channel
) -> None:
    card = client.get(f"/kanaler/{library_channel.slug}").content.decode()
    way = f"/synpunkt?kanal={library_channel.slug}"
    assert way in card
    assert (
        f'value="{library_channel.slug}" selected' in client.get(way).content.decode()
    )

    told = {
        "kanal": library_channel.slug,
        "slag": "channel",
        "text": "Fler bilder",
        "epost": "",
    }
    answer = client.post("/synpunkt", told, follow=True)

    left = Feedback.objects.get()
    assert f'value="{left.reference}"' in answer.content.decode()
    assert (left.channel, left.text, left.contact) == (
        library_channel,
        "Fler bilder",
        "",
    )
    later = client.get("/kvitto", {"nummer": left.reference}).content.decode()
    assert "Inkommen" in later
    assert "Fler bilder" not in later


def test_no_more_than_a_few_an_hour_are_taken_from_one_address(
    client: Client, library_channel: Channel
) -> None:
    told = {"kanal": library_channel.slug, "slag": "channel", "text": "Hej"}
    answers = [client.post("/synpunkt", told).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]
    assert Feedback.objects.count() == 5


def test_a_number_that_nobody_has_says_so(client: Client, db: None) -> None:
    page = client.get("/kvitto", {"nummer": "S-AAAA-BBBB-CCCC"}).content.decode()
    assert "Vi har inget med det numret" in page


def test_the_list_of_channels_leads_to_the_check(
    client: Client, library_channel: Channel
) -> None:
    assert 'href="/kontroll"' in client.get("/kanaler").content.decode()


def test_a_forged_form_is_refused(library_channel: Channel) -> None:
    careful = Client(enforce_csrf_checks=True)
    told = {"kanal": library_channel.slug, "slag": "channel", "text": "Hej"}
    assert careful.post("/synpunkt", told).status_code == 403
    assert not Feedback.objects.exists()
