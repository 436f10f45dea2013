"""The public list: for anybody, true, cached, and never about a person (R-3.2-3)."""

import re
from datetime import datetime

import pytest
from django.test import Client

from uppsikt.channels import actions, changing, public
from uppsikt.channels.models import Channel
from uppsikt.governance import actors
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User

PLACES = ["/kanaler", "/kanaler.json"]


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/kanaler{query}")
    assert answer.status_code == 200
    return [s.name for s in answer.context["shown"]]


def test_anybody_reads_the_list_and_the_card_of_a_launched_channel(
    client: Client, library_channel: Channel
) -> None:
    assert listed(client) == ["Biblioteket"]

    card = client.get(f"/kanaler/{library_channel.slug}")

    shown = card.content.decode()
    assert card.status_code == 200
    for told in ("biblioteket.test", "Läslust och frågor", "Kultur och fritid"):
        assert told in shown
    assert "biblioteket@exempelby.example" in shown
    assert "Vi förbehåller oss rätten" in shown


def test_what_is_not_launched_is_not_public(
    client: Client, school_channel: Channel
) -> None:
    assert listed(client) == []
    assert client.get(f"/kanaler/{school_channel.slug}").status_code == 404
    assert client.get("/kanaler.json").json()["kanaler"] == []


def test_machines_get_stable_keys_and_iso_dates(
    client: Client, library_channel: Channel
) -> None:
    answer = client.get("/kanaler.json")

    told = answer.json()
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert b"Exempelby kommun" in answer.content
    assert "Läslust och frågor".encode() in answer.content
    assert told["antal"] == 1
    assert told["kanaler"] == [
        {
            "kanal_id": "bluesky-biblioteket-test",
            "kommun_id": None,
            "organisationsnummer": None,
            "plattform": "bluesky",
            "plattform_namn": "Bluesky",
            "konto": "biblioteket.test",
            "plattformskonto_id": None,
            "visningsnamn": "Biblioteket",
            "url": "https://bsky.app/profile/biblioteket.test",
            "beskrivning": library_channel.description,
            "syfte": "Läslust och frågor om biblioteket",
            "syften": ["Skapa dialog", "Besvara frågor och ge service"],
            "malgrupp": "Unga och vuxna i kommunen",
            "enhet": "Biblioteket",
            "forvaltning": "Kultur och fritid",
            "kontakt_epost": "biblioteket@exempelby.example",
            "sprak": "sv",
            "status": "aktiv",
            "startdatum": "2025-01-01",
            "slutdatum": None,
            "avslutsorsak": None,
            "ersatts_av": None,
            "ersatts_av_url": None,
            "senast_kontrollerad": "2025-01-01",
            "andrad": "2025-01-01T00:00:00Z",
            "sida": "http://testserver/kanaler/bluesky-biblioteket-test",
        }
    ]


@pytest.mark.parametrize("place", PLACES)
def test_no_person_is_named_in_public(
    client: Client,
    place: str,
    library_channel: Channel,
    anna_user: User,
    bengt_user: User,
    cecilia_user: User,
) -> None:
    library_channel.contact = anna_user.email.upper()
    library_channel.save(update_fields=["contact"])

    pages = [place, f"/kanaler/{library_channel.slug}"]
    shown = "".join(client.get(page).content.decode().lower() for page in pages)

    for user in (anna_user, bengt_user, cecilia_user):
        assert user.email not in shown
        assert re.search(rf"\b{user.first_name.lower()}\b", shown) is None


@pytest.mark.parametrize("place", [*PLACES, "/kanaler/bluesky-biblioteket-test"])
def test_a_cache_keeps_one_copy_and_asks_if_it_has_changed(
    client: Client, place: str, library_channel: Channel, kim: Actor, monday: datetime
) -> None:
    first = client.get(place)
    assert first["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in first["Vary"]
    assert not first.cookies

    again = client.get(place, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(place, headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304

    told = {"description": "Nu med kvällsöppet."}
    changing.edit_card(library_channel, told, actor=kim, at=monday)
    changed = client.get(place, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert "kvällsöppet" in changed.content.decode()
    assert changed["Last-Modified"] == "Mon, 02 Mar 2026 09:00:00 GMT"


def test_the_list_is_the_same_for_those_who_work_here(
    client: Client, library_channel: Channel, anna_user: User
) -> None:
    before = client.get("/kanaler")
    client.force_login(anna_user)
    assert client.get("/kanaler").content == before.content


def test_a_closed_channel_stays_with_its_last_day(
    client: Client, library_channel: Channel, bengt_user: User, monday: datetime
) -> None:
    bengt = actors.of(bengt_user, at=monday)
    actions.close(library_channel, why="Ingen läser den", actor=bengt, at=monday)

    assert listed(client, "?status=aktiv") == []
    assert listed(client, "?status=avslutad") == ["Biblioteket"]
    [told] = client.get("/kanaler.json").json()["kanaler"]
    assert (told["status"], told["slutdatum"]) == ("avslutad", "2026-03-02")
    page = client.get(f"/kanaler/{library_channel.slug}").content.decode()
    assert "2 mars 2026" in page
    assert "Ingen läser den" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=biblio", True),
        ("?q=läslust+biblio", True),
        ("?q=badhus", False),
        ("?q=BLUESKY+L%C3%84SLUST", True),
        ("?q=la%CC%88slust", True),
        ("?q=skapa+dialog", True),
        ("?q=bsky.app", True),
        ("?q=%00", True),
        ("?plattform=bluesky", True),
        ("?plattform=facebook", False),
        ("?plattform=okänd", True),
        ("?forvaltning=kultur-och-fritid", True),
        ("?forvaltning=utbildning", False),
        ("?syfte=dialogue", True),
        ("?syfte=crisis", False),
        ("?status=pausad", False),
        ("?status=aktiv&plattform=bluesky&q=bib", True),
    ],
)
def test_the_list_is_searched_and_filtered(
    client: Client, library_channel: Channel, query: str, *, found: bool
) -> None:
    assert bool(listed(client, query)) is found


def test_a_name_from_the_web_is_shown_as_text(
    client: Client, library_channel: Channel, kim: Actor, monday: datetime
) -> None:
    told = {"name": "<script>alert(1)</script>"}
    changing.edit_card(library_channel, told, actor=kim, at=monday)
    assert "<script>alert" not in client.get("/kanaler").content.decode()


@pytest.mark.parametrize("place", PLACES)
def test_the_list_can_only_be_read(
    client: Client, place: str, municipality: object
) -> None:
    assert client.post(place).status_code == 405
    assert client.head(place).status_code == 200


def test_a_long_list_is_parted_into_pages(
    client: Client, library_channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_channel.pk, library_channel.slug = None, "bluesky-annan"
    library_channel.node = Node.plant(
        Node.Kind.CHANNEL, "Annan", library_channel.node.parent
    )
    library_channel.handle, library_channel.name = "annan.test", "Annan"
    library_channel.save(force_insert=True)
    monkeypatch.setattr(public, "ON_A_PAGE", 1)
    assert listed(client, "?q=bib") == ["Annan"]
    assert listed(client, "?q=bib&page=2") == ["Biblioteket"]
    assert "?q=bib&amp;page=2" in client.get("/kanaler?q=bib").content.decode()
