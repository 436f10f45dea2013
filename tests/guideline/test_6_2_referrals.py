"""Section 6.2: politics goes to the parties, and what is personal to a safe place."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.inbox.conftest import browser as browser  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import item as item  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import platform as platform  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import SIGNED, FakePlatform, listed, shown
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox import parties, referring, work
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item, Judgement, Party
from uppsikt.inbox.parties import Seat
from uppsikt.policy.roles import Role
from uppsikt.sending import work as post_room
from uppsikt.sending.models import Outgoing

from tests.conftest import Cast  # isort: skip

pytestmark = pytest.mark.django_db
NAMES = ("Öppna partiet", "Ängspartiet", "Exempelpartiet", "Åpartiet")
LINE = "\n\nAnna, bibliotekarie, Biblioteket"
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def olle(person: Cast, municipality: Node, monday: datetime) -> Actor:
    """Olle at the communications office."""
    user = person("Olle", "kommunikatör", Role.COMMUNICATIONS_OFFICE, municipality)
    return actors.of(user, at=monday)


@pytest.fixture
def council(olle: Actor, monday: datetime) -> Sequence[Party]:
    """The parties of a made-up council."""
    since = date(2022, 10, 15)
    return [
        parties.add(Seat(name, f"https://{n}.example", since), actor=olle, at=monday)
        for n, name in enumerate(NAMES)
    ]


def test_the_parties_stand_by_the_alphabet_and_only_while_they_have_a_seat(
    council: Sequence[Party], olle: Actor, monday: datetime
) -> None:
    in_order = ["Exempelpartiet", "Åpartiet", "Ängspartiet", "Öppna partiet"]
    assert [p.name for p in parties.today(monday)] == in_order

    parties.end(council[0], date(2026, 3, 2), actor=olle, at=monday)

    assert [p.name for p in parties.today(monday)] == in_order
    later = parties.today(monday + timedelta(days=1))
    assert [p.name for p in later] == in_order[:3]
    with pytest.raises(parties.StandsThere):
        same = Seat("Åpartiet", "https://x.example", date(2026, 1, 1))
        parties.add(same, actor=olle, at=monday)
    with pytest.raises(parties.WrongDays):
        parties.end(council[1], date(2020, 1, 1), actor=olle, at=monday)


def test_only_who_may_keeps_the_list(anna: Actor, monday: datetime) -> None:
    with pytest.raises(moves.NotYours):
        seat = Seat("Nytt", "https://x.example", date(2026, 1, 1))
        parties.add(seat, actor=anna, at=monday)


def test_a_referral_names_every_party_in_neutral_order_or_does_not_leave(
    council: Sequence[Party],
    item: Item,
    anna: Actor,
    platform: FakePlatform,
    monday: datetime,
) -> None:
    text = referring.referral(item, anna.person, at=monday)
    places = [text.index(p.name) for p in parties.today(monday)]
    assert places == sorted(places)
    assert text.endswith(LINE)
    with pytest.raises(referring.PartiesMissing) as missing:
        short = text.replace("Åpartiet", "")
        referring.refer(item, short, actor=anna, at=monday)
    assert missing.value.names == ["Åpartiet"]
    assert not Outgoing.objects.exists()

    referring.refer(item, text, actor=anna, at=monday)
    post_room.send(monday + A_MINUTE)
    work.note_answers(monday + A_MINUTE)

    item.refresh_from_db()
    assert item.state is ItemLife.referred
    assert item.answered_at
    assert item.due_at is None
    assert Judgement.objects.get().political


def test_without_a_list_nobody_is_referred(
    item: Item, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(referring.NoParties):
        referring.refer(item, SIGNED, actor=anna, at=monday)


def test_links_are_left_out_where_the_platform_has_no_room_and_no_party_is(
    olle: Actor, item: Item, anna: Actor, monday: datetime
) -> None:
    for n in range(8):
        seat = Seat(
            f"Parti {n}",
            f"https://parti{n}.example/kontakt/en/lang/vag/dit",
            date(2022, 1, 1),
        )
        parties.add(seat, actor=olle, at=monday)

    text = referring.referral(item, anna.person, at=monday)

    assert len(text) <= 300
    assert "https" not in text
    assert all(f"Parti {n}" in text for n in range(8))


def test_a_question_of_fact_is_answered_and_the_screen_says_so(
    browser: Client, item: Item, council: Sequence[Party]
) -> None:
    page = reverse("item", args=[item.pk])
    judge = reverse("item-judge", args=[item.pk])
    assert "vad som är beslutat" in shown(browser.get(page)).lower()

    browser.post(judge, {"political": "1"})
    assert "Bedömd som politisk" in shown(browser.get(page))
    browser.post(judge, {"political": "0"})

    assert "Bedömd som sakfråga" in shown(browser.get(page))
    response = browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})
    assert response.status_code == 302


def test_no_list_and_no_search_can_ask_who_writes_about_politics(
    browser: Client, item: Item, anna: Actor, monday: datetime
) -> None:
    referring.judge(item, political=True, actor=anna, at=monday)

    for asked in ({"political": "1"}, {"q": "politisk"}, {"judgement": "True"}):
        other = listed(browser.get(reverse("inbox"), {"flik": "alla", **asked}))
        plain = {k: v for k, v in asked.items() if k == "q"}
        assert other == listed(browser.get(reverse("inbox"), {"flik": "alla", **plain}))
    fields = {f.name for f in Item._meta.concrete_fields}
    assert not any("politic" in name for name in fields)
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(
            cursor, Judgement._meta.db_table
        )
    indexed = {c for one in found.values() for c in one["columns"] if one["index"]}
    assert "political" not in indexed
    assert isinstance(Judgement._meta.get_field("political"), models.BooleanField)


def test_a_persons_own_matter_is_moved_to_a_safe_channel_and_says_where(
    browser: Client, item: Item, anna: Actor, platform: FakePlatform, monday: datetime
) -> None:
    page = shown(browser.get(reverse("item", args=[item.pk])))
    assert item.channel.contact in page
    url = reverse("item-move-on", args=[item.pk])
    text = referring.invitation(item, anna.person, at=monday)
    nowhere = browser.post(url, {"text": text, "where": " ", "anyway": "1"})
    assert nowhere.status_code == 422
    asks = text.replace("Hej Kim!", "Hej Kim! Skicka ditt personnummer.")
    told = {"text": asks, "where": "e-tjänsten", "anyway": "1"}
    assert browser.post(url, told).status_code == 422
    assert not Outgoing.objects.exists()

    told = {"text": text, "where": "e-tjänsten", "anyway": "1"}
    assert browser.post(url, told).status_code == 302
    post_room.send(monday + A_MINUTE)
    work.note_answers(monday + A_MINUTE)

    item.refresh_from_db()
    assert (item.state, item.moved_to) == (ItemLife.moved, "e-tjänsten")
    assert "e-tjänsten" in shown(browser.get(reverse("item", args=[item.pk])))


def test_a_text_with_personal_data_suggests_a_safe_channel(
    browser: Client, item: Item, anna: Actor, monday: datetime
) -> None:
    words = "Flytta det till en säker kanal"
    page = reverse("item", args=[item.pk])
    assert words not in shown(browser.get(page))
    newest = item.versions.get()
    newest.signals.create(
        rule="personal_data.phone",
        rule_version=1,
        start=0,
        end=3,
        certainty=0.9,
        msgid="A telephone number.",
    )

    assert words in shown(browser.get(page))


def test_the_list_of_parties_is_read_by_all_and_kept_by_some(
    browser: Client,
    council: Sequence[Party],
    olle: Actor,
    signed_in: SignedIn,
    now: datetime,
) -> None:
    url = reverse("parties")
    assert "Ängspartiet" in shown(browser.get(url))
    told = {"name": "Nya", "url": "https://nya.example", "since": "2026-01-01"}
    assert browser.post(reverse("party-add"), told).status_code == 403

    keeper = signed_in(olle.person)
    assert keeper.post(reverse("party-add"), told | {"url": "nej"}).status_code == 422
    assert keeper.post(reverse("party-add"), told).status_code == 302
    assert keeper.post(reverse("party-add"), told).status_code == 422
    party = Party.objects.get(name="Nya")
    keeper.post(reverse("party-end", args=[party.pk]), {"until": "2026-02-01"})
    assert "Satt tidigare" in shown(keeper.get(url))
